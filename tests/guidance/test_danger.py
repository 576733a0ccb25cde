"""The danger detector: phrases, wording, folding, speed, and a folder that is not whole."""

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.danger import LEVELS, DangerDetector, DangerModelError
from language.encoder import load_encoder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def detector() -> DangerDetector:
    """The detector as a release holds it, trained on the content."""
    from publishing.danger_data import train_danger_from

    return train_danger_from(ROOT / "data", load_encoder(str(ROOT / "models" / "encoder")))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Нас заперли в подвале и бьют, помогите", "urgent"),
        ("nas zaperli v podvale i byut pomogite", "urgent"),
        ("Хозяин забрал мой паспорт и не отпускает, говорит отработай долг", "concern"),
        ("Сколько стоит патент в Москве?", "none"),
        ("Спасибо, до свидания", "none"),
        ("", "none"),
        ("😀😀😀", "none"),
        ("12345", "none"),
    ],
)
def test_plain_cases_have_their_level(detector: DangerDetector, text: str, level: str) -> None:
    found = detector.assess(text).level
    assert LEVELS.index(found) >= LEVELS.index(level)  # type: ignore[arg-type]
    assert level != "none" or found == "none"


def test_a_danger_names_its_signs_and_a_harmless_text_has_none(detector: DangerDetector) -> None:
    assert detector.assess("меня заперли и бьют").signs
    assert detector.assess("где сделать перевод паспорта").signs == ()


def test_a_saved_detector_says_the_same_after_loading(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path / "danger")
    shutil.copytree(ROOT / "models" / "encoder", tmp_path / "encoder")
    loaded = DangerDetector.load(tmp_path / "danger")
    for text in ("меня заперли и бьют", "паспорт забрал бригадир", "как получить патент", "маро заданд"):
        assert loaded.assess(text).level == detector.assess(text).level
        assert loaded.assess(text).score == pytest.approx(detector.assess(text).score, abs=0.01)


def test_a_folder_without_a_model_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(DangerModelError, match="safar train"):
        DangerDetector.load(tmp_path)


def test_a_detector_whose_encoder_is_gone_is_refused(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path / "danger")
    with pytest.raises(DangerModelError, match="safar train"):
        DangerDetector.load(tmp_path / "danger")


def test_a_very_short_message_is_read_with_the_one_before(detector: DangerDetector) -> None:
    assert detector.assess("а теперь что").level == "none"
    assert detector.assess("а теперь что", ("меня заперли в подвале и бьют",)).score <= 1
    before = ("хозяин забрал паспорт и",)
    alone, joined = detector.assess("не отдаёт"), detector.assess("не отдаёт", before)
    assert joined.score >= alone.score
    assert joined.level != "none"
    assert detector.assess("спасибо", ("сколько стоит патент",)).level == "none"


def test_a_message_takes_less_than_three_milliseconds(detector: DangerDetector) -> None:
    text = "Хозяин забрал паспорт и говорит пока долг не отработаешь никуда не поедешь. " * 3
    started = time.perf_counter()
    for _ in range(50):
        detector.assess(text)
    assert (time.perf_counter() - started) / 50 < 0.003


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(detector: DangerDetector, text: str) -> None:
    assert detector.assess(text).level in LEVELS
