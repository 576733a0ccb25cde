"""The yes and no to a referral, by buttons, through the running gateway: in every state, and without the engine."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.channels.whatsapp.interactive import Layout, layout_of
from bot.channels.whatsapp.limits import MAX_INTERACTIVE_BODY_CHARS
from conversations.conversation import Conversations
from conversations.database import Database, open_database
from conversations.handover import Handovers
from conversations.referral import Referrals
from conversations.referral_buttons import consent_buttons, consent_payload, new_code
from conversations.referral_steps import Referral
from conversations.reply import Reply
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.contacts import Organisations
from language.variants import LANGUAGES
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import Shown, WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
WORDING = Wording.load(PROJECT / "data" / "responses")


@dataclass
class Asked:
    """A person whom an operator has asked; the operator still holds the conversation."""

    person: WebPerson
    database: Database
    code: str
    variant: str = "ru"

    @property
    def referrals(self) -> Referrals:
        """The door to them."""
        return Referrals(self.database)

    def state(self) -> str:
        """The referral's state."""
        found = self.referrals.get(self.code)
        assert found is not None
        return found.state

    def press(self, title: str) -> str:
        """Press the newest button of this title; gives the message's id."""
        shown = [each for message in self.person.seen for each in message["buttons"] if each["title"] == title]
        return self.person.press(shown[-1]["payload"])

    def give_back(self) -> None:
        """The operator gives the conversation back to the bot."""
        Handovers(self.database).give_back(self.person.conversation, "Madina", "bot", utc_now())

    def told(self, key: str) -> Shown:
        """Wait for this text; gives the message."""
        words = WORDING.text(key, self.variant)
        self.person.until(lambda: [message for message in self.person.seen if message["text"] == words])
        return next(message for message in self.person.seen if message["text"] == words)


def ask(person: WebPerson, database: Database, variant: str = "ru") -> Asked:
    """Let Madina take the conversation and ask."""
    Conversations(database).remember(person.conversation, variant=variant, is_language_chosen=True)
    handovers, code = Handovers(database), new_code()
    handovers.open(person.conversation, "wish", "none", utc_now())
    assert handovers.take(person.conversation, "Madina", utc_now())
    buttons = consent_buttons(WORDING.buttons("referral_question", variant), code)
    what = ("alternativa", "legal_aid", "RU", variant, "offered", "Madina")
    referral = Referral(code, person.conversation, *what, utc_now(), None, None, "")
    Referrals(database).offer(referral, Reply("May I?", buttons, "system", answers_question=False))
    person.until(lambda: person.notice("May I?"))
    return Asked(person, database, code, variant)


@pytest.fixture
def asked(environ: dict[str, str], begin: Begin, meet: Meet, database: Database) -> Asked:
    """Asked in Russian; the engine is away."""
    return ask(meet(begin(environ).url), database)


def test_a_yes_is_noted_while_the_operator_holds_the_conversation_and_the_engine_is_away(asked: Asked) -> None:
    before = asked.person.write("Подождите")
    pressed = asked.press("Да")
    notice = asked.told("referral_agreed")
    assert asked.state() == "agreed"
    assert (notice["sender"], notice["reply_to"], notice["answers"]) == ("system", None, [])
    assert not asked.person.answers_to(before) and not asked.person.answers_to(pressed)
    (waiting,) = Handovers(asked.database).held("Madina")
    assert waiting.unanswered == 2


def test_a_no_changes_nothing_for_the_person(asked: Asked) -> None:
    asked.press("Нет")
    asked.told("referral_refused")
    assert asked.state() == "refused"
    found = Conversations(asked.database).get(asked.person.conversation)
    assert found and (found.state, found.operator) == ("operator", "Madina")


def test_a_yes_after_the_conversation_went_back_to_the_bot_is_answered_by_the_bot(asked: Asked) -> None:
    asked.give_back()
    pressed = asked.press("Да")
    answer = asked.person.answer_to(pressed)
    assert answer["sender"] == "bot" and answer["text"] == WORDING.text("referral_agreed", "ru")
    assert asked.state() == "agreed"


