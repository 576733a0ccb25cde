"""Which examples are held out together."""

import numpy as np

from bot.engine.linear_folds import FOLDS, like_together, same_together

CORNERS = np.eye(9, dtype=np.float32)


def test_like_sentences_of_a_label_lie_in_one_fold() -> None:
    vectors = np.repeat(CORNERS, 4, axis=0)
    folds = like_together(["a"] * len(vectors), vectors)
    for start in range(0, len(vectors), 4):
        assert len(set(folds[start : start + 4])) == 1
    assert np.bincount(folds).tolist() == [12, 12, 12]


def test_every_label_lies_in_every_fold() -> None:
    vectors = np.tile(np.repeat(CORNERS[:3], 2, axis=0), (2, 1))
    folds = like_together(["a"] * 6 + ["b"] * 6, vectors)
    assert set(folds[:6]) == set(folds[6:]) == set(range(FOLDS))


def test_a_label_of_like_sentences_only_is_dealt_one_by_one() -> None:
    assert set(like_together(["a"] * 6, np.repeat(CORNERS[:1], 6, axis=0))) == set(range(FOLDS))


def test_single_examples_are_dealt_too() -> None:
    assert len(like_together(["a", "b"], CORNERS[:2])) == 2


def test_one_sentence_in_two_scripts_is_never_apart() -> None:
    folds = same_together(["one", "two", "one", "three", "two"])
    assert folds[0] == folds[2] != folds[1] == folds[4] != folds[3]
