"""Retrieval and topics across languages, on rows small enough to see the right figure."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.language import public_sets
from benchmarks.language.faq_collections import covid_faq, kazqad, rubq, sentences, xquad
from benchmarks.language.faq_retrieval import found_of, places_by, places_of
from benchmarks.language.intervals import Figure, bootstrap, share
from benchmarks.language.rankers import CharTfidf, EncoderRanker, Together
from benchmarks.language.topic_transfer import LANGUAGES, topic_hits
from benchmarks.language.translation_retrieval import both_ways, flores_hits, judged_figures, tatoeba_figures
from language.folding import skeleton

ROOT = Path(__file__).parents[3]


class FirstLetter:
    """An encoder for which texts of one first letter mean the same."""

    dimension = 128
    fingerprint = "first letter"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One-hot rows."""
        return np.eye(self.dimension, dtype=np.float32)[[ord(text[0]) % self.dimension for text in texts]]


FIRST_LETTER = EncoderRanker("first letter", FirstLetter())
TFIDF = CharTfidf("char tf-idf", str.casefold)


def test_a_share_has_the_interval_of_wilson() -> None:
    found = share(np.array([True] * 8 + [False] * 2))
    assert (round(found.value, 3), round(found.low, 3), round(found.high, 3)) == (0.8, 0.490, 0.943)


def test_a_share_of_no_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        share(np.array([], dtype=bool))


def test_the_bootstrap_holds_the_mean_and_is_the_same_twice() -> None:
    rows = np.arange(40.0)
    found = bootstrap(rows)
    assert found.low < found.value == 19.5 < found.high
    assert found == bootstrap(rows)


def test_each_way_of_a_pair_of_languages_is_counted_alone() -> None:
    found = both_ways(FIRST_LETTER, ["a one", "a two", "c"], ["a", "b", "c three"])
    assert found.there.tolist() == [True, False, True]
    assert found.back.tolist() == [True, False, True]
    assert found.mean.tolist() == [1, 0, 1]


def test_another_row_with_the_very_same_text_is_right_too() -> None:
    assert both_ways(FIRST_LETTER, ["a", "a"], ["a same", "a same"]).there.all()


def test_flores_measures_every_language_with_english_and_russian() -> None:
    rows = [dict.fromkeys(LANGUAGES, f"{letter} text") for letter in "abcdef"]
    hits = flores_hits(FIRST_LETTER, rows)
    assert len(hits) == 9 and all(found.there.all() and found.back.all() for found in hits.values())
    assert judged_figures(hits)["mean"] == Figure(1.0, 1.0, 1.0)


def test_tatoeba_tells_the_scripts_of_uzbek_apart(tmp_path: Path) -> None:
    for language, rows in {"ru": "ru\ta\ta\n", "kk": "kk\tb\tb\n", "uz": "uz\ta\ta\nuz_cyrl\tx\tb\n"}.items():
        (tmp_path / f"{language}-en.tsv").write_text("lang\ttext\ten\n" + rows, "utf-8")
    found = tatoeba_figures(FIRST_LETTER, tmp_path)
    assert (found["uz → en"].value, found["uz alone → en"].value, found["uz_cyrl alone → en"].value) == (0.5, 1.0, 0.0)


def test_topics_are_learnt_from_one_language_and_asked_in_others() -> None:
    rows = [
        dict.fromkeys(LANGUAGES, f"{letter} text") | {"split": split, "topic": topic}
        for split in ("train", "dev", "test")
        for letter, topic in (("a", "travel"), ("b", "health"))
    ]
    for row in rows:
        row["ru"] = "b" if row["split"] == "test" else row["ru"]
    hits = topic_hits(FIRST_LETTER, rows, "en", LANGUAGES)
    assert hits["uz"].all() and hits["ru"].tolist() == [False, True]


