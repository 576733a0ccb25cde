"""The parts of the danger detector: windows, phrases, folds, signs, examples, and what is learnt from few of them."""

from pathlib import Path

import numpy as np
import pytest

from guidance.danger_examples import DangerDataError, DangerExample, read_danger_file
from guidance.danger_features import MAX_WINDOWS, hashed, sentence_vectors, windows
from guidance.danger_folds import FOLDS, like_together
from guidance.danger_lessons import balanced, lessons_of
from guidance.danger_phrases import Phrases
from guidance.danger_signs import LABEL_LANGUAGES, Signs
from guidance.danger_training import train_danger

DATA = Path(__file__).parents[2] / "data" / "danger"


def test_a_long_message_is_cut_at_its_sentences_and_a_short_one_is_not() -> None:
    assert windows("Он меня бьёт. Сколько стоит патент? Да.") == ("Он меня бьёт.", "Сколько стоит патент? Да.")
    assert windows("Сколько стоит патент?") == ()


def test_a_very_long_sentence_is_cut_at_its_commas() -> None:
    clause = "мы живём в вагоне у дороги и ждём денег"
    found = windows(", ".join([clause] * 5))
    assert len(found) == 3 and all(part.startswith("мы живём") for part in found)


def test_there_is_an_end_to_windows() -> None:
    assert len(windows("Он меня сильно бьёт. " * 50)) == MAX_WINDOWS


def test_features_have_length_one_and_scripts_meet() -> None:
    buckets, values = hashed("Маро мезанад")
    assert np.linalg.norm(values) == pytest.approx(1)
    assert np.array_equal(buckets, hashed("maro mezanad")[0])
    assert len(hashed("")[0]) == 0


def test_without_an_encoder_texts_have_vectors_as_well() -> None:
    one, other, far = sentence_vectors(["он меня бьёт", "Он меня бьёт!", "сколько стоит патент"], None)
    assert one @ other > 0.9 > 0.5 > one @ far


def test_a_phrase_is_found_where_a_word_begins_and_nowhere_else() -> None:
    phrases = Phrases({"violence": ["бить меня", "xy"], "papers_kept": ["забрал паспорт"]})
    assert phrases.found("on stal bit menia vchera") == {"violence": "bit menia"}
    assert phrases.found("liubit menia") == {}
    assert set(phrases.found("zabral pasporta i bit menia")) == {"violence", "papers_kept"}


def test_like_vectors_share_a_fold() -> None:
    chance = np.random.default_rng(1)
    one = chance.normal(size=(60, 32))
    vectors = np.vstack([one, one + 0.05 * chance.normal(size=one.shape)]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    folds = like_together(vectors)
    assert np.array_equal(folds[:60], folds[60:])
    assert set(folds) == set(range(FOLDS))


def test_every_sign_has_a_level_and_a_label_in_each_language() -> None:
    signs = Signs.load(DATA)
    assert len(list(signs)) == 17
    for sign in signs:
        assert all(signs.label(sign.id, language) for language in LABEL_LANGUAGES)
    assert signs.levels["papers_kept"] == "concern" and signs.levels["violence"] == "urgent"
    assert signs.label("forgotten", "ru") == "forgotten"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("- {id: x, level: none, indicator: null, label: {ru: a}}", "concern or urgent"),
        ("- {id: x, level: urgent, indicator: null, label: {ru: a}}", "no label in uz"),
        ("- {id: x, level: urgent, label: {ru: a}}", "needs id, level"),
        ("5", "not a file of signs|needs id"),
    ],
)
def test_a_sign_that_is_not_whole_is_refused_by_name(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "signs.yml").write_text(f"items:\n{row}\n", "utf-8")
    with pytest.raises(ValueError, match=message):
        Signs.load(tmp_path)


def test_an_example_under_a_sign_that_there_is_not_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ru.yml").write_text("urgent: {papers_kept: [a]}\nconcern: {}\nnone: []\nphrases: {}\n", "utf-8")
    with pytest.raises(DangerDataError, match=r"ru\.yml.*papers_kept.*urgent"):
        read_danger_file(tmp_path / "ru.yml", Signs.load(DATA))


def test_each_example_near_danger_is_taught_with_a_question_too() -> None:
    hard = [DangerExample("он меня бьёт", "ru", "urgent", "violence"), DangerExample("он смотрит кино", "ru", "none")]
    question = DangerExample("сколько стоит патент в Москве", "ru", "none", is_hard=False)
    lessons = lessons_of([*hard, question])
    joined = [lesson for lesson in lessons[3:] if lesson.origin < 2]
    assert [lesson.example.level for lesson in joined] == ["urgent", "none"]
    assert all(question.text in lesson.example.text for lesson in joined)
    assert lessons == lessons_of([*hard, question])


def test_both_sides_weigh_the_same() -> None:
    hard = [DangerExample(f"пример номер {n}", "ru", "urgent" if n < 3 else "none") for n in range(12)]
    is_yes = np.arange(12) < 3
    weights = balanced(lessons_of(hard), is_yes)
    assert weights[is_yes].sum() == pytest.approx(weights[~is_yes].sum())


def test_training_needs_examples_of_every_level() -> None:
    with pytest.raises(ValueError, match="none, concern and urgent"):
        train_danger([DangerExample("он меня бьёт", "ru", "urgent", "violence")], {}, {"violence": "urgent"})


def test_training_twice_gives_the_same_detector_even_without_an_encoder() -> None:
    signs = Signs.load(DATA)
    examples = [each for each in read_danger_file(DATA / "ru.yml", signs).examples][::4]
    one, other = (train_danger(examples, {}, signs.levels) for _ in range(2))
    for text in ("меня заперли и бьют", "сколько стоит патент", "он забрал мой паспорт"):
        assert one.assess(text) == other.assess(text)
