"""The engine is slow or away: people are told once, reach the menu and a person, and get their answer later."""

import time
from collections.abc import Callable

from conversations.conversation import Conversations
from conversations.database import Database
from conversations.handover import Handovers
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

IMPATIENT = {"SAFAR_SLOW_NOTICE_SECONDS": "0.5", "SAFAR_ENGINE_TIMEOUT_SECONDS": "30"}
SLOW_IN = {
    "ru": "займёт немного больше",
    "uz": "koʻproq vaqt oladi",
    "uz-Cyrl": "кўпроқ вақт олади",
    "tg": "каме дертар меояд",
    "ky": "бир аз кечигет",
    "kk": "сәл кешігеді",
    "en": "takes a little longer",
}


def test_a_slow_engine_gets_one_notice_and_the_answer_comes_later(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.delay_seconds = 4
    person = meet(begin(environ | IMPATIENT).url, "ru")
    message_id = person.write("Какие документы нужны для патента?")
    assert person.answer_to(message_id)["text"] == "answer to Какие документы нужны для патента?"
    (notice,) = person.notice(SLOW_IN["ru"])
    assert (notice["reply_to"], notice["answers"]) == (None, [])
    assert [button["payload"] for button in notice["buttons"]] == ["/meta.menu", "/meta.human"]
    assert len(engine.asked) == 1


def test_the_notice_is_in_the_migrants_language(sqlite_environ: dict[str, str], begin: Begin, meet: Meet) -> None:
    url = begin(sqlite_environ | IMPATIENT).url
    people = {variant: meet(url, variant) for variant in SLOW_IN}
    for person in people.values():
        person.press("/work.permit")
    for variant, person in people.items():
        person.until(lambda person=person, words=SLOW_IN[variant]: person.notice(words))


def test_an_engine_that_is_away_gets_one_notice_and_answers_when_it_is_back(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.stop()
    person = meet(begin(environ | IMPATIENT).url, "ru")
    first, second = person.write("Первый вопрос"), person.write("Второй вопрос")
    person.until(lambda: person.notices())
    person.read(wait=3)
    engine.start()
    assert person.answer_to(second)["reply_to"] == second
    assert person.answers_to(first)[0]["reply_to"] == first
    assert len(person.notice(SLOW_IN["ru"])) == 1
    assert engine.texts() == ["Первый вопрос", "Второй вопрос"]


def test_a_person_who_waits_can_open_the_menu_and_the_question_is_still_answered(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.stop()
    person = meet(begin(environ | IMPATIENT).url, "ru")
    question = person.write("Первый вопрос")
    person.until(lambda: person.notices())
    menu = person.press("/meta.menu")
    answer = person.answer_to(menu)
    assert answer["buttons"][0]["payload"] == "/meta.human"
    assert not person.answers_to(question)
    numbers = person.answer_to(person.press("/contacts.emergency_numbers"))
    assert "112" in numbers["text"]
    engine.start()
    person.answer_to(question)
    person.read(wait=1)
    assert len(person.answers_to(menu)) == 1
    assert engine.texts() == ["Первый вопрос"]


def test_a_person_who_waits_can_call_an_operator_who_answers_both(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.always = "hang"
    person = meet(begin(environ | IMPATIENT).url, "ru")
    question = person.write("Первый вопрос")
    person.until(lambda: person.notices())
    wish = person.press("/meta.human")
    person.until(lambda: person.notice("в очереди"))
    handovers = Handovers(database)
    assert [waiting.conversation_id for waiting in handovers.queue()] == [person.conversation]
    assert handovers.take(person.conversation, "anna", utc_now())
    handovers.answer(person.conversation, "anna", "Здравствуйте, я Анна", utc_now())
    answer = person.answer_to(wish)
    assert answer["sender"] == "operator"
    assert answer["answers"] == [question, wish]


def test_without_any_engine_the_first_button_is_answered(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet
) -> None:
    url = begin(sqlite_environ).url
    said = {
        "/meta.human": "Мен адамды чакырдым",
        "/meta.menu": "Суроолорго жооптор",
        "/contacts.emergency_numbers": "112",
        "/meta.language": "Кайсы тил",
        '/meta.language{"variant": "kk"}': "қазақша жазамын",
    }
    for payload, words in said.items():
        person = meet(url, "ky")
        assert words in person.answer_to(person.press(payload))["text"]


def test_a_language_chosen_without_the_engine_is_kept(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database
) -> None:
    person = meet(begin(environ).url, "ky")
    person.answer_to(person.press('/meta.language{"variant": "kk"}'))
    found = Conversations(database).get(person.conversation)
    assert found and (found.variant, found.is_language_chosen) == ("kk", True)


def test_one_conversation_that_waits_does_not_hold_up_another(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.trouble = ["hang"]
    url = begin(sqlite_environ).url
    slow, quick = meet(url), meet(url)
    slow.write("Медленно")
    slow.until(lambda: engine.asked)
    quick.answer_to(quick.write("Быстро"), seconds=3)


def test_an_engine_that_fails_is_left_in_peace_until_it_is_back(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.always = "503"
    url = begin(sqlite_environ).url
    people = [meet(url) for _ in range(20)]
    ids = [person.write("Вопрос") for person in people]
    time.sleep(4)
    assert len(engine.asked) < 30
    engine.always = None
    for person, message_id in zip(people, ids, strict=True):
        assert person.answer_to(message_id)["text"] == "answer to Вопрос"
