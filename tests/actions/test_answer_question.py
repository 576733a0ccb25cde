"""Questions: answered from the knowledge base, asked back, or honestly not answered."""

from dataclasses import replace
from typing import Any

import pytest

from actions.answer_question import answer_question
from actions.answering import Answering
from actions.buttons import asylum_buttons
from actions.ground import Ground
from actions.heard import Answered, Button
from actions.inform import inform
from actions.show_entry import show_entry
from language.variants import LANGUAGES


def payloads(answered: Answered) -> list[str]:
    return [button.payload for button in answered.buttons]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_question_is_answered_in_the_language_in_which_it_was_asked(ground: Ground, hear: Any, variant: str) -> None:
    answered = answer_question(ground, hear("is there a ban", "bans.check", variant=variant))
    assert f"The answer of bans/check in {variant}." in answered.text
    assert answered.text.endswith(ground.wording.text("did_this_help", variant))
    assert (answered.entry, answered.topic, answered.answered) == ("bans/check", "bans.check", True)


def test_under_an_answer_stand_related_questions_and_did_this_help(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("is there a ban", "bans.check"))
    assert payloads(answered) == ['/show_entry{"entry": "bans/appeal"}', "/helped", "/not_helped", "/meta.menu"]
    assert answered.buttons[0].title == "bans/appeal ru?"


def test_the_country_is_asked_back_when_the_answer_depends_on_it(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("how do I get a permit", "work.permit"))
    assert answered.text == ground.wording.text("ask_which_country", "ru")
    places = ['/inform{"country": "KZ"}', '/inform{"country": "RU"}']
    assert payloads(answered) == [*places, '/more_choices{"item": "country", "page": "0"}']
    assert (answered.answered, answered.entry, answered.topic) == (True, None, "work.permit")


def test_the_country_that_was_asked_back_brings_the_answer(ground: Ground, hear: Any, after: Any) -> None:
    question = hear("how do I get a permit", "work.permit")
    slots = after(question, answer_question(ground, question))
    answered = inform(ground, hear("", "inform", ("country", "KZ"), slots=slots))
    assert answered.entry == "work/permit-kz"
    assert answered.commands == ({"command": "remember", "country": "KZ"},)
    assert answered.slots["country"] == "KZ"


def test_a_country_named_in_the_question_is_used_and_remembered(ground: Ground, hear: Any) -> None:
    heard = hear("permit in Kazakhstan", "work.permit", ("country", "KZ", "Kazakhstan"), slots={"country": "RU"})
    answered = answer_question(ground, heard)
    assert answered.entry == "work/permit-kz"
    assert answered.slots["country"] == "KZ"
    assert answered.commands == ({"command": "remember", "country": "KZ"},)


def test_a_remembered_country_is_not_asked_for_again(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("permit", "work.permit", slots={"country": "RU"}))
    assert answered.entry == "work/permit-ru"
    assert answered.commands == ()


def test_the_button_of_a_topic_is_answered_without_words(ground: Ground, hear: Any) -> None:
    assert answer_question(ground, hear("", "bans.appeal")).entry == "bans/appeal"


def test_what_is_not_in_our_content_is_said_kindly_with_menu_and_person(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("", "documents.driving"))
    assert answered.text == ground.wording.text("not_in_content", "ru")
    assert payloads(answered) == ["/meta.human", "/meta.menu"]
    assert (answered.answered, answered.entry, answered.topic) == (False, None, "documents.driving")


def test_near_entries_are_offered_when_none_is_sure(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("nothing about a ban", "bans.check"))
    assert payloads(answered)[0] == '/show_entry{"entry": "bans/check"}'
    assert not answered.answered


def test_safety_always_offers_a_person_first_and_leaves_a_form(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("they keep my papers", "trafficking.forced_labour"))
    assert payloads(answered)[0] == "/meta.human"
    assert answered.slots["pending"] == "human"
    assert answered.is_end_of_form


def test_safety_that_is_not_in_our_content_offers_a_person_first(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("", "family.violence"))
    assert payloads(answered)[0] == "/meta.human"
    assert ground.wording.text("offer_human_now", "ru") in answered.text


def test_an_entry_can_offer_the_calculation_of_the_deadline(ground: Ground, hear: Any) -> None:
    answered = answer_question(ground, hear("permit", "work.permit", slots={"country": "RU"}))
    assert payloads(answered)[0] == "/registration.arrival"


def test_a_button_names_the_entry_to_show(ground: Ground, hear: Any) -> None:
    assert show_entry(ground, hear("", "show_entry", ("entry", "bans/appeal"))).entry == "bans/appeal"


def test_a_button_older_than_the_release_is_not_answered_with_something_else(ground: Ground, hear: Any) -> None:
    assert show_entry(ground, hear("", "show_entry", ("entry", "bans/gone"))).entry is None


def test_what_is_not_understood_still_looks_into_the_knowledge_base(ground: Ground, hear: Any) -> None:
    ranking = {"nlu_fallback": 0.2, "bans.check": 0.19}
    answered = Answering(ground).answer(hear("ban?", ranking=ranking))
    assert (answered.entry, answered.topics[0]) == ("bans/check", "bans.check")


def test_what_fits_nothing_of_ours_is_out_of_scope(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("nothing", ranking={"nlu_fallback": 0.2, "documents.driving": 0.03}))
    assert (answered.topic, answered.answered) == ("meta.out_of_scope", False)


def test_the_three_likeliest_topics_are_named_best_first(ground: Ground, hear: Any) -> None:
    ranking = {"bans.check": 0.6, "inform": 0.2, "bans.appeal": 0.1, "work.permit": 0.05, "meta.menu": 0.01}
    answered = Answering(ground).answer(hear("ban", ranking=ranking))
    assert answered.topics == ("bans.check", "bans.appeal", "work.permit")


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize("topic", ["asylum.apply", "asylum.not_sent_back", "asylum.lone_child", "asylum.stateless"])
def test_entries_on_asylum_lead_to_unhcr_and_lawyers(ground: Ground, variant: str, topic: str) -> None:
    entry = replace(ground.library.entries[0], topic=topic)
    (found,) = asylum_buttons(ground, variant, entry)
    assert found == Button(
        ground.wording.text("button_asylum", variant), '/safety{"step": "can_write", "path": "asylum"}'
    )
    assert asylum_buttons(ground, variant, replace(entry, topic="bans.check")) == ()
