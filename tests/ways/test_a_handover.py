"""The way of a handover: danger noticed, a person offered, taken by an operator, answered, given back to the bot."""

import re

import pytest

from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.web_person import WebPerson
from tests.console.running_console import Visitor
from tests.ways.conftest import OPERATOR, PASSWORD, Meet
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

PERSON = "/meta.human"
ROW = re.compile(r'id="open-([^"]+)"')
SECONDS = 60


@pytest.mark.parametrize("variant", LANGUAGES)
def test_from_danger_to_an_operator_and_back_to_the_bot(
    meet: Meet, operator: Visitor, wording: Wording, variant: str
) -> None:
    speech = SPEECHES[variant]
    talk = Talk(meet(), wording, variant)
    _danger_is_noticed(talk, speech.danger)
    talk.tap(PERSON).hears("human_called", "waiting_in_queue")
    person = talk.person
    first = person.write(speech.to_operator)
    _bot_answers_somebody_else(meet, wording)
    _bot_is_silent(person, first)

    assert operator.step(person.conversation, "take").status_code == 303
    joined = wording.text("operator_joined", variant)
    person.until(lambda: person.notice(joined), SECONDS)
    second = person.write(speech.greeting)
    _bot_answers_somebody_else(meet, wording)
    _bot_is_silent(person, second)
    assert speech.danger in operator.open(f"/conversations/{person.conversation}").text.replace("&#39;", "'")

    assert operator.step(person.conversation, "answer", text=speech.answer).status_code == 303
    answer = person.answer_to(second, SECONDS)
    assert (answer["sender"], answer["text"]) == ("operator", speech.answer)
    assert (answer["reply_to"], answer["answers"]) == (second, [first, second]), "one answer to all that was unanswered"

    third = person.write(speech.to_operator)
    _bot_answers_somebody_else(meet, wording)
    assert operator.step(person.conversation, "give_back").status_code == 303
    back = person.answer_to(third, SECONDS)
    assert (back["sender"], back["text"]) == ("bot", wording.text("bot_is_back", variant))
    talk.say(speech.question).hears("answer_where", "answer_source")
    assert talk.heard[0]["sender"] == "bot"
    assert all(len(person.answers_to(each["id"])) == 1 for each in person.seen if each["sender"] == "migrant")


def test_danger_stands_first_and_one_operator_holds_a_conversation(
    safar: RunningSafar, meet: Meet, operator: Visitor, wording: Wording
) -> None:
    calm = Talk(meet("en"), wording, "en").tap(PERSON).hears("human_called")
    grave = Talk(meet(), wording, "ru")
    _danger_is_noticed(grave, SPEECHES["ru"].danger)
    grave.tap(PERSON)
    waiting = ROW.findall(operator.open("/").text)
    assert waiting.index(grave.person.conversation) < waiting.index(calm.person.conversation)

    assert operator.step(grave.person.conversation, "take").status_code == 303
    added = safar.command("operator", "add", "Rustam", "--password-stdin", stdin="another password 42\n")
    assert added.returncode == 0, added.stderr.decode()
    colleague = Visitor(safar.console_url)
    assert colleague.log_in("Rustam", "another password 42").status_code == 303
    refused = colleague.send("/", f"/conversations/{grave.person.conversation}/take")
    assert (refused.status_code, OPERATOR in refused.text) == (409, True)
    for talk in (grave, calm):
        talk.tap("back_to_bot").hears("bot_is_back")
    assert not {grave.person.conversation, calm.person.conversation} & set(ROW.findall(operator.open("/").text))


def test_the_console_is_closed_to_strangers(safar: RunningSafar, meet: Meet, wording: Wording) -> None:
    talk = Talk(meet("en"), wording, "en").say("hello")
    stranger = Visitor(safar.console_url)
    for path in ("/", f"/conversations/{talk.person.conversation}"):
        sent_away = stranger.open(path)
        assert (sent_away.status_code, sent_away.headers["location"]) == (303, "/login")
    assert stranger.log_in(OPERATOR, PASSWORD + "x").status_code == 403
    forged = stranger.http.post(f"/conversations/{talk.person.conversation}/take", data={"form_token": "x"})
    assert (forged.status_code, forged.headers["location"]) == (303, "/login")
    talk.say(SPEECHES["en"].greeting).hears("greeting")


def test_a_typed_wish_for_a_person_is_enough_and_can_be_taken_back(meet: Meet, wording: Wording) -> None:
    talk = Talk(meet(), wording, "en").say("I want to talk to a human being").hears("human_called", "waiting_in_queue")
    talk.tap("back_to_bot").hears("bot_is_back").say("hello").hears("greeting")


def _danger_is_noticed(talk: Talk, words: str) -> None:
    """The block with number and source comes as a notice, before the bot's own answer; nothing is handed over yet."""
    talk.say(words)
    block = talk.heard[0]
    assert (block["sender"], block["reply_to"], block["answers"]) == ("system", None, [])
    talk.hears("safety_urgent")
    assert "112" in block["text"] and "(" in block["text"]
    payloads = [button["payload"] for button in block["buttons"]]
    assert payloads[2:4] == [PERSON, "quick_exit"] and all("/safety" in each for each in (*payloads[:2], payloads[4]))
    assert "waiting_in_queue" not in talk.text and talk.heard[1]["sender"] == "bot"


def _bot_answers_somebody_else(meet: Meet, wording: Wording) -> None:
    """By then the bot would have answered an earlier message too."""
    Talk(meet("en"), wording, "en").say("hello").hears("greeting")


def _bot_is_silent(person: WebPerson, message_id: str) -> None:
    person.read()
    assert person.answers_to(message_id) == []
    since = next(n for n, message in enumerate(person.seen) if message.get("id") == message_id)
    assert all(message["sender"] != "bot" for message in person.seen[since:])
