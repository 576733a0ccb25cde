"""Questionnaires: order, conditions, corrections; whatever is answered, it comes to an end."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.job_offer import JobOffer
from guidance.questionnaire import ANSWERS, NO, SKIP, YES, Questionnaire
from guidance.questionnaire_file import QuestionnaireError, read_questionnaire
from guidance.replies import Replies
from guidance.screening import Screening
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

FOLDER = Path(__file__).parents[2] / "data" / "guidance"
TEXTS = "{ru: А, uz: Q, tg: Б, ky: В, kk: Г, en: D}"
QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    "screening": Screening.load(FOLDER).questionnaire,
    "job_offer": JobOffer.load(FOLDER).questionnaire,
    "report_for_other": read_questionnaire(FOLDER / "report_for_other.yml"),
}
SMALL = f"""
stop_if: [{{told: [danger]}}]
items:
- {{id: danger, ask: {TEXTS}}}
- {{id: gate, told_by: no, ask: {TEXTS}}}
- {{id: after_gate, group: a, ask_unless: [{{told: [gate]}}], ask: {TEXTS}}}
- {{id: pick, kind: choices, choices: [one, two], ask: {TEXTS}}}
- {{id: one, group: b, title: {TEXTS}}}
- {{id: two, title: {TEXTS}}}
- {{id: of_one, group: c, ask_if: [{{told: [one]}}], ask: {TEXTS}}}
- {{id: follows, told_if: {{if_all: [{{told: [after_gate]}}, {{told: [one]}}]}}}}
routes:
- {{id: grave, danger: urgent, if_any: [{{told: [danger]}}], label: {TEXTS}}}
- {{id: several, if_any: [{{groups: [a, b, c], at_least: 2}}], label: {TEXTS}}}
- {{id: rest, label: {TEXTS}}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Questionnaire:
    return _read(tmp_path, SMALL)


def _read(folder: Path, text: str) -> Questionnaire:
    file = folder / "small.yml"
    file.write_text(text, "utf-8")
    return read_questionnaire(file)


def _next(questionnaire: Questionnaire, answers: Mapping[str, str]) -> str | None:
    question = questionnaire.next_question(answers)
    return question.id if question else None


def test_questions_come_in_order_and_a_gate_leaves_out_what_hangs_on_it(small: Questionnaire) -> None:
    assert _next(small, {}) == "danger"
    assert _next(small, {"danger": NO}) == "gate"
    assert _next(small, {"danger": NO, "gate": YES}) == "after_gate"
    assert _next(small, {"danger": NO, "gate": NO}) == "pick"


def test_a_skipped_gate_asks_on(small: Questionnaire) -> None:
    assert _next(small, {"danger": NO, "gate": SKIP}) == "after_gate"


def test_a_stop_condition_ends_the_asking_at_once(small: Questionnaire) -> None:
    assert _next(small, {"danger": YES}) is None
    assert small.routes({"danger": YES})[0].id == "grave"
    assert small.settled({"danger": YES, "gate": YES, "after_gate": YES}) == {"danger": YES}


def test_nobody_is_asked_more_than_the_most_questions(tmp_path: Path) -> None:
    short = _read(tmp_path, f"most_questions: 2\n{SMALL}")
    assert _next(short, {"danger": NO}) == "gate"
    assert _next(short, {"danger": NO, "gate": YES}) is None
    assert _screening_asks_at_most(24)


def _screening_asks_at_most(count: int) -> bool:
    """Somebody to whom nothing happened but whose every gate is open."""
    gates = {"no_consent", "no_work_trouble", "family_depends", "no_hardship", "ILO3", "IN1", "own_path"}
    answers: dict[str, str] = {}
    while question := QUESTIONNAIRES["screening"].next_question(answers):
        answers[question.id] = YES if question.id in gates else NO
    return len(answers) == count


def test_choices_are_picked_until_the_question_itself_is_answered(small: Questionnaire) -> None:
    answers = {"danger": NO, "gate": NO, "one": YES}
    assert _next(small, answers) == "pick"
    assert _next(small, {**answers, "pick": YES}) == "of_one"
    assert _next(small, {"danger": NO, "gate": NO, "pick": NO}) is None


def test_going_back_takes_the_last_answer_with_what_was_picked(small: Questionnaire) -> None:
    answers = {"danger": NO, "gate": NO, "one": YES, "two": YES, "pick": YES}
    assert small.without_last(answers) == {"danger": NO, "gate": NO}
    assert small.without_last({}) == {}


def test_answers_that_a_correction_makes_pointless_no_longer_count(small: Questionnaire) -> None:
    answers = {"danger": NO, "gate": YES, "after_gate": YES, "one": YES, "pick": YES, "of_one": NO}
    assert {item.id for item in small.told(answers)} == {"after_gate", "one", "pick", "follows"}
    corrected = {**answers, "gate": NO}
    assert {item.id for item in small.told(corrected)} == {"gate", "one", "pick"}
    assert [route.id for route in small.routes(answers)] == ["several", "rest"]
    assert [route.id for route in small.routes(corrected)] == ["rest"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("kk: Г, ", "", "danger: ask: kk is missing"),
        ("told: [gate]", "told: [gates]", "after_gate: stands on gates, which does not exist"),
        ("told: [gate]", "told: [pick]", "after_gate: stands on pick, asked only later"),
        ("id: gate,", "id: danger,", "danger: stands twice"),
        ("told_by: no", "told_by: nope", "gate: told_by is 'nope'"),
        ("kind: choices", "kind: choice", "pick: kind is 'choice'"),
        ("danger: urgent", "danger: dire", "grave: danger is 'dire'"),
        ("{told: [danger]}]\n", "{tell: [danger]}]\n", "stop_if: a condition is"),
        ("group: c,", "gruop: c,", "of_one: knows no gruop"),
    ],
)
def test_what_is_wrong_is_named_with_its_id(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in SMALL
    with pytest.raises(QuestionnaireError) as raised:
        _read(tmp_path, SMALL.replace(before, after, 1))
    assert words in str(raised.value)


@settings(deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(QUESTIONNAIRES)))
def test_whatever_is_answered_it_ends_within_its_questions_and_every_route_is_known(data: Any, name: str) -> None:
    questionnaire, answers = QUESTIONNAIRES[name], dict[str, str]()
    asked = []
    while question := questionnaire.next_question(answers):
        asked.append(question.id)
        picked = data.draw(st.sets(st.sampled_from(question.choices))) if question.choices else ()
        answers |= dict.fromkeys(picked, YES)
        answers[question.id] = data.draw(st.sampled_from(ANSWERS))
    assert len(asked) == len(set(asked)) <= 24
    assert questionnaire.settled(answers).keys() == answers.keys()


