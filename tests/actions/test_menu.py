"""The menu: every topic in at most four taps, in every language, in lists that every channel can show."""

import json
from typing import Any

import pytest

from actions.answering import Answering
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Heard
from language.variants import LANGUAGES

MAX_TITLE_CHARS = 24
"""Of a row of a WhatsApp list: https://developers.facebook.com/docs/whatsapp list messages."""


def tap(hear: Any, payload: str, variant: str) -> Heard:
    intent, brace, values = payload.removeprefix("/").partition("{")
    details = json.loads(brace + values) if brace else {}
    heard: Heard = hear("", intent, *details.items(), variant=variant)
    return heard


@pytest.mark.parametrize("variant", LANGUAGES)
def test_every_topic_is_reached_in_at_most_four_taps(ground: Ground, hear: Any, variant: str) -> None:
    reached, seen = set(), {"/meta.menu"}
    waiting = [("/meta.menu", 1)]
    while waiting:
        payload, taps = waiting.pop(0)
        topic = payload.removeprefix("/")
        if topic in ground.topics.ids and not topic.startswith("meta."):
            reached.add(topic)
            assert taps <= 4, topic
            continue
        answered = Answering(ground).answer(tap(hear, payload, variant))
        new = {b.payload for b in answered.buttons if b.payload.startswith("/")} - seen - {"/meta.human"}
        seen |= new
        waiting += [(payload, taps + 1) for payload in sorted(new)]
    assert reached == {topic for topic in ground.topics.ids if not topic.startswith("meta.")}


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_list_is_too_long_and_no_title_is_cut(ground: Ground, hear: Any, variant: str) -> None:
    pages = ["/meta.menu", '/meta.menu{"page": "1"}']
    pages += [f'/meta.menu{{"domain": "{domain}"}}' for domain in ground.topics.domains if domain != "meta"]
    for payload in pages:
        buttons = Answering(ground).answer(tap(hear, payload, variant)).buttons
        titles = [button.title for button in buttons]
        assert len(buttons) <= MAX_BUTTONS
        assert not [title for title in titles if len(title) > MAX_TITLE_CHARS]
        assert len(set(titles)) == len(titles), titles


def test_a_page_or_domain_that_does_not_exist_shows_the_menu(ground: Ground, hear: Any) -> None:
    for payload in ('/meta.menu{"domain": "weather"}', '/meta.menu{"page": "x"}', '/meta.menu{"page": "99"}'):
        answered = Answering(ground).answer(tap(hear, payload, "ru"))
        assert answered.text == ground.wording.text("menu_domains", "ru")
        assert answered.buttons
