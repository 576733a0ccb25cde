"""The door to the engine: every failure ends in the same question under the same id, until there is an answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]


@pytest.mark.parametrize("trouble", ["reset", "answer and reset", "500", "503", "empty", "hang", "403"])
def test_the_same_question_is_asked_until_it_is_answered(
    trouble: str, sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ | {"SAFAR_ENGINE_TIMEOUT_SECONDS": "0.5"}).url)
    engine.trouble = [trouble, trouble]
    message_id = person.write("Сколько стоит патент?")
    assert person.answer_to(message_id)["text"] == "answer to Сколько стоит патент?"
    person.read(wait=1)
    assert len(person.answers_to(message_id)) == 1
    assert {question["id"] for question in engine.asked} == {message_id}
    assert len(engine.asked) == 3
    assert engine.turns[message_id] == 1


def test_a_commands_only_reply_without_a_text_is_no_answer(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.replies["да"] = [{"custom": {"command": "remember", "country": "KZ"}}]
    person = meet(begin(sqlite_environ).url)
    person.write("да")
    person.until(lambda: len(engine.asked) > 2)
    assert not [message for message in person.seen if message["sender"] == "bot"]


@pytest.mark.parametrize(
    "command", [{"command": "dance"}, {"command": "set_language", "variant": "xx"}, {"command": []}]
)
def test_a_command_that_is_not_understood_is_not_carried_out(
    command: dict[str, object], sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.replies["привет"] = [{"text": "Здравствуйте"}, {"custom": command}]
    person = meet(begin(sqlite_environ).url)
    message_id = person.write("привет")
    person.until(lambda: len(engine.asked) > 1)
    engine.replies["привет"] = [{"text": "Здравствуйте"}]
    engine.forget()
    assert person.answer_to(message_id)["text"] == "Здравствуйте"


def test_the_next_message_goes_to_the_engine_that_the_file_names(
    home: Path, sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url)
    person.answer_to(person.write("Один"))
    second = EngineStandIn(home)
    second.release = "r2"
    second.start()
    person.answer_to(person.write("Два"))
    second.stop()
    assert engine.texts() == ["Один"]
    assert second.texts() == ["Два"]


def test_a_message_on_which_the_engine_fails_alone_does_not_hold_its_person_for_ever(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    url = begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "100"}).url
    person, other = meet(url, "ru"), meet(url, "ru")
    engine.poison = "Яд"
    message_id = person.write("Яд")
    while not person.answers_to(message_id):
        tries = engine.texts().count("Яд")
        other.answer_to(other.write("Вопрос"))
        person.until(lambda tries=tries: engine.texts().count("Яд") > tries or person.answers_to(message_id))
    assert "другими словами" in person.answer_to(message_id)["text"]
    person.answer_to(person.write("А это?"))
