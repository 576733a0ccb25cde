"""The safety dialogue through the running gateway: every path in every variant, with the engine away or held back."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.ground import LiveGround
from bot.safety_answers import REASON
from bot.safety_step import OTHER_COUNTRY, SafetyStep, parse_step
from conversations.conversation import Conversations
from conversations.database import Database, open_database
from conversations.handover import Handovers
from conversations.tables import outbox
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.safety_paths import SafetyPaths
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import Shown, WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

URGENT = "Помогите, он меня убьёт сегодня"
CONCERN = "Хозяин забрал паспорт и не отдаёт"
ASKS = "безопасно писать"
PATHS = SafetyPaths.load(PROJECT / "data" / "guidance")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(PROJECT / "data" / "responses")


def _press(person: WebPerson, step: str, path: str | None = None, country: str | None = None) -> list[Shown]:
    """Press a step; gives all that is said to it, at once."""
    message_id = person.press(SafetyStep(step, path, country).payload)
    person.answer_to(message_id, 5)
    pressed = next(n for n, said in enumerate(person.seen) if said.get("id") == message_id)
    return person.seen[pressed + 1 :]


def _payloads(said: list[Shown]) -> list[str]:
    return [button["payload"] for message in said for button in message["buttons"]]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_every_path_is_walked_to_its_end_while_the_engine_is_away(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording, variant: str
) -> None:
    url = begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "100"}).url
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    for path_id in PATHS.ids():
        person, path = meet(url, variant), PATHS.get(path_id)
        assert path
        said = _press(person, "can_write", path_id)
        texts = [message["text"] for message in said]
        assert texts[: len(path.says)] == [wording.text(each.text, variant) for each in path.says]
        assert 3 <= len(texts) <= 4
        assert "112" in texts[-1], "the default country's number, named with its country, until the person tells theirs"
        assert all(message["sender"] == "bot" for message in said)
        assert not [payload for payload in _payloads(said) if "/show_entry" in payload], "nobody could show it"
        known = _press(person, "country", path_id, "KZ")
        assert "112" in known[0]["text"] and "eGov.kz" in known[0]["text"], "number, country and source"
        assert ("help.unhcr.org" in known[-1]["text"]) == path.has_contacts
        again = _press(person, "can_write", path_id)
        assert "eGov.kz" in "".join(message["text"] for message in again), "the country is not asked twice"
        Conversations(database).remember(person.conversation, danger="concern")
        called = [message["text"] for message in _press(person, "person", path_id)]
        assert called == [wording.text(key, variant) for key in ("human_called", "waiting_in_queue")]


@pytest.mark.parametrize("path_id", ["fear_of_return", "asylum", "lone_child"])
@pytest.mark.parametrize("variant", LANGUAGES)
def test_nobody_who_fears_the_own_state_and_no_child_is_sent_to_a_consulate(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, variant: str, path_id: str
) -> None:
    person = meet(begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "100"}).url, variant)
    said = _press(person, "can_write", path_id)
    for country in ("RU", "KZ", "KG", "TJ", "UZ", "KR", OTHER_COUNTRY):
        said += _press(person, "country", path_id, country)
    text = "".join(message["text"] for message in said).casefold()
    words = ("консул", "konsul", "консулгар", "consul", "посольств", "elchi", "сафорат", "элчи", "елші", "embass")
    assert not [word for word in words if word in text]


def test_the_army_path_names_the_consulate_only_to_those_who_may_go_there() -> None:
    army = PATHS.get("army")
    assert army
    assert "safety_army_consulate" in army.texts(("army",))
    for sign in ("fear_of_return", "lone_child"):
        assert "safety_army_consulate" not in army.texts(("army", sign))


def test_the_country_is_asked_by_buttons_and_another_one_gets_no_number_without_a_source(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording
) -> None:
    person = meet(begin(sqlite_environ).url, "en")
    asked = _press(person, "can_write", "urgent")[-1]
    steps = [parse_step(button["payload"]) for button in asked["buttons"]]
    assert [step.country for step in steps if step] == ["RU", "KZ", "UZ", "KG", OTHER_COUNTRY]
    (told,) = _press(person, "country", "urgent", OTHER_COUNTRY)
    assert "112" not in told["text"]
    assert wording.text("emergency_line_unknown", "en") in told["text"]


def test_despair_is_told_the_ambulance_too(sqlite_environ: dict[str, str], begin: Begin, meet: Meet) -> None:
    person = meet(begin(sqlite_environ).url, "en")
    assert "112, 103" in _press(person, "can_write", "suicide")[-1]["text"]
    assert "103" not in _press(person, "can_write", "urgent")[-1]["text"]


def test_with_the_engine_there_the_path_leads_to_the_entry_of_the_country(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url, "en")
    said = _press(person, "country", "family_violence", "KZ")
    assert '/show_entry{"entry": "family/violence-kz"}' in _payloads(said)
    assert engine.asked == [], "the gateway answers these itself"


def test_steps_are_answered_at_once_while_an_earlier_message_still_waits_for_the_engine(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    engine.always = "hang"
    person = meet(begin(environ).url, "ru")
    person.write(URGENT)
    person.until(lambda: person.notice(ASKS), seconds=3)
    began = time.monotonic()
    assert len(_press(person, "can_write", "urgent")) == 3
    assert time.monotonic() - began < 3, "not after the patience for the engine"


def test_a_person_is_called_to_the_front_of_the_queue_with_level_and_signs(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.always = "hang"
    url = begin(environ).url
    other, person = meet(url, "ru"), meet(url, "ru")
    Handovers(database).open(other.conversation, "asked", "none", utc_now())
    Conversations(database).remember(person.conversation, danger="urgent", safety_signs="army,violence")
    _press(person, "person")
    first, second = Handovers(database).queue()
    assert (first.conversation_id, first.danger, first.reason) == (person.conversation, "urgent", REASON)
    assert first.signs == ("army", "violence")
    assert (second.conversation_id, second.signs) == (other.conversation, ())
    assert len(_press(person, "person")) == 1, "called once"
    assert len(Handovers(database).queue()) == 2


def test_every_handover_carries_what_was_noticed_before_it(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    engine.replies["человека"] = [
        {"text": "зову", "custom": {"command": "open_handover", "reason": "asked for a person"}}
    ]
    person = meet(begin(environ).url, "ru")
    Conversations(database).remember(person.conversation, danger="concern", safety_signs="papers_kept")
    person.answer_to(person.write("человека"))
    (waiting,) = Handovers(database).queue()
    assert (waiting.danger, waiting.signs) == ("concern", ("papers_kept",))


def test_a_false_alarm_costs_one_question_and_nobody_is_called(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write(CONCERN))
    (said,) = _press(person, "no_danger", "concern")
    assert "спасибо за ответ" in said["text"]
    person.answer_to(person.write(CONCERN))
    assert len(person.notice(ASKS)) == 1
    assert Handovers(database).queue() == ()


def test_while_an_operator_holds_the_talk_the_steps_still_work_and_offer_no_second_person(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database
) -> None:
    person, handovers = meet(begin(environ).url, "ru"), Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    handovers.take(person.conversation, "Dilnoza", utc_now())
    said = _press(person, "can_write", "urgent")
    assert "/meta.human" not in _payloads(said)
    assert not [payload for payload in _payloads(said) if "show_entry" in payload], "that would go to the operator"
    assert "quick_exit" in _payloads(said)
    (held,) = handovers.held("Dilnoza")
    assert held.unanswered == 0, "the bot has answered the step"


def test_danger_told_to_an_operator_moves_the_handover_and_adds_its_signs(
    environ: dict[str, str], begin: Begin, meet: Meet, database: Database
) -> None:
    person, handovers = meet(begin(environ).url, "ru"), Handovers(database)
    handovers.open(person.conversation, "asked", "none", utc_now())
    handovers.take(person.conversation, "Dilnoza", utc_now())
    person.write(CONCERN)
    person.write(URGENT)
    person.until(lambda: person.notice(ASKS))
    assert len(person.notice(ASKS)) == 1, "the urgent one alone"
    (held,) = handovers.held("Dilnoza")
    assert held.danger == "urgent"
    assert [step.step for step in handovers.log(person.conversation)] == ["opened", "taken", "raised", "raised"]


def test_nothing_goes_to_anybody_before_the_person_asks_for_it(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url, "ru")
    person.answer_to(person.write(URGENT))
    for step in ("can_write", "country", "no_danger"):
        _press(person, step, "fear_of_return", "KZ" if step == "country" else None)
    assert Handovers(database).queue() == Handovers(database).held() == ()
    with database.read() as connection:
        assert connection.execute(select(outbox)).all() == []
    kept = Conversations(database).get(person.conversation)
    assert kept and (kept.country, kept.citizenship, kept.operator, kept.state) == ("KZ", None, None, "bot")


@pytest.mark.parametrize(
    "payload",
    ['/safety{"step": "unheard"}', '/safety{"step": "can_write", "path": "none"}', "/safety{}", '/safety{"step": 1}'],
)
def test_a_step_that_no_button_sends_is_answered_as_an_old_button(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, wording: Wording, payload: str
) -> None:
    person = meet(begin(sqlite_environ).url, "en")
    assert person.answer_to(person.press(payload))["text"] == wording.text("button_has_expired", "en")


def test_an_older_release_without_paths_speaks_with_the_programs(home: Path) -> None:
    guidance = home / "releases" / "r1" / "content" / "guidance"
    for name in ("safety_paths.yml", "safety_words.yml"):
        (guidance / name).unlink()
    ground = LiveGround(home, home).now()
    assert ground.release == "r1"
    assert ground.paths.ids() == PATHS.ids()