def test_consent_is_taken_back_by_the_button_of_the_receipt(asked: Asked) -> None:
    asked.press("Да")
    asked.told("referral_agreed")
    buttons = consent_buttons(WORDING.buttons("referral_receipt", "ru"), asked.code)
    asked.referrals.pass_on(asked.code, "Madina", Reply("Receipt", buttons), utc_now())
    asked.person.until(lambda: asked.person.notice("Receipt"))
    asked.press("Отозвать согласие")
    asked.told("referral_withdrawn")
    assert asked.state() == "withdrawn"


def test_a_yes_taken_back_before_anything_was_passed_on_is_a_no(asked: Asked) -> None:
    asked.press("Да")
    asked.told("referral_agreed")
    asked.press("Отозвать согласие")
    asked.told("referral_refused")
    assert asked.state() == "withdrawn"


def test_a_button_pressed_too_late_says_that_it_is_over(asked: Asked) -> None:
    asked.referrals.record(asked.code, "Madina", "closed", "", utc_now())
    asked.press("Да")
    asked.told("referral_is_over")
    assert asked.state() == "closed"


def test_the_same_press_twice_is_one_consent(asked: Asked) -> None:
    for _ in range(2):
        asked.press("Да")
    asked.person.until(lambda: len(asked.person.notice(WORDING.text("referral_agreed", "ru"))) == 2)
    assert [step.step for step in asked.referrals.log(asked.person.conversation)] == ["offered", "agreed"]


def test_consent_is_taken_back_while_another_message_waits_for_an_engine_that_is_away(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet
) -> None:
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    asked = ask(meet(begin(sqlite_environ | {"SAFAR_SLOW_NOTICE_SECONDS": "0.5"}).url), database)
    asked.press("Да")
    asked.told("referral_agreed")
    asked.give_back()
    waiting = asked.person.write("Как получить патент?")
    pressed = asked.press("Отозвать согласие")
    assert asked.person.answer_to(pressed)["text"] == WORDING.text("referral_refused", "ru")
    assert asked.state() == "withdrawn"
    assert not asked.person.answers_to(waiting)
    database.close()


@pytest.mark.parametrize("payload", ['/referral{"id": "ZZZZZZ", "answer": "yes"}', '/referral{"x": 1}'])
def test_a_button_that_we_never_showed_does_nothing(asked: Asked, payload: str) -> None:
    asked.person.press(payload)
    asked.told("button_has_expired")
    assert asked.state() == "offered"


def test_nobody_answers_for_another_person(asked: Asked, meet: Meet) -> None:
    stranger = meet(str(asked.person.http.base_url))
    answer = stranger.answer_to(stranger.press(consent_payload(asked.code, True)))
    assert answer["text"] == WORDING.text("button_has_expired", "ru")
    assert asked.state() == "offered"


def test_nothing_is_said_of_it_while_somebody_else_may_be_reading(asked: Asked) -> None:
    Conversations(asked.database).remember(asked.person.conversation, is_disguised=True)
    asked.press("Да")
    asked.told("button_has_expired")
    assert asked.state() == "offered"


def test_every_variant_has_its_own_words(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    url = begin(sqlite_environ).url
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    for variant in LANGUAGES:
        asked = ask(meet(url), database, variant)
        asked.press(WORDING.buttons("referral_question", variant)[0][0])
        notice = asked.told("referral_agreed")
        asked.person.press(notice["buttons"][0]["payload"])
        asked.told("referral_refused")
    database.close()
    assert engine.asked == []


@pytest.mark.parametrize("variant", LANGUAGES)
def test_question_and_receipt_fit_into_one_message_with_reply_buttons_on_whatsapp(variant: str) -> None:
    organisations = Organisations.load(PROJECT / "data" / "guidance")
    longest = max((each.name(variant) for each in organisations.all()), key=len)
    need = max((organisations.kinds.name(kind, variant) for kind in organisations.kinds.ids()), key=len)
    passed = WORDING.text("referral_passed", variant, need=need, country="Қирғизистон", language="Қазақша")
    values = {"organisation": longest, "passed": passed, "code": "WWWWWW", "date": "21.11.2026"}
    for key in ("referral_question", "referral_receipt", "referral_agreed", "referral_passed_already"):
        buttons = consent_buttons(WORDING.buttons(key, variant), "WWWWWW")
        assert layout_of(buttons) is Layout.REPLY_BUTTONS
        assert len(WORDING.text(key, variant, **values)) <= MAX_INTERACTIVE_BODY_CHARS
