"""A bare detail outside of a form: remembered, used for what was asked before, or not a detail at all."""

from typing import Any

from actions.ground import Ground
from actions.inform import inform

LAST = {"country": "RU", "citizenship": "TJ", "entered_on": "2026-11-18"}


def test_a_detail_that_is_only_taken_back_is_asked_for_and_the_date_stays(ground: Ground, hear: Any) -> None:
    slots = {"country": "RU", "citizenship": "TJ", "deadline_for": LAST}
    heard = hear("я не из таджикистана", "inform", ("citizenship", "TJ", "таджикистана"), slots=slots)
    answered = inform(ground, heard)
    assert answered.next_action == "registration_form"
    assert answered.slots == {"citizenship": None, "entered_on": "2026-11-18"}


def test_another_date_counts_the_last_deadline_again(ground: Ground, hear: Any) -> None:
    slots = {"country": "RU", "citizenship": "TJ", "deadline_for": LAST}
    answered = inform(ground, hear("нет, 16 ноября", "inform", slots=slots))
    assert "30 ноября 2026" in answered.text


def test_a_date_with_nothing_asked_offers_to_count_the_deadline(ground: Ground, hear: Any) -> None:
    answered = inform(ground, hear("3 дня назад", "inform"))
    assert answered.text == ground.wording.text("noted", "ru")
    assert answered.buttons[0].payload == "/registration.arrival"
    assert (answered.slots["entered_on"], answered.slots["pending"]) == ("2026-11-18", "registration")


def test_many_words_with_a_date_are_a_question(ground: Ground, hear: Any) -> None:
    ranking = {"inform": 0.6, "meta.out_of_scope": 0.4}
    answered = inform(ground, hear("кто вчера выиграл в футбол у соседей", ranking=ranking))
    assert answered.text == ground.wording.text("out_of_scope", "ru")


def test_a_question_with_a_place_is_answered_although_it_was_taken_for_a_detail(ground: Ground, hear: Any) -> None:
    text = "скажите пожалуйста как в России можно узнать про мой запрет"
    heard = hear(text, "inform", ("country", "RU", "России"), ranking={"inform": 0.5, "bans.check": 0.4})
    assert inform(ground, heard).entry == "bans/check"


def test_the_button_that_changes_details_begins_the_form(ground: Ground, hear: Any) -> None:
    assert inform(ground, hear("", "inform", ("change", "details"))).next_action == "registration_form"
