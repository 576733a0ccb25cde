"""Language, person, one's own data, greetings: what the gateway is told to do, and what is forgotten."""

from dataclasses import replace
from typing import Any

import pytest

from actions.answering import Answering
from actions.counted_days import counted_days
from actions.ground import Ground
from language.variants import LANGUAGES, OWN_NAMES


def test_the_seven_languages_are_offered_each_in_its_own_name(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("другой язык", "meta.language"))
    assert [button.title for button in answered.buttons] == list(OWN_NAMES.values())


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_chosen_language_answers_in_it_and_is_kept(ground: Ground, hear: Any, variant: str) -> None:
    answered = Answering(ground).answer(hear("", "meta.language", ("variant", variant)))
    assert answered.text == ground.wording.text("language_chosen", variant)
    assert answered.commands == ({"command": "set_language", "variant": variant},)
    assert answered.slots["variant"] == variant


def test_a_wish_for_a_person_calls_one_at_once(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("позовите человека", "meta.human"))
    assert answered.handover
    assert [command["command"] for command in answered.commands] == ["open_handover"]
    assert answered.is_end_of_form


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize("channel", ["web", "telegram", "whatsapp"])
def test_one_is_told_what_is_stored_and_for_how_long(ground: Ground, hear: Any, variant: str, channel: str) -> None:
    heard = replace(hear("удалите всё", "meta.my_data", variant=variant), channel=channel, retention_days=30)
    told = Answering(ground).answer(heard)
    assert counted_days(ground, 30, variant) in told.text and "{" not in told.text
    assert ("Telegram" in told.text, "WhatsApp" in told.text) == (channel == "telegram", channel == "whatsapp")
    assert [button.payload for button in told.buttons] == [
        '/meta.my_data{"step": "erase"}',
        '/meta.my_data{"step": "export"}',
        "quick_exit",
        "/meta.menu",
    ]
    assert told.commands == ()


def test_where_nothing_is_erased_by_itself_no_days_are_promised(ground: Ground, hear: Any) -> None:
    told = Answering(ground).answer(hear("какие данные?", "meta.my_data"))
    assert ground.wording.text("my_data_kept_always", "ru") in told.text


@pytest.mark.parametrize(
    "intent", ["meta.greeting", "meta.about", "meta.complaint", "meta.menu", "stop_form", "inform"]
)
@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_message_stays_without_a_text(ground: Ground, hear: Any, intent: str, variant: str) -> None:
    answered = Answering(ground).answer(hear("x", intent, variant=variant))
    assert answered.text
    assert answered.buttons
    assert answered.topic in ground.topics.ids
