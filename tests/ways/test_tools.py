"""Each guided tool by taps alone, interrupted and corrected: on the web, then by the same taps on both messengers.

Where a button offers to change the details it is tapped once, and all is told anew; elsewhere one says “back”. The
second question of a tool is answered by a question on something else; the answer comes, and the tool asks again.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from language.wording import Wording
from tests.bot.web_person import Shown, WebPerson
from tests.telegram_emulator import TelegramEmulator
from tests.ways.messenger_talk import MessengerTalk, TelegramScreen, WhatsAppScreen
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

TOOLS = {
    "registration": ("registration", "/registration.arrival", "ru"),
    "stay": ("registration", "/start_stay", "tg"),
    "permit": ("work", "/start_permit", "ky"),
    "transfer": ("remittances", "/start_transfer", "uz"),
    "wages": ("labour_rights", "/start_wages", "kk"),
    "lost_passport": ("documents", '/start_steps{"item": "lost_passport"}', "uz-Cyrl"),
    "entry_ban": ("bans", '/start_steps{"item": "entry_ban"}', "en"),
    "going_home": ("return", '/start_steps{"item": "going_home"}', "tg"),
    "reintegration": ("return", '/start_steps{"item": "reintegration"}', "ru"),
    "contacts": ("contacts", "/start_contacts", "ky"),
}
"""Domain in the menu, the button that begins, and the variant in which it is gone through."""
REPLIES = (
    *('/inform{"country"', '/inform{"citizenship"', '/inform{"date"', '/inform{"money"', '/inform{"step"'),
    *("/answer_questionnaire", "/answer_complaint", '/start_wages{"step": "complaint"'),
)
"""What answers a question of a tool; the first such button is tapped."""
TAKEN_BACK_BY_WORD = ("/answer_questionnaire", "/answer_complaint")
BACK = {
    **{"ru": "назад", "uz": "orqaga", "uz-Cyrl": "орқага", "tg": "ба қафо"},
    **{"ky": "артка", "kk": "артқа", "en": "back"},
}
CHANGE = '/inform{"change": "details"}'
MOST_TAPS = 30
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Stack:
    """Safar with both messengers on."""

    safar: RunningSafar
    telegram: TelegramEmulator
    whatsapp: WhatsAppEmulator


@pytest.fixture(scope="module")
def stack(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with TelegramEmulator() as telegram:
        whatsapp = WhatsAppEmulator().start()
        token = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
        safar = RunningSafar(tmp_path_factory.mktemp("tools"), release, whatsapp.environ() | token)
        whatsapp.webhooks.url = f"{safar.url}/whatsapp/webhook"
        try:
            yield Stack(safar.start(), telegram, whatsapp)
        finally:
            safar.stop()
            whatsapp.stop()


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_gone_through_by_taps_alone_on_every_channel(stack: Stack, wording: Wording, tool: str) -> None:
    domain, begins, variant = TOOLS[tool]
    person = WebPerson(stack.safar.url, variant)
    taps, told = _on_the_web(Talk(person, wording, variant), domain, begins)
    person.close()
    telegram = TelegramScreen(stack.telegram.person(variant.partition("-")[0]))
    whatsapp = WhatsAppScreen(stack.whatsapp.person(f"9965001{next(NUMBERS):05d}"))
    for screen in (telegram, whatsapp):
        talk = MessengerTalk(screen, wording, variant)
        talk.say(SPEECHES[variant].greeting).hears("greeting")
        for tap in taps:
            talk.say(tap.said) if tap.said else talk.tap_title(_on_a_button(tap.title, screen))
            talk.hears_text(tap.heard)
        assert told.partition("\n")[0] in talk.text
    assert stack.telegram.violations == []
    assert stack.whatsapp.violations == []


@dataclass(frozen=True)
class Tap:
    """What was tapped, or said; the first line of what came back last."""

    sends: str
    title: str
    said: str
    heard: str


def _on_the_web(talk: Talk, domain: str, begins: str) -> tuple[list[Tap], str]:
    """All taps from the menu to the end of the tool, and what is told there."""
    talk.say(SPEECHES[talk.variant].greeting).hears("greeting")
    wanted = f'/meta.menu{{"domain": "{domain}"}}'
    taps = [_tapped(talk, "/meta.menu")]
    while wanted not in talk.payloads:
        taps.append(_tapped(talk, next(each for each in talk.payloads if '"page"' in each)))
    taps += [_tapped(talk, wanted), _tapped(talk, begins)]
    begun = len(taps)
    while reply := next((each for each in _offered(talk.heard[-1]) if each.startswith(REPLIES)), None):
        assert len(taps) < MOST_TAPS, f"{begins} does not end: {talk.text}"
        if len(taps) == begun + 1:  # an interruption
            asked = _first_line(_question(talk))
            talk.say(SPEECHES[talk.variant].question).hears("answer_source")
            assert asked in talk.text, "the question of the tool comes again"
            taps.append(Tap("", "", SPEECHES[talk.variant].question, asked))
        change = next((each for each in _offered(talk.heard[-1]) if each.startswith(CHANGE)), None)
        if change and all(tap.sends != change for tap in taps):  # a correction by button, once
            taps.append(_tapped(talk, change))
            continue
        asked = _question(talk)
        taps.append(_tapped(talk, reply))
        if reply.startswith(TAKEN_BACK_BY_WORD) and not any(tap.said == BACK[talk.variant] for tap in taps):
            talk.say(BACK[talk.variant])
            assert _question(talk) == asked, "the question before comes again"
            taps.append(Tap("", "", BACK[talk.variant], _first_line(asked)))
    assert any(tap.sends == CHANGE or tap.said == BACK[talk.variant] for tap in taps), "nothing was corrected"
    return taps, talk.text


def _question(talk: Talk) -> str:
    """What is asked: the last paragraph."""
    text: str = talk.heard[-1]["text"]
    return text.rpartition("\n\n")[2]


def _tapped(talk: Talk, payload: str) -> Tap:
    title = next(b["title"] for message in talk.heard for b in message["buttons"] if b["payload"] == payload)
    talk.tap(payload)
    return Tap(payload, title, "", _first_line(talk.heard[-1]["text"]))


def _on_a_button(title: str, screen: TelegramScreen | WhatsAppScreen) -> str:
    """WhatsApp's buttons have plain blanks only."""
    return title.replace("\xa0", " ") if isinstance(screen, WhatsAppScreen) else title


def _offered(message: Shown) -> list[str]:
    return [button["payload"] for button in message["buttons"]]


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
