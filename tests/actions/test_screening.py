"""The screening in its form: asking, taking replies, correcting, stopping, going on, forgetting."""

import json
from typing import Any

import pytest

from actions.affirm import affirm
from actions.ask_questionnaire import ask
from actions.continue_questionnaire import answer_questionnaire, continue_questionnaire
from actions.deny import deny
from actions.greet import greet
from actions.ground import Ground
from actions.heard import MAX_BUTTONS
from actions.questionnaires import ASKED, DONE, STOPPED
from actions.start_questionnaire import start
from actions.stop_form import stop_form
from actions.take_reply import take_reply
from actions.tell_about_data import erase
from actions.tell_screening_result import tell_screening_result
from actions.tools import SCREENING, STEPS, TOOLS
from actions.validate_questionnaire import take
from bot.channels.whatsapp.limits import MAX_REPLY_BUTTON_TITLE_CHARS, MAX_REPLY_BUTTONS
from guidance.questionnaire import NO, YES
from language.variants import LANGUAGES
from tests.actions.screening_slots import FORM, PASSPORT, SAFE, payloads, slots


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_question_has_three_buttons_that_every_channel_shows_as_buttons(
    ground: Ground, hear: Any, variant: str
) -> None:
    asked = ask(ground, hear(f"start_{SCREENING}", variant=variant), SCREENING)
    assert len(asked.buttons) == MAX_REPLY_BUTTONS
    assert all(len(button.title) <= MAX_REPLY_BUTTON_TITLE_CHARS for button in asked.buttons)
    assert [json.loads(sends.partition("{")[1] + sends.partition("{")[2])["reply"] for sends in payloads(asked)] == [
        "yes",
        "no",
        "skip",
    ]
    assert asked.slots[ASKED] == "no_consent"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_choices_fit_a_list_and_shrink_as_they_are_picked(ground: Ground, hear: Any, variant: str) -> None:
    answers = {**SAFE, "ILO7": YES, "ILO6": NO, "ILO9": NO}
    asked = ask(ground, hear(variant=variant, slots=slots(answers)), SCREENING)
    again = ask(ground, hear(variant=variant, slots=slots({**answers, "woman": YES})), SCREENING)
    assert len(again.buttons) == len(asked.buttons) - 1 <= MAX_BUTTONS
    assert again.text == ground.wording.text("choices_anything_else", variant)
    assert len({button.title for button in asked.buttons}) == len(asked.buttons)


def test_a_typed_reply_answers_the_question_that_was_asked(ground: Ground, hear: Any) -> None:
    heard = hear("да, держит", "nlu_fallback", slots=slots(dict(list(SAFE.items())), asked_question="ILO7"), form=FORM)
    taken = take_reply(ground, heard, SCREENING)
    assert taken is not None
    assert taken.answers == {**SAFE, "ILO7": YES}


def test_a_question_of_its_own_is_left_to_its_rule(ground: Ground, hear: Any) -> None:
    heard = hear("как проверить запрет на въезд", "bans.check", slots=slots(SAFE), form=FORM)
    assert take(ground, heard, SCREENING) is None


def test_a_short_yes_that_is_in_no_list_counts_by_its_intent(ground: Ground, hear: Any) -> None:
    taken = take_reply(ground, hear("ну типа того", "affirm", slots=slots(SAFE), form=FORM), SCREENING)
    assert taken is not None
    assert taken.answers["ILO7"] == YES


def test_what_is_no_reply_and_no_question_is_asked_again_kindly_and_the_second_time_with_a_person(
    ground: Ground, hear: Any, after: Any
) -> None:
    heard = hear("мхм", "nlu_fallback", slots=slots(SAFE), form=FORM)
    first = take(ground, heard, SCREENING)
    assert first is not None
    assert first.text == ground.wording.text("reply_not_caught", "ru")
    second = take(ground, hear("брр", "nlu_fallback", slots=after(heard, first), form=FORM), SCREENING)
    assert second is not None
    assert payloads(second) == ["/meta.human"]
    assert SCREENING not in first.slots


