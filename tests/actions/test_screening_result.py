"""The result of the screening and its note: what is told, counted, shown, struck, passed on and refused."""

from typing import Any

import pytest

from actions.affirm import affirm
from actions.deny import deny
from actions.ground import Ground
from actions.share_note import note_of, share_note
from actions.stop_form import stop_form
from actions.tell_screening_result import tell_screening_result
from actions.tools import SCREENING
from guidance.questionnaire import NO, YES
from language.variants import LANGUAGES
from tests.actions.screening_slots import FORM, PASSPORT, SAFE, payloads, slots


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_consent_ends_it_and_nothing_is_kept(ground: Ground, hear: Any, variant: str) -> None:
    told = tell_screening_result(ground, hear(variant=variant, slots=slots({"no_consent": NO})))
    assert told.text == ground.wording.text("screening_declined", variant)
    assert told.slots[SCREENING] is None
    assert told.commands == ()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_who_may_be_watched_gets_the_way_out_and_the_number_and_nothing_is_kept(
    ground: Ground, hear: Any, variant: str
) -> None:
    heard = hear(variant=variant, slots=slots({"no_consent": YES, "phone_read": YES}, country="RU"))
    told = tell_screening_result(ground, heard)
    assert payloads(told) == ["quick_exit", "/meta.human"]
    assert "112" in told.text
    assert told.slots[SCREENING] is None


@pytest.mark.parametrize("variant", LANGUAGES)
def test_danger_now_brings_the_number_a_person_and_the_quick_exit(ground: Ground, hear: Any, variant: str) -> None:
    heard = hear(variant=variant, slots=slots({**SAFE, "danger_now": YES}, country="KZ"))
    told = tell_screening_result(ground, heard)
    assert "112" in told.text
    assert payloads(told)[:2] == ["/meta.human", "quick_exit"]
    assert told.commands[0]["needs"] == ["urgent_help"]


def test_without_a_country_no_number_is_named(ground: Ground, hear: Any) -> None:
    told = tell_screening_result(ground, hear(slots=slots({**SAFE, "danger_now": YES})))
    assert not any(char.isdigit() for char in told.text.partition("http")[0].partition("ILO")[0])


def test_fear_of_return_leads_to_the_asylum_path_and_away_from_the_own_consulate(ground: Ground, hear: Any) -> None:
    told = tell_screening_result(ground, hear(slots=slots({**PASSPORT, "fear_of_return": YES})))
    assert ground.wording.text("route.unhcr_and_lawyer_not_own_consulate", "ru") in told.text
    assert '/safety{"step": "can_write", "path": "asylum"}' in payloads(told)


def test_needs_are_counted_once_however_often_the_result_is_told(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear(slots=slots(PASSPORT, country="RU", citizenship="TJ"))
    told = tell_screening_result(ground, heard)
    assert told.commands == (
        {"command": "count_needs", "needs": ["passport_kept"], "country": "RU", "citizenship": "TJ"},
    )
    assert tell_screening_result(ground, hear(slots=after(heard, told))).commands == ()


def test_needs_are_counted_when_it_is_stopped_and_only_new_ones_when_it_goes_on(
    ground: Ground, hear: Any, after: Any
) -> None:
    heard = hear(slots=slots({**SAFE, "ILO7": YES}), form=FORM)
    stopped = stop_form(ground, heard)
    assert stopped.commands[0]["needs"] == ["passport_kept"]
    kept = after(heard, stopped)
    kept[SCREENING] = {**kept[SCREENING], "answers": {**PASSPORT, "fear_of_return": YES}}
    told = tell_screening_result(ground, hear(slots=kept))
    assert told.commands[0]["needs"] == ["protection_from_return"]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_note_is_shown_in_the_own_language_before_anything_is_passed_on(
    ground: Ground, hear: Any, variant: str
) -> None:
    shown = share_note(ground, hear(variant=variant, slots=slots(PASSPORT)))
    for name in ("ILO7", "R10", "passport_kept", "safety_flow_and_anti_trafficking_referral"):
        assert ground.screening.label(name, variant) in shown.text
    assert shown.commands == ()
    assert shown.slots["pending"] == "note"
    assert len(shown.buttons) == 3


def test_only_yes_pass_it_on_opens_a_handover_with_ids_and_the_answers_are_forgotten(ground: Ground, hear: Any) -> None:
    heard = hear("", "share_note", ("step", "pass"), slots=slots(PASSPORT))
    passed = share_note(ground, heard)
    assert passed.commands == (
        {
            "command": "open_handover",
            "reason": "screening",
            "danger": "concern",
            "note": {
                "signs": ["ILO7"],
                "factors": ["SI4", "R10"],
                "route": "safety_flow_and_anti_trafficking_referral",
                "needs": ["passport_kept"],
            },
        },
    )
    assert passed.slots[SCREENING] is None


@pytest.mark.parametrize("by_word", [True, False])
def test_a_refused_note_passes_nothing_on_and_forgets(ground: Ground, hear: Any, by_word: bool) -> None:
    kept = slots(PASSPORT, pending="note")
    refused = (
        deny(ground, hear("нет", "deny", slots=kept))
        if by_word
        else share_note(ground, hear("", "share_note", ("step", "refuse"), slots=kept))
    )
    assert refused.commands == ()
    assert refused.slots[SCREENING] is None
    assert refused.text == ground.wording.text("note_refused", "ru")


def test_a_bare_yes_under_the_note_passes_it_on(ground: Ground, hear: Any) -> None:
    passed = affirm(ground, hear("да", "affirm", slots=slots(PASSPORT, pending="note")))
    assert passed.commands[0]["command"] == "open_handover"


def test_a_line_can_be_struck_and_what_follows_from_it_goes_too(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear("", "share_note", ("step", "strike"), slots=slots({**PASSPORT, "fear_of_return": YES}))
    choose = share_note(ground, heard)
    assert '/share_note{"step": "strike", "item": "ILO7"}' in payloads(choose)
    heard = hear("", "share_note", ("step", "strike"), ("item", "ILO7"), slots=heard.slots)
    struck = share_note(ground, heard)
    assert ground.screening.label("ILO7", "ru") not in struck.text
    note = note_of(ground, hear(slots=after(heard, struck)))
    assert note["signs"] == ["fear_of_return"]
    assert note["needs"] == ["protection_from_return"]
    assert note["route"] == "unhcr_and_lawyer_not_own_consulate"


def test_a_note_that_is_gone_cannot_be_passed_on(ground: Ground, hear: Any) -> None:
    gone = share_note(ground, hear("", "share_note", ("step", "pass")))
    assert gone.text == ground.wording.text("note_gone", "ru")
    assert gone.commands == ()