@settings(deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(QUESTIONNAIRES)))
def test_changing_any_answers_in_any_order_never_fails_and_settles(data: Any, name: str) -> None:
    questionnaire = QUESTIONNAIRES[name]
    ids = [item.id for item in questionnaire.items]
    answers = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(ANSWERS)))
    settled = questionnaire.settled(answers)
    assert questionnaire.settled(settled) == settled
    assert questionnaire.told(answers) == questionnaire.told(settled)
    assert _next(questionnaire, answers) not in settled
    assert len(questionnaire.without_last(answers)) <= len(answers)


@pytest.mark.parametrize("name", sorted(QUESTIONNAIRES))
def test_every_question_and_label_is_there_in_every_variant(name: str) -> None:
    for item in QUESTIONNAIRES[name].items:
        for texts in (item.ask, item.label, item.title, item.why):
            assert not texts or set(texts) == set(LANGUAGES)
            assert not texts or texts["uz-Cyrl"] == uzbek_to_cyrillic(texts["uz"])


@pytest.fixture(scope="module")
def replies() -> Replies:
    return Replies.load(FOLDER)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Да", "yes"),
        ("да, уже второй месяц", "yes"),
        ("ҳа", "yes"),
        ("xa", "yes"),
        ("Ооба!", "yes"),
        ("йә", "yes"),
        ("Нет.", "no"),
        ("yo'q", "no"),
        ("йўқ", "no"),
        ("не", "no"),
        ("жок", "no"),
        ("jok", "no"),
        ("ЖОҚ", "no"),
        ("не знаю", "skip"),
        ("намедонам", "skip"),
        ("bilmayman", "skip"),
        ("билбейм", "skip"),
        ("I don't know", "skip"),
        ("назад", "back"),
        ("ортга", None),
        ("не да, а нет", "correct_no"),
        ("ha emas, yo'q", "correct_no"),
        ("not yes, no", "correct_no"),
        ("на не балки ҳа", "correct_yes"),
        ("стоп", "stop"),
        ("bas", "stop"),
        ("нет паспорта, что делать?", None),
        ("нет, а где взять лицензию?", None),
        ("как снять запрет", None),
        ("", None),
    ],
)
def test_short_replies_are_read_in_every_language_and_script(replies: Replies, text: str, kind: str | None) -> None:
    assert replies.read(text, "uz") == kind


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("ага", "ru", "yes"),
        ("аға", "kk", None),
        ("Аға, түсінбедім", "kk", None),
        ("Я, честно говоря, боюсь", "ru", None),
        ("не", "tg", "no"),
        ("не", "kk", None),
        ("бас", "ky", None),
        ("да", "kk", "yes"),
    ],
)
def test_a_word_that_says_something_else_in_the_own_language_is_no_reply(
    replies: Replies, text: str, language: str, kind: str | None
) -> None:
    assert replies.read(text, language) == kind


def test_a_long_story_after_a_yes_is_no_bare_yes(replies: Replies) -> None:
    assert replies.read("да, он забрал мой паспорт ещё весной и с тех пор я не могу уехать домой", "ru") is None


def test_a_wording_that_means_two_things_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "replies.yml").read_text("utf-8").replace("ru: [нет,", "ru: [да, нет,")
    (tmp_path / "replies.yml").write_text(text, "utf-8")
    with pytest.raises(QuestionnaireError, match="да: means yes and no"):
        Replies.load(tmp_path)
