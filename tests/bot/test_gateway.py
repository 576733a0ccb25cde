"""The gateway: what a person writes is stored, answered once, in order, whatever the database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.limits import MAX_TEXT_CHARS
from conversations.database import Database
from conversations.transcript import Transcript
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]


def test_a_message_is_answered_once_and_the_answer_names_it(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url)
    message_id = person.write("Как получить патент?")
    answer = person.answer_to(message_id)
    person.read(wait=0.5)
    assert answer["sender"] == "bot"
    assert answer["text"] == "answer to Как получить патент?"
    assert answer["reply_to"] == message_id
    assert answer["answers"] == [message_id]
    assert len(person.answers_to(message_id)) == 1
    stored = Transcript(database).after(person.conversation)
    assert [row.release for row in stored if row.sender == "bot"] == ["r1"]


def test_the_same_id_twice_is_processed_once(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url)
    for _ in range(3):
        assert person.write("Здравствуйте", "twice") == "twice"
    person.answer_to("twice")
    person.write("Здравствуйте", "twice")
    last = person.write("И ещё вопрос")
    person.answer_to(last)
    assert len(person.answers_to("twice")) == 1
    assert engine.turns["twice"] == 1
    assert engine.texts().count("Здравствуйте") == 1


def test_one_conversation_keeps_its_order_and_different_ones_go_side_by_side(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    url = begin(environ).url
    engine.delay_seconds = 0.05
    people = [meet(url) for _ in range(10)]

    def talk(person: WebPerson) -> list[str]:
        ids = [person.write(f"Вопрос номер {number}") for number in range(6)]
        person.answer_to(ids[-1], 30)
        return ids

    with ThreadPoolExecutor(10) as pool:
        written = list(pool.map(talk, people))
    for person, ids in zip(people, written, strict=True):
        assert [m["reply_to"] for m in person.seen if m["sender"] == "bot"] == ids
    assert engine.most_at_once_in_one_conversation == 1
    assert engine.most_at_once > 2


def test_a_typed_slash_stays_a_text_and_a_button_stays_a_payload(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url)
    for text in ("/restart", '/intent{"a":1}', "/meta.human"):
        person.answer_to(person.write(text))
    person.answer_to(person.press("/work.permit"))
    assert [question.get("message") for question in engine.asked[:3]] == ["/restart", '/intent{"a":1}', "/meta.human"]
    assert "payload" not in engine.asked[0]
    assert engine.asked[3]["payload"] == "/work.permit"
    assert "message" not in engine.asked[3]


def test_the_engine_is_told_language_day_and_danger(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url)
    person.answer_to(person.write("Ман дар Маскав кор мекунам, патент чӣ қадар аст?"))
    told = engine.asked[0]["metadata"]
    assert (told["variant"], told["language"], told["script"]) == ("tg", "tg", "Cyrl")
    assert told["is_language_chosen"] is False
    assert told["danger"] == "none"
    assert len(told["today"]) == len("2026-11-21")


def test_a_chosen_language_is_kept_for_short_words_and_an_uncertain_text(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    choice = '/meta.language{"variant": "tg"}'
    engine.replies[choice] = [{"text": "Хуб"}, {"custom": {"command": "set_language", "variant": "tg"}}]
    person = meet(begin(sqlite_environ).url)
    person.answer_to(person.press(choice))
    person.answer_to(person.write("паспорт"))
    assert engine.asked[-1]["metadata"]["variant"] == "tg"
    assert engine.asked[-1]["metadata"]["is_language_chosen"] is True


def test_several_messages_of_the_engine_arrive_in_order_with_their_buttons(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    buttons = [{"title": "Россия", "payload": '/inform{"country": "RU"}'}]
    engine.replies["Срок?"] = [{"text": "Первое"}, {"text": "Где вы?", "buttons": buttons}]
    person = meet(begin(sqlite_environ).url)
    message_id = person.write("Срок?")
    person.answer_to(message_id)
    said = [message for message in person.seen if message["sender"] == "bot"]
    assert [message["text"] for message in said] == ["Первое", "Где вы?"]
    assert [message["reply_to"] for message in said] == [message_id, None]
    assert said[1]["buttons"] == buttons
    person.answer_to(person.press(buttons[0]["payload"]))
    assert [m["text"] for m in person.seen if m["sender"] == "migrant"] == ["Срок?", "Россия"]


def test_the_longest_text_is_answered(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url)
    text = "я " * (MAX_TEXT_CHARS // 2 - 1) + "ы"
    assert person.answer_to(person.write(text))["text"] == f"answer to {text}"


def test_a_button_that_no_engine_knows_gets_a_kind_sentence(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url, "en")
    answer = person.answer_to(person.press("/unknown"))
    assert "no longer works" in answer["text"]
    assert "/meta.menu" in [button["payload"] for button in answer["buttons"]]
