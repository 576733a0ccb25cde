"""The words of the safety dialogue: known in every spelling, and no words of a menu, a button or an example."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from foundation.settings import PROJECT
from guidance.safety_words import FILE, MEANINGS, SafetyWords
from language.folding import skeleton
from language.variants import LANGUAGES
from language.wording import Wording, WordingError

DATA = PROJECT / "data"
WORDS = SafetyWords.load(DATA / "guidance")


def _read(path: Path) -> dict:
    loaded: dict = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def _written_by_people() -> Iterator[tuple[str, Path]]:
    for path in (DATA / "nlu").rglob("*.yml"):
        for block in _read(path)["nlu"]:
            yield from ((line.lstrip("- "), path) for line in block.get("examples", "").splitlines())
    for path in (DATA / "faq").rglob("*.yml"):
        for questions in _read(path)["questions"].values():
            yield from ((question, path) for question in questions)


def _told(wording: Wording, variant: str) -> Iterator[tuple[str, str]]:
    """All short texts, among them the titles of buttons and topics, each with what it sends or its key."""
    for key in wording.keys():  # noqa: SIM118
        with suppress(WordingError):  # a text with values to be filled in is no button
            yield wording.text(key, variant), key
        yield from wording.buttons(key, variant)


def test_no_example_and_no_question_is_one_of_the_words() -> None:
    assert [(text, path.name) for text, path in _written_by_people() if WORDS.meaning(text)] == []


def test_a_button_with_one_of_the_words_does_what_the_word_does() -> None:
    wording = Wording.load(DATA / "responses")
    leaving = {"quick_exit", "button_quick_exit", "safety_button_exit", "page_leave"}
    for variant in LANGUAGES:
        for text, sends in _told(wording, variant):
            meaning = WORDS.meaning(text)
            assert meaning is None or (meaning == "exit" and sends in leaving), (text, sends)


@pytest.mark.parametrize("key", ["safety_button_exit", "button_quick_exit", "page_leave"])
@pytest.mark.parametrize("variant", LANGUAGES)
def test_what_stands_on_a_button_of_the_quick_exit_can_be_typed_too(variant: str, key: str) -> None:
    assert WORDS.meaning(Wording.load(DATA / "responses").text(key, variant)) == "exit"


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("НОВЫЙ УРОК", "disguise"),
        ("noviy urok", "disguise"),
        ("Yangi dars!", "disguise"),
        ("янги дарс", "disguise"),
        ("дарси нав", "disguise"),
        ("jangy sabak", "disguise"),
        ("жаны сабак", "disguise"),
        ("жана сабак", "disguise"),
        ("сабак бутту", "resume"),
        ("Lesson over.", "resume"),
        ("chiqish va o'chirish", "exit"),
        ("закройчат", None),
        ("урок", None),
        ("когда будет новый урок", None),
        ("", None),
        ("закрыть чат " * 40, None),
    ],
)
def test_only_a_whole_message_counts_in_whatever_spelling(typed: str, meaning: str | None) -> None:
    assert WORDS.meaning(typed) == meaning


def test_every_variant_has_a_word_for_each_meaning_and_no_word_has_two() -> None:
    for variant in LANGUAGES:
        told = [WORDS.word(meaning, variant) for meaning in MEANINGS]
        assert [WORDS.meaning(word) for word in told] == list(MEANINGS)
        assert len({skeleton(word) for word in told}) == len(MEANINGS)


def test_a_word_with_two_meanings_and_a_language_without_one_are_refused(tmp_path: Path) -> None:
    document = _read(DATA / "guidance" / FILE)
    both = document | {"resume": document["resume"] | {"ru": ["Новый урок"]}}
    lacking = document | {"exit": {"ru": ["закрыть чат"]}}
    for wrong, told in ((both, "another meaning"), (lacking, "no word in uz")):
        (tmp_path / FILE).write_text(yaml.safe_dump(wrong, allow_unicode=True), "utf-8")
        with pytest.raises(ValueError, match=told):
            SafetyWords.load(tmp_path)
