"""What the language identifier learns from: our own texts, those of other languages, and their forms."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from language.training.foreign_languages import FOREIGN_CLASSES, gibberish, read_foreign_texts
from language.training.labelled_text import LabelledText, script_of
from language.training.own_texts import LANGUAGES, is_borrowed_greeting, read_greetings, read_words
from language.training.typed_forms import CLASSES, class_of, typed_forms


@pytest.fixture(scope="module")
def foreign_texts() -> list[LabelledText]:
    return list(read_foreign_texts([]))


def test_a_foreign_text_that_is_also_one_of_ours_is_left_out(foreign_texts: list[LabelledText]) -> None:
    own = [LabelledText("Рахмат", "ky", 1), *(LabelledText(text, "ru", 1) for text in ("Да да", "но да", "да, вот"))]
    left = {(each.language, each.text) for each in read_foreign_texts(own)}
    all_texts = {(each.language, each.text) for each in foreign_texts}
    assert {("tt", "Рәхмәт"), ("bg", "Да")} <= all_texts - left
    assert ("tt", "Зур рәхмәт") in left


def test_every_family_of_foreign_languages_has_texts_in_its_own_script(foreign_texts: list[LabelledText]) -> None:
    found = Counter(class_of(each.text, each.language) for each in foreign_texts)
    assert min(found[name] for name in FOREIGN_CLASSES if not name.startswith("other")) >= 60
    assert found.total() > 35_000


def test_words_of_the_lexicon_are_read_without_their_explanations(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    row = "\t".join(["bank (river) | shore", "берег", "qirg'oq", "соҳил", "жээк", "жаға"])
    (tmp_path / "lexicon" / "words.tsv").write_text(
        "\t".join(["en", "ru", "uz", "tg", "ky", "kk"]) + f"\n{row}\n", "utf-8"
    )
    assert {each.text for each in read_words(tmp_path) if each.language == "en"} == {"bank", "shore"}


def test_forms_are_the_same_twice_and_of_known_classes() -> None:
    texts = [LabelledText("Кечаги ойликни бермади", "uz", 9), LabelledText("I lost my passport", "en", 9)]
    forms = typed_forms([*texts, *gibberish(Random(1), 50)], Random(1))
    assert forms == typed_forms([*texts, *gibberish(Random(1), 50)], Random(1))
    assert {name for _, name in forms} == {"uz-Cyrl", "uz-Latn", "en-Latn", "other-Latn", "other-Cyrl"}
    assert {name for _, name in forms} <= set(CLASSES)


def test_uzbek_is_learnt_in_both_scripts() -> None:
    forms = typed_forms([LabelledText("Ойликни бермади", "uz", 40)], Random(2))
    assert {script_of(text) for text, _ in forms} == {"Cyrl", "Latn"}


def test_a_russian_example_that_is_a_greeting_of_another_language_is_borrowed() -> None:
    assert is_borrowed_greeting(LabelledText("салам алейкум", "ru", 1))
    assert not is_borrowed_greeting(LabelledText("салам, где патент?", "ru", 1))
    assert not is_borrowed_greeting(LabelledText("Салам алейкум", "ky", 1))


def test_greetings_are_given_for_all_our_languages() -> None:
    assert {each.language for each in read_greetings()} == set(LANGUAGES)
