"""Pictures beside buttons: each domain, topic and tool has its own, and no channel's limit is passed for one."""

from pathlib import Path
from typing import Any

import pytest

from bot.channels.channel import OutgoingMessage
from bot.channels.pictures import picture_of
from bot.channels.splitting import units
from bot.channels.telegram.keyboard import keyboard
from bot.channels.whatsapp.interactive import Layout, layout_of
from bot.channels.whatsapp.limits import MAX_REPLY_BUTTON_TITLE_CHARS, MAX_ROW_TITLE_CHARS
from bot.channels.whatsapp.parts import parts_of
from conversations.reply import Button
from knowledge_base.topics import Topics
from language.variants import LANGUAGES
from language.wording import Wording
from tests.plain_titles import is_picture, plain

DATA = Path(__file__).parents[3] / "data"
TOPICS = Topics.load(DATA / "topics.yml")
WORDING = Wording.load(DATA / "responses")
DOMAINS = [domain for domain in TOPICS.domains if domain != "meta"]
SUBJECTS = [topic for topic in TOPICS.ids if not topic.startswith("meta.")]


def test_every_domain_and_topic_has_a_picture_of_its_own() -> None:
    payloads = [f'/meta.menu{{"domain": "{domain}"}}' for domain in DOMAINS] + [f"/{topic}" for topic in SUBJECTS]
    pictures = [picture_of(payload) for payload in payloads]
    assert all(map(is_picture, pictures))
    assert not {each for each in pictures if pictures.count(each) > 1}


@pytest.mark.parametrize(
    ("payload", "picture"),
    [
        ("/meta.human", "🙋"),
        ('/inform{"country": "KZ"}', "🇰🇿"),
        ('/inform{"citizenship": "TJ"}', "🇹🇯"),
        ('/inform{"date": "2026-11-21"}', "📅"),
        ('/inform{"country": "kz"}', ""),
        ('/answer_questionnaire{"questionnaire": "screening", "item": "child", "reply": "no"}', "❌"),
        ('/meta.menu{"page": "1"}', "📋"),
        ('/meta.language{"variant": "tg"}', "🌐"),
        ("quick_exit", "🚪"),
        ("/nothing_of_ours", ""),
        ("/inform{not json", ""),
        ("/inform[]", ""),
    ],
)
def test_a_picture_follows_from_what_the_button_sends(payload: str, picture: str) -> None:
    assert picture_of(payload) == picture


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_title_of_the_menu_passes_the_limits_of_whatsapp_with_its_picture(variant: str) -> None:
    domains = [
        Button(WORDING.text(f"domain.{domain}", variant), f'/meta.menu{{"domain": "{domain}"}}') for domain in DOMAINS
    ]
    topics = [Button(WORDING.text(f"topic.{topic}", variant), f"/{topic}") for topic in SUBJECTS]
    for start in range(0, len(domains + topics), 10):
        buttons = (domains + topics)[start : start + 10]
        titles = [row["title"] for row in _rows(buttons)]
        assert max(map(units, titles)) <= MAX_ROW_TITLE_CHARS
        assert [plain(title) for title in titles] == [button.title for button in buttons]
        assert any(title != plain(title) for title in titles)


def test_reply_buttons_stay_reply_buttons() -> None:
    long = Button("Двадцать букв, ровно", "/meta.menu")
    buttons = (Button("Меню", "/meta.menu"), long, Button("Да", "/helped"))
    assert layout_of(buttons) is Layout.REPLY_BUTTONS
    replies = [each["reply"]["title"] for each in _interactive(buttons)["action"]["buttons"]]
    assert replies == ["📋 Меню", long.title, "👍 Да"]
    assert max(map(units, replies)) <= MAX_REPLY_BUTTON_TITLE_CHARS


def test_telegram_shows_the_picture_before_the_title() -> None:
    shown = keyboard(7, [Button("Меню", "/meta.menu"), Button("Иное", "/nothing_of_ours")])
    assert shown is not None
    assert [button.text for button in shown.inline_keyboard[0]] == ["📋 Меню", "Иное"]


def _rows(buttons: list[Button]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = _interactive(tuple(buttons))["action"]["sections"][0]["rows"]
    return rows


def _interactive(buttons: tuple[Button, ...]) -> dict[str, Any]:
    (part,) = parts_of(OutgoingMessage("1", "?", buttons, cursor=7), lambda key: key)
    assert isinstance(part, dict)
    content: dict[str, Any] = part["interactive"]
    return content
