"""The form of the registration deadline: what is taken, what is refused kindly, what is left to other rules."""

from typing import Any

import pytest

from actions.answering import Answering
from actions.ask_entered_on import ask_entered_on
from actions.ground import Ground
from actions.inform import inform
from actions.tell_registration_deadline import tell_deadline
from actions.validate_registration_form import take_details
from language.variants import LANGUAGES

KNOWN = {"country": "RU", "citizenship": "TJ"}


def test_a_question_of_its_own_is_left_to_its_rule(ground: Ground, hear: Any) -> None:
    assert take_details(ground, hear("как проверить запрет на въезд", "bans.check"), "country") is None


def test_a_long_question_that_names_a_country_is_still_a_question(ground: Ground, hear: Any) -> None:
    heard = hear("сколько стоит получить патент на работу в России", "work.permit", ("country", "RU", "России"))
    assert take_details(ground, heard, "country") is None


def test_a_short_reply_counts_even_when_its_intent_is_mistaken(ground: Ground, hear: Any) -> None:
    taken = take_details(ground, hear("в России", "work.permit", ("country", "RU", "России")), "country")
    assert taken is not None
    assert taken.slots == {"country": "RU"}
    assert taken.commands == ({"command": "remember", "country": "RU"},)


def test_a_bare_country_answers_the_question_for_the_citizenship(ground: Ground, hear: Any) -> None:
    heard = hear("Узбекистан", "inform", ("country", "UZ", "Узбекистан"), slots={"country": "RU"})
    taken = take_details(ground, heard, "citizenship")
    assert taken is not None
    assert taken.slots == {"citizenship": "UZ"}


@pytest.mark.parametrize(
    ("variant", "text"),
    [
        ("ru", "вчера"),
        ("uz", "kecha"),
        ("uz-Cyrl", "кеча"),
        ("tg", "дирӯз"),
        ("ky", "кечээ"),
        ("kk", "кеше"),
        ("en", "yesterday"),
        ("uz", "вчера"),
    ],
)
def test_a_date_is_taken_as_people_write_it(ground: Ground, hear: Any, variant: str, text: str) -> None:
    taken = take_details(ground, hear(text, "inform", variant=variant, slots=KNOWN), "entered_on")
    assert taken is not None
    assert taken.slots["entered_on"] == "2026-11-20"


@pytest.mark.parametrize(("text", "key"), [("31 февраля", "date_impossible"), ("25 декабря 2026", "date_in_future")])
def test_an_unusable_date_is_refused_kindly_and_asked_again(ground: Ground, hear: Any, text: str, key: str) -> None:
    taken = take_details(ground, hear(text, "inform", slots=KNOWN), "entered_on")
    assert taken is not None
    assert taken.text == ground.wording.text(key, "ru")
    assert taken.slots["entered_on"] is None


def test_an_ambiguous_date_is_asked_back_with_both_readings(ground: Ground, hear: Any) -> None:
    heard = hear("03/04/2026", "inform", variant="en", slots=KNOWN)
    taken = take_details(ground, heard, "entered_on")
    assert taken is not None
    assert taken.slots["entered_on"] is None
    asked = ask_entered_on(ground, hear("03/04/2026", "inform", variant="en", slots={**KNOWN, **taken.slots}))
    assert asked.text.endswith(ground.wording.text("which_date", "en"))
    assert {button.title for button in asked.buttons[:2]} == {"3 April 2026", "4 March 2026"}


def test_a_country_without_a_rule_ends_the_form_at_once(ground: Ground, hear: Any) -> None:
    taken = take_details(ground, hear("", "inform", ("country", "KR")), "country")
    assert taken is not None
    assert taken.slots["requested_slot"] is None
    told = tell_deadline(ground, hear("", "inform", slots={"country": "KR"}))
    assert told.text == ground.wording.text("no_rule_no_fact", "ru")
    assert told.buttons[0].payload == "/meta.human"


async def test_the_form_says_that_sources_differ_before_it_asks_for_a_day(begin: Any, ground: Ground) -> None:
    told = await begin("ru").tap('/registration.arrival{"country": "RU", "citizenship": "BY"}')
    assert ground.wording.text("no_rule_sources_differ", "ru") in told


def test_where_sources_differ_no_day_is_named(ground: Ground, hear: Any) -> None:
    slots = {"country": "RU", "citizenship": "BY", "entered_on": "2026-11-20"}
    assert tell_deadline(ground, hear(slots=slots)).text == ground.wording.text("no_rule_sources_differ", "ru")


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_answer_shows_rule_last_day_margin_source_and_date(ground: Ground, hear: Any, variant: str) -> None:
    told = tell_deadline(ground, hear(variant=variant, slots={**KNOWN, "entered_on": "2026-11-18"}))
    for shown in ("15", "26.11.2022", "https://"):
        assert shown in told.text
    assert ground.places.country_name("TJ", variant) in told.text
    assert "{" not in told.text


def test_the_last_day_counts_the_day_of_entry_and_an_earlier_day_is_advised(ground: Ground, hear: Any) -> None:
    told = tell_deadline(ground, hear(slots={**KNOWN, "entered_on": "2026-11-18"}))
    assert "2 декабря 2026" in told.text
    assert "29 ноября 2026" in told.text
    assert told.slots["entered_on"] is None


def test_a_deadline_that_has_passed_points_to_fines_and_a_person(ground: Ground, hear: Any) -> None:
    told = tell_deadline(ground, hear(slots={**KNOWN, "entered_on": "2026-09-01"}))
    assert [button.payload for button in told.buttons[:2]] == ["/meta.human", "/registration.fines"]


def test_a_rule_that_may_have_changed_says_so(ground: Ground, hear: Any) -> None:
    slots = {"country": "KZ", "citizenship": "UZ", "entered_on": "2026-11-18"}
    assert ground.wording.text("deadline_recheck", "ru") in tell_deadline(ground, hear(slots=slots)).text


def test_a_correction_after_the_answer_counts_again(ground: Ground, hear: Any, after: Any) -> None:
    heard = hear(slots={**KNOWN, "entered_on": "2026-11-18"})
    slots = after(heard, tell_deadline(ground, heard))
    corrected = inform(ground, hear("", "inform", ("citizenship", "KG"), slots=slots))
    assert "17 декабря 2026" in corrected.text
    assert corrected.slots["citizenship"] == "KG"


def test_one_message_can_hold_all_details(ground: Ground, hear: Any) -> None:
    text = "я из Узбекистана, вчера приехал в Россию, когда регистрация"
    details = (("citizenship", "UZ", "Узбекистана"), ("country", "RU", "Россию"))
    answered = Answering(ground).answer(hear(text, "registration.arrival", *details))
    assert "4 декабря 2026" in answered.text
    assert answered.topic == "registration.arrival"


def test_the_first_open_question_is_asked_and_introduced(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("когда регистрация", "registration.arrival", slots={"country": "RU"}))
    assert answered.text.startswith(ground.wording.text("registration_intro", "ru"))
    assert answered.text.endswith(ground.wording.text("ask_citizenship", "ru"))
    assert (answered.answered, answered.entry) == (True, None)
