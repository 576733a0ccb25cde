"""Language, person, one's own data, greetings: what the gateway is told to do, and what is forgotten."""

from typing import Any

import pytest

from actions.answering import Answering
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


def test_nothing_is_erased_before_it_is_confirmed(ground: Ground, hear: Any) -> None:
    asked = Answering(ground).answer(hear("удалите всё", "meta.my_data"))
    assert "quick_exit" in [button.payload for button in asked.buttons]
    sure = Answering(ground).answer(hear("", "meta.my_data", ("step", "erase")))
    assert asked.commands == sure.commands == ()
    done = Answering(ground).answer(hear("", "meta.my_data", ("step", "confirmed")))
    assert done.commands == ({"command": "erase"},)


def test_erasing_forgets_everything_of_the_dialogue(ground: Ground, hear: Any) -> None:
    slots = {"pending": "erase", "country": "RU", "citizenship": "TJ", "question": {"text": "x"}, "entry": "a"}
    done = Answering(ground).answer(hear("да", "affirm", slots=slots))
    assert done.commands == ({"command": "erase"},)
    assert not any({**slots, **done.slots}.values())


def test_no_to_the_erasure_keeps_everything(ground: Ground, hear: Any) -> None:
    kept = Answering(ground).answer(hear("нет", "deny", slots={"pending": "erase"}))
    assert kept.text == ground.wording.text("data_kept", "ru")
    assert kept.commands == ()


@pytest.mark.parametrize(
    "intent", ["meta.greeting", "meta.about", "meta.complaint", "meta.menu", "stop_form", "inform"]
)
@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_message_stays_without_a_text(ground: Ground, hear: Any, intent: str, variant: str) -> None:
    answered = Answering(ground).answer(hear("x", intent, variant=variant))
    assert answered.text
    assert answered.buttons
    assert answered.topic in ground.topics.ids
