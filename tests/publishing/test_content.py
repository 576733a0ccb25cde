"""The content that is delivered has no error, and every check finds what it is for."""

import shutil
from pathlib import Path

import pytest

from knowledge_base.library import Library
from knowledge_base.topics import Topics
from publishing.check_danger import check_danger
from publishing.check_entries import check_entries, usable_facts
from publishing.check_examples import check_examples
from publishing.frames import crowded_frames, frame
from publishing.held_out import HeldOut
from publishing.training_data import Example, TrainingDataError, read_examples
from publishing.validate import validate

DATA = Path(__file__).parents[2] / "data"
FILE = Path("nlu/ru/work.yml")


def _examples(*texts: str, intent: str = "work.permit") -> list[Example]:
    return [Example(text, intent, "ru", FILE, number) for number, text in enumerate(texts, 4)]


def test_the_delivered_content_has_no_error() -> None:
    assert [str(finding) for finding in validate(DATA) if finding.is_error] == []


def test_every_domain_is_answered_by_entries() -> None:
    library, topics = Library.load(DATA / "faq"), Topics.load(DATA / "topics.yml")
    assert len(library.entries) >= 30
    assert {entry.domain for entry in library.entries} == set(topics.domains) - {"meta"}


def test_every_entry_speaks_all_languages_and_calls_itself_unreviewed() -> None:
    for entry in Library.load(DATA / "faq").entries:
        assert set(entry.answer) >= {"ru", "uz", "uz-Cyrl", "tg", "ky", "kk", "en"}, entry.id
        assert all(len(entry.questions[language]) >= 4 for language in ("ru", "uz", "tg", "ky", "kk", "en")), entry.id
        assert set(entry.review.values()) == {"unreviewed"}, entry.id


def test_a_frame_masks_names_numbers_and_places() -> None:
    places = {"москва", "казахстан"}
    assert frame("Как Умед получит 5000 в Москве", places) == frame("Как Рустам получит 30 в Казахстане", places)
    assert frame("Как получить патент", places) != frame("Где получить патент", places)


def test_the_fourth_example_of_one_frame_is_an_error_that_names_the_line() -> None:
    texts = [f"Как получить патент за {days} дней" for days in (3, 5, 7, 9)]
    assert not crowded_frames(_examples(*texts[:3]))
    findings = check_examples(_examples(*texts), (), ())
    assert [(finding.line, finding.is_error) for finding in findings if "frame" in finding.message] == [(4, True)]


def test_the_same_words_under_two_intents_are_an_error() -> None:
    rows = [*_examples("Где мой патент?"), *_examples("где мой ПАТЕНТ", intent="bans.check")]
    assert any("work.yml:4 (work.permit)" in str(finding) for finding in check_examples(rows, (), ()))


@pytest.mark.parametrize("text", ["/restart", "патент [Москва](city)", "что {это}", "???"])
def test_what_rasa_would_misread_is_an_error(text: str) -> None:
    assert check_examples(_examples(text), (), ())


def test_a_topic_with_too_few_examples_is_named_with_its_file() -> None:
    findings = check_examples(_examples("Где взять патент"), ("work.permit",), ())
    assert any(
        "ru/work.yml" in str(finding) and "error" in str(finding) and "at least 25" in str(finding)
        for finding in findings
    )


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "work.yml").write_text("nlu: [", "utf-8")
    with pytest.raises(TrainingDataError, match=r"work\.yml"):
        read_examples(tmp_path)


def test_a_fact_of_low_confidence_or_without_source_may_not_be_shown() -> None:
    usable = usable_facts(DATA / "facts")
    assert "EMG-RU-01" in usable
    assert "EMG-TJ-01" not in usable


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("topic: work.permit\n", "topic: work.nothing\n", "is not in topics.yml"),
        ("facts: [", "facts: [EMG-TJ-01, ", "may not be shown"),
        ("related: [", "related: [work/nowhere, ", "does not exist"),
        ('answer:\n  ru: "', 'answer:\n  ru: "Звоните +7 495 123 45 67. ', "phone number"),
        ('answer:\n  ru: "', 'answer:\n  ru: "Раз. Два. Три. Четыре. ', "at most 3"),
    ],
)
def test_an_entry_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (DATA / "faq" / "work" / "permit-ru.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "permit-ru.yml").write_text(text.replace(old, new, 1), "utf-8")
    topics = Topics.load(DATA / "topics.yml").ids
    findings = check_entries(Library.load(tmp_path), topics, usable_facts(DATA / "facts"), tmp_path)
    assert any(message in str(finding) for finding in findings)


def _danger_files(folder: Path, **files: str) -> list[str]:
    shutil.copy(DATA / "danger" / "signs.yml", folder)
    for language, text in files.items():
        (folder / f"{language}.yml").write_text(text, "utf-8")
    held_out = [HeldOut("ru", "Он запер меня в комнате и ушёл", "danger", danger="urgent")]
    return [str(finding) for finding in check_danger(folder, held_out)]


RU_DANGER = """urgent:
  locked_in:
  - он запер меня в комнате и ушел
concern:
  papers_kept:
  - забрали паспорт
  - Забрали паспорт
none:
- я в Москве, забрали паспорт на регистрацию
phrases:
  urgent: {}
  concern: {papers_kept: [забрали паспорт, бьёт]}
"""


def test_too_few_danger_examples_and_those_that_are_measured_are_named(tmp_path: Path) -> None:
    found = _danger_files(tmp_path, ru=RU_DANGER, tg="urgent: [")
    assert any("ru.yml: warning: 2 examples of papers_kept; write at least 15" in each for each in found)
    assert any("ru.yml: warning: 0 examples of suicide" in each for each in found)
    assert any("ru.yml: warning: 1 harmless" in each for each in found)
    assert any("ru.yml:3: error: nearly the same as the held-out sentence" in each for each in found)
    assert any("tg.yml: error" in each and "not a file of danger examples" in each for each in found)


def test_a_phrase_that_stands_in_a_harmless_example_is_an_error(tmp_path: Path) -> None:
    found = _danger_files(tmp_path, ru=RU_DANGER)
    assert any("error: the phrase “забрали паспорт” stands in the harmless example" in each for each in found)
    assert any("warning: the phrase “бьёт” is too short" in each for each in found)


def test_a_danger_example_that_stands_twice_or_on_both_sides_is_named(tmp_path: Path) -> None:
    both = RU_DANGER.replace("none:", "none:\n- забрали паспорт!")
    found = _danger_files(tmp_path, ru=both)
    assert any("ru.yml:6: warning: “забрали паспорт” stands here twice" in each for each in found)
    assert any("error: “забрали паспорт!” stands under concern and under none" in each for each in found)


def test_examples_under_a_sign_of_another_level_are_refused(tmp_path: Path) -> None:
    found = _danger_files(tmp_path, ru=RU_DANGER.replace("locked_in", "papers_kept", 1))
    assert any("ru.yml: error" in each and "'papers_kept' is no sign of level urgent" in each for each in found)