def test_the_place_counts_other_documents_of_equal_score_before() -> None:
    scores = np.array([[0.9, 0.9, 0.1], [0.2, 0.3, 0.1], [0.0, 0.0, 0.0]], dtype=np.float32)
    assert places_by(scores, [frozenset({0}), frozenset({1, 2}), frozenset({2})]).tolist() == [2, 1, 3]


def test_a_document_is_as_near_as_its_nearest_part_and_bm25_stands_beside() -> None:
    collection = xquad(
        [{"en": "zebra", "ru": "z", "pid": "1"}],
        [{"pid": "0", "en": "a", "ru": "a"}, {"pid": "1", "en": "A cat. A zebra.", "ru": "x. z."}],
    )[0]
    places = places_of(collection, [FIRST_LETTER, TFIDF, Together("both", FIRST_LETTER, TFIDF)])
    assert {name: found.tolist() for name, found in places.items()}["first letter"] == [1]
    assert set(places) == {"first letter", "char tf-idf", "both", "BM25 of the knowledge base"}


def test_first_among_three_and_reciprocal_rank() -> None:
    found = found_of(np.array([1, 2, 4, 1]))
    assert (found.first.value, found.among_three.value, found.reciprocal_rank.value) == (0.5, 0.75, 0.6875)


def test_only_pairs_that_judges_call_similar_are_right() -> None:
    faq = [{"question": "What is it?", "answer": "A virus."}]
    pairs = [
        {"question_1": "What is it?", "question_2": "What's that?", "similar": "1"},
        {"question_1": "Who am I?", "question_2": "What's that?", "similar": "0"},
    ]
    wording, answer = covid_faq(faq, pairs)
    assert (wording.questions, len(wording.documents), wording.right) == (["What's that?"], 2, [frozenset({0})])
    assert answer.documents == [["A virus."]]


def test_two_rows_with_one_text_are_one_document() -> None:
    one_way = rubq([{"ru": "раз", "en": "one"}, {"ru": "один", "en": "one"}])[0]
    assert (one_way.documents, one_way.right) == ([["one"]], [frozenset({0}), frozenset({0})])


def test_a_question_with_two_passages_is_asked_once() -> None:
    questions = [{"question": "Қашан?", "pid": "1"}, {"question": "Қашан?", "pid": "2"}]
    passages = [{"pid": pid, "title": "Т", "text": "Бірінші. Екінші."} for pid in "12"]
    found = kazqad(questions, passages)[0]
    assert found.right == [frozenset({0, 1})]
    assert found.documents[0] == ["Т. Бірінші. Екінші.", "Т.", "Бірінші.", "Екінші."]


def test_a_text_of_one_sentence_is_not_repeated() -> None:
    assert sentences("One only.") == ["One only."]


def test_the_skeleton_brings_two_scripts_together() -> None:
    of_raw, of_skeleton = (
        CharTfidf("", form).similarity(["Москва"], ["Moskva"])[0, 0] for form in (str.casefold, skeleton)
    )
    assert of_raw == 0 and of_skeleton > 0.99


def test_absent_data_is_said_and_nothing_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert public_sets.is_absent(tmp_path, "sib200")
    assert "absent: sib200" in capsys.readouterr().out


def test_figures_are_kept_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_sets, "RESULTS", tmp_path)
    file = public_sets.keep("measured", {"kk": Figure(0.5, 0.4, 0.6)})
    assert '"low": 0.4' in file.read_text("utf-8")


DRAW = """
import sys
from pathlib import Path
from benchmarks.language.bars import draw_bars
from benchmarks.language.intervals import Figure
figure = Figure(0.5, 0.4, 0.6)
draw_bars(Path(sys.argv[1]), "title", {"one": {"kk": figure}, "other": {"kk": figure}}, wanted=0.7)
"""


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    """In a process of its own: beside Rasa, matplotlib is replaced by inert classes (`bot.engine.no_tensorflow`)."""
    file = tmp_path / "bars.png"
    subprocess.run([sys.executable, "-c", DRAW, str(file)], cwd=ROOT, check=True)
    assert file.stat().st_size > 1000
