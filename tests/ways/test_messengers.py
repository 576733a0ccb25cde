"""The conversation of the web chat on Telegram and WhatsApp, in every variant, with a restart in its middle."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge_base.library import Library
from language.variants import LANGUAGES, OWN_NAMES
from language.wording import Wording
from tests.telegram_emulator import TelegramEmulator
from tests.ways.messenger_talk import MessengerTalk, TelegramScreen, WhatsAppScreen
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

BAN = "bans.appeal"
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Stack:
    """Safar with both messengers on."""

    safar: RunningSafar
    telegram: TelegramEmulator
    whatsapp: WhatsAppEmulator

    def talk(self, channel: str, variant: str, wording: Wording) -> MessengerTalk:
        """Somebody new, whose telephone is set to English."""
        if channel == "telegram":
            return MessengerTalk(TelegramScreen(self.telegram.person("en")), wording, variant)
        return MessengerTalk(WhatsAppScreen(self.whatsapp.person(f"9965000{next(NUMBERS):05d}")), wording, variant)


@pytest.fixture(scope="module")
def stack(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with TelegramEmulator() as telegram:
        whatsapp = WhatsAppEmulator().start()
        environ = whatsapp.environ() | {
            "SAFAR_TELEGRAM_TOKEN": telegram.token,
            "SAFAR_TELEGRAM_API_URL": telegram.url,
        }
        safar = RunningSafar(tmp_path_factory.mktemp("messengers"), release, environ)
        whatsapp.webhooks.url = f"{safar.url}/whatsapp/webhook"
        try:
            safar.start()
            yield Stack(safar, telegram, whatsapp)
        finally:
            safar.stop()
            whatsapp.stop()


def test_the_whole_conversation_in_every_variant_with_a_restart_in_its_middle(
    stack: Stack, wording: Wording, library: Library
) -> None:
    talks = [stack.talk(channel, each, wording) for channel in ("telegram", "whatsapp") for each in LANGUAGES]
    for talk in talks:
        _begins(talk)
    stack.safar.terminate()
    stack.safar.start()
    for talk in talks:
        _goes_on(talk, library)
    assert stack.telegram.violations == []
    assert stack.whatsapp.violations == []
    assert "Traceback" not in stack.safar.logged()


def _begins(talk: MessengerTalk) -> None:
    speech = SPEECHES[talk.variant]
    talk.say(speech.greeting).hears("greeting", "first_contact")
    assert talk.heard[-1].buttons[: len(LANGUAGES)] == tuple(OWN_NAMES[each] for each in LANGUAGES)
    talk.tap("button_menu").hears("menu_domains")
    talk.tap("domain.registration").tap_title(_topic(talk)).hears("registration_intro", "ask_country")
    talk.say(speech.place).hears("ask_citizenship")


def _topic(talk: MessengerTalk) -> str:
    title = talk.wording.text("topic.registration.arrival", talk.variant)
    talk.screen.until(lambda: any(title in message.buttons for message in talk.heard))
    return title


def _goes_on(talk: MessengerTalk, library: Library) -> None:
    speech = SPEECHES[talk.variant]
    talk.say(speech.question).hears("answer_source", "ask_citizenship")
    talk.say(speech.citizenship).hears("for_whom", "ask_entered_on")
    talk.say(speech.entered_on).hears("for_whom", "deadline_ahead", "answer_source", "answer_checked_on")
    talk.say(speech.question).hears("answer_where", "answer_source", "answer_checked_on", "did_this_help")
    answers = [entry.answer[talk.variant] for entry in library.of_topic(BAN)]
    assert any(talk.heard[0].text.startswith(answer[:200]) for answer in answers)
    other = LANGUAGES[(LANGUAGES.index(talk.variant) + 1) % len(LANGUAGES)]
    talk.tap_title(OWN_NAMES[other]).hears("language_chosen", variant=other)
    talk.tap_title(OWN_NAMES[talk.variant]).hears("language_chosen")
    talk.say(speech.danger).hears("safety_urgent")
    talk.tap("safety_button_person").hears("human_called", "waiting_in_queue")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_a_quick_exit_leaves_as_little_as_the_messenger_allows(stack: Stack, wording: Wording, channel: str) -> None:
    talk = stack.talk(channel, "tg", wording)
    talk.say("маълумоти маро нест кунед").hears("my_data", "first_contact")
    closed = wording.text(f"{channel}_chat_is_closed", "tg")
    before = len(talk.screen.seen())
    talk.tap("button_quick_exit")
    left = 1 if channel == "telegram" else before + 1
    talk.screen.until(lambda: len(talk.screen.seen()) == left and talk.screen.seen()[-1].text == closed)
    if isinstance(talk.screen, TelegramScreen):
        assert len(talk.screen.person.sees()) == 1, "the person's own messages are gone too"
    talk.say("салом, хубед?").hears("greeting", "first_contact")


def test_what_is_no_text_is_answered_in_the_persons_language(stack: Stack, wording: Wording) -> None:
    person = stack.telegram.person("ky")
    for kind, key in (("voice", "voice"), ("sticker", "sticker"), ("picture", "picture"), ("location", "other")):
        person.sends(kind)
        person.sees_text(wording.text(f"cannot_read_{key}", "ky"))
    other = stack.whatsapp.person("996500009999")
    other.writes("салам, кандайсыз? жардам керек эле")
    other.waits_for(1, 60)
    other.sends("audio")
    other.waits_until(lambda shown: any(wording.text("cannot_read_voice", "ky") in each.text for each in shown), 60)
    assert stack.telegram.violations == stack.whatsapp.violations == []