def test_back_asks_the_question_before_again(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear("назад", "nlu_fallback", slots=slots({**SAFE, "ILO7": YES}, asked_question="ILO6"), form=FORM)
    taken = take(ground, heard, SCREENING)
    assert taken is not None
    assert ask(ground, hear(slots=after(heard, taken)), SCREENING).slots[ASKED] == "ILO7"


def test_not_yes_no_changes_the_answer_before_and_the_dialogue_goes_on(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear("не да, а нет", "deny", slots=slots({**SAFE, "ILO7": YES}, asked_question="ILO6"), form=FORM)
    taken = take(ground, heard, SCREENING)
    assert taken is not None
    assert taken.text == ground.wording.text("answer_changed", "ru")
    assert taken.slots[SCREENING]["answers"]["ILO7"] == NO
    assert ask(ground, hear(slots=after(heard, taken)), SCREENING).slots[ASKED] == "ILO6"


def test_a_button_of_an_earlier_question_corrects_it(ground: Ground, hear: Any) -> None:
    details = (("questionnaire", SCREENING), ("item", "ILO3"), ("reply", NO))
    heard = hear("", "answer_questionnaire", *details, slots=slots({**SAFE, "ILO7": YES}), form=FORM)
    taken = take(ground, heard, SCREENING)
    assert taken is not None
    assert taken.slots[SCREENING]["answers"]["ILO3"] == NO


@pytest.mark.parametrize(
    "details",
    [
        (("questionnaire", SCREENING), ("item", "ILO99"), ("reply", NO)),
        (("questionnaire", SCREENING), ("item", "ILO7"), ("reply", "perhaps")),
        (("questionnaire", SCREENING),),
    ],
)
def test_a_forged_or_outdated_button_changes_nothing(ground: Ground, hear: Any, details: Any) -> None:
    taken = take_reply(ground, hear("", "answer_questionnaire", *details, slots=slots(SAFE), form=FORM), SCREENING)
    assert taken is not None
    assert taken.is_not_caught
    assert taken.answers == SAFE


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_choice_can_be_typed(ground: Ground, hear: Any, variant: str) -> None:
    text = ground.screening.questionnaire.item("woman").title[variant].upper()
    answers = {**SAFE, "ILO7": YES, "ILO6": NO, "ILO9": NO}
    heard = hear(text, "nlu_fallback", variant=variant, slots=slots(answers, asked_question="own_path"), form=FORM)
    taken = take_reply(ground, heard, SCREENING)
    assert taken is not None
    assert taken.answers.get("woman") == YES


def test_stopping_offers_to_forget_and_a_yes_forgets(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear("хватит", "stop_form", slots=slots({**SAFE, "ILO7": YES}), form=FORM)
    stopped = stop_form(ground, heard)
    assert stopped.is_end_of_form
    assert stopped.text == ground.wording.text("questionnaire_stopped", "ru")
    forgotten = affirm(ground, hear("да", "affirm", slots=after(heard, stopped)))
    assert forgotten.slots[SCREENING] is None
    kept = deny(ground, hear("нет", "deny", slots=after(heard, stopped)))
    assert kept.text == ground.wording.text("answers_kept", "ru")
    assert SCREENING not in kept.slots


def test_the_word_stop_in_the_lists_ends_the_form_as_well(ground: Ground, hear: Any) -> None:
    heard = hear("стоп", "nlu_fallback", slots=slots({**SAFE, "ILO7": YES}, asked_question="ILO6"), form=FORM)
    taken = take(ground, heard, SCREENING)
    assert taken is not None
    assert taken.slots["screening_end"] == STOPPED
    told = tell_screening_result(ground, hear(slots={**heard.slots, **taken.slots}))
    assert told.text == ground.wording.text("questionnaire_stopped", "ru")


@pytest.mark.parametrize("tool", TOOLS)
def test_kept_answers_are_offered_again_when_one_starts(ground: Ground, hear: Any, tool: str) -> None:
    first = next(item.id for item in ground.questionnaires[tool].items)
    offered = start(ground, hear(slots={tool: {"answers": {first: YES}}}), tool)
    key = "resume_offer_steps" if tool == STEPS else "resume_offer"
    assert offered.text == ground.wording.text(key, "ru")
    assert [json.loads(each.partition("{")[1] + each.partition("{")[2])["step"] for each in payloads(offered)] == [
        "go_on",
        "restart",
        "forget",
    ]
    begun = start(ground, hear(), tool)
    assert begun.next_action == f"{tool}_form"


def test_a_greeting_days_later_has_the_way_back_to_the_questions(ground: Ground, hear: Any) -> None:
    kept = {SCREENING: {"answers": SAFE}}
    way_back = '/continue_questionnaire{"questionnaire": "screening", "step": "go_on"}'
    assert way_back in payloads(greet(ground, hear("салом", "meta.greeting", slots=kept)))
    assert way_back not in payloads(greet(ground, hear("салом", "meta.greeting")))


def test_going_on_keeps_the_answers_and_beginning_again_does_not(ground: Ground, hear: Any) -> None:
    kept = {SCREENING: {"answers": SAFE}}
    steps = {
        step: continue_questionnaire(
            ground,
            hear("", "continue_questionnaire", ("questionnaire", SCREENING), ("step", step), slots=kept),
        )
        for step in ("go_on", "restart", "forget")
    }
    assert SCREENING not in steps["go_on"].slots
    assert steps["go_on"].next_action == FORM
    assert steps["restart"].slots[SCREENING] is None
    assert steps["restart"].next_action == FORM
    assert steps["forget"].slots[SCREENING] is None
    assert steps["forget"].next_action is None


def test_a_button_days_later_is_taken_and_the_questions_go_on(ground: Ground, hear: Any) -> None:
    details = (("questionnaire", SCREENING), ("item", "ILO7"), ("reply", YES))
    heard = hear("", "answer_questionnaire", *details, slots={SCREENING: {"answers": SAFE}})
    answered = answer_questionnaire(ground, heard)
    assert answered.next_action == FORM
    assert answered.slots[SCREENING]["answers"]["ILO7"] == YES


def test_a_button_after_everything_was_forgotten_keeps_nothing(ground: Ground, hear: Any) -> None:
    details = (("questionnaire", SCREENING), ("item", "ILO7"), ("reply", YES))
    answered = answer_questionnaire(ground, hear("", "answer_questionnaire", *details))
    assert answered.text == ground.wording.text("questionnaire_gone", "ru")
    assert SCREENING not in answered.slots


def test_a_bare_yes_days_later_offers_to_go_on(ground: Ground, hear: Any) -> None:
    offered = affirm(ground, hear("да", "affirm", slots={SCREENING: {"answers": SAFE}}))
    assert offered.text == ground.wording.text("resume_offer", "ru")


def test_erasing_all_data_erases_the_answers_too(ground: Ground, hear: Any) -> None:
    erased = erase(ground, hear(slots=slots(PASSPORT)))
    assert all(erased.slots[tool] is None for tool in TOOLS)


def test_the_form_is_at_its_end_when_the_last_answer_is_there(ground: Ground, hear: Any) -> None:
    answers = {name: reply for name, reply in PASSPORT.items() if name != "overstay"}
    heard = hear("нет", "deny", slots=slots(answers, asked_question="overstay"), form=FORM)
    taken = take(ground, heard, SCREENING)
    assert taken is not None
    assert taken.slots["screening_end"] == DONE
