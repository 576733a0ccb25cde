"""Who does not type reaches everything: every button is tapped, from the menu on, as Rasa's rules go on from there."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from actions.ground import Ground
from actions.heard import MAX_BUTTONS
from bot.channels.channel import button_data
from bot.channels.whatsapp.limits import MAX_ROW_DESCRIPTION_CHARS, MAX_ROW_TITLE_CHARS
from language.variants import LANGUAGES
from tests.actions.button_walk import ENDS, OF_THE_GATEWAY, ButtonWalk, Step
from tests.actions.conftest import TODAY
from tests.actions.content_ground import content_ground
from tests.actions.rule_conversation import RuleConversation, load_rules, quiet_rasa

MAX_CALLBACK_BYTES = 64
"""https://core.telegram.org/bots/api#inlinekeyboardbutton"""
WHOLE_SENTENCES = ("/show_entry", "/share_note")
"""What these buttons name is a question or a line of a note: a list shows it whole in the row's description."""
TOOLS = (
    "registration.arrival",
    "start_stay",
    "start_screening",
    "start_job_offer_check",
    "start_report_for_other",
    "start_transfer",
    "start_wages",
    "answer_complaint",
    "start_permit",
    "set_reminder",
)
OF_THE_PERSON = ("meta.human", "meta.language", "meta.my_data", "meta.about", "stop_form", "helped", "not_helped")
SEEN_IN_ONE_VARIANT = ("/show_entry", "/helped", "/not_helped", "/share_note", "/stop_form")
"""The ways on from these are the same in every variant."""


@pytest.fixture(scope="module")
def content() -> Ground:
    return content_ground()


@pytest.fixture(scope="module")
def content_agent(content: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with quiet_rasa():
        yield load_rules(content, tmp_path_factory.mktemp("rules"))


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_every_button_is_answered_and_leads_on(
    content: Ground, content_agent: Any, variant: str, caplog: pytest.LogCaptureFixture
) -> None:
    left_out = OF_THE_GATEWAY if variant == "ru" else (*OF_THE_GATEWAY, *SEEN_IN_ONE_VARIANT)
    with caplog.at_level(logging.ERROR):
        steps = await ButtonWalk(content_agent, variant, TODAY, left_out).from_the_menu()
    assert not caplog.records
    assert not [complaint for step in steps for complaint in complaints(step)]
    tapped = {step.taps[-1].removeprefix("/").partition("{")[0] for step in steps}
    topics = {topic for topic in content.topics.ids if not topic.startswith("meta.")}
    assert not topics - tapped
    if variant == "ru":
        assert not {*TOOLS, *OF_THE_PERSON} - tapped
        assert any("quick_exit" in _payloads(step) for step in steps)
        assert any("erase" in step.commands for step in steps)
        shown = {entry for step in steps for entry in step.entries}
        assert not {entry.id for entry in content.library.entries} - shown


def complaints(step: Step) -> list[str]:
    """What is wrong with an answer for somebody who only taps."""
    found = [] if step.text else ["nothing is said"]
    if not any(step.buttons) and not set(ENDS) & set(step.commands):
        found.append("a dead end")
    for buttons in step.buttons:
        found += [f"{len(buttons)} buttons"] if len(buttons) > MAX_BUTTONS else []
        found += [f"too long: {button['title']}" for button in buttons if not _is_shown_whole(button)]
    return [f"after {' '.join(step.taps[-3:])}: {each}" for each in found]


def test_what_telegram_carries_for_a_button_always_fits() -> None:
    assert len(button_data(10**12, MAX_BUTTONS).encode()) <= MAX_CALLBACK_BYTES


def _is_shown_whole(button: dict[str, str]) -> bool:
    is_sentence = button["payload"].startswith(WHOLE_SENTENCES)
    return len(button["title"]) <= (MAX_ROW_DESCRIPTION_CHARS if is_sentence else MAX_ROW_TITLE_CHARS)


def _payloads(step: Step) -> Sequence[str]:
    return [button["payload"] for buttons in step.buttons for button in buttons]


async def test_a_questionnaire_is_left_by_buttons_after_a_look_at_the_menu(content_agent: Any) -> None:
    talk = RuleConversation(content_agent, "left by buttons", "ru", TODAY)
    await talk.tap("/start_job_offer_check")
    await talk.tap('/answer_questionnaire{"questionnaire": "job_offer_check", "item": "text", "reply": "no"}')
    assert "/stop_form" not in [button["payload"] for button in talk.messages[-1]["buttons"]]
    await talk.tap("/meta.menu")
    assert "/stop_form" in [button["payload"] for button in talk.messages[-1]["buttons"]]
