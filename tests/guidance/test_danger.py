"""The danger detector as a release holds it: levels, signs, folding, hidden danger, context, speed, broken folders."""

import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.danger import LEVELS, DangerDetector, DangerModelError
from guidance.danger_phrases import Phrases
from guidance.danger_signs import Signs
from language.encoder import load_encoder

ROOT = Path(__file__).parents[2]
MAX_MILLISECONDS = 3.0


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
    found = detector.assess(text, language="ru").level
    assert LEVELS.index(found) >= LEVELS.index(level)  # type: ignore[arg-type]
    assert level != "none" or found == "none"


@pytest.mark.parametrize(
    ("language", "danger", "question"),
    [
        ("ru", "Бригадир забрал паспорта и не отпускает нас с объекта.", "Сколько дней даётся на продление патента?"),
        ("tg", "Хӯҷаин шиносномаамро гирифт ва рафтан намемонад.", "Бақайдгириро дар чанд рӯз бояд кард?"),
        ("uz", "Xoʻjayin pasportimni olib qoʻydi, ketishga qoʻymayapti.", "Patent uchun har oy qancha toʻlanadi?"),
        ("ky", "Кожоюн паспортумду алып койду, кетирбей жатат.", "Каттоого канча күндө туруш керек?"),
        ("kk", "Қожайын паспортымды алып қойды, кетуге жібермейді.", "Тіркелуді неше күнде жасау керек?"),
        ("en", "The boss took my passport and does not let me leave.", "How many days do I have to register?"),
    ],
)
def test_a_legal_question_behind_a_dangerous_sentence_does_not_hide_it(
    detector: DangerDetector, language: str, danger: str, question: str
) -> None:
    assert detector.assess(danger, language=language).level != "none"
    assert detector.assess(f"{danger} {question}", language=language).level != "none"
    assert detector.assess(f"{question} {danger}", language=language).level != "none"
    assert detector.assess(question, language=language).level == "none"


def test_signs_are_ids_of_the_table_and_agree_with_the_level(detector: DangerDetector) -> None:
    signs = Signs.load(ROOT / "data" / "danger")
    for text in ("меня заперли и бьют", "бригадир забрал паспорта", "маро зада истодаанд", "er meni urayapti"):
        danger = detector.assess(text)
        assert danger.signs and all(sign in signs for sign in danger.signs)
        assert danger.level in {signs.levels[sign] for sign in danger.signs}
        assert danger.evidence
    assert "papers_kept" in detector.assess("хозяин забрал мой паспорт и не отдаёт").signs
    assert detector.assess("где сделать перевод паспорта").signs == ()


def test_the_score_says_where_an_alarm_begins(detector: DangerDetector) -> None:
    assert detector.assess("меня заперли и бьют").score >= 0.5
    assert detector.assess("где сделать перевод паспорта").score < 0.5


def test_a_saved_detector_says_the_same_after_loading(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path / "danger")
    shutil.copytree(ROOT / "models" / "encoder", tmp_path / "encoder")
    loaded = DangerDetector.load(tmp_path / "danger")
    for text in ("меня заперли и бьют", "паспорт забрал бригадир", "как получить патент", "маро заданд"):
        assert loaded.assess(text).level == detector.assess(text).level
        assert loaded.assess(text).signs == detector.assess(text).signs
        assert loaded.assess(text).score == pytest.approx(detector.assess(text).score, abs=0.02)


def test_its_files_are_small(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 3_000_000


def test_a_folder_without_a_model_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(DangerModelError, match="safar train"):
        DangerDetector.load(tmp_path)


def test_a_detector_whose_encoder_is_gone_is_refused(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path / "danger")
    with pytest.raises(DangerModelError, match="safar train"):
        DangerDetector.load(tmp_path / "danger")


def test_a_model_of_another_version_is_refused(detector: DangerDetector, tmp_path: Path) -> None:
    detector.save(tmp_path / "danger")
    np.savez(tmp_path / "danger" / "danger.npz", coefficients=np.zeros((2, 3)))
    with pytest.raises(DangerModelError, match="safar train"):
        DangerDetector.load(tmp_path / "danger")


def test_pieces_that_tell_of_danger_together_are_noticed_and_then_not_again(detector: DangerDetector) -> None:
    pieces = ("бригадир сказал что наши вещи лежат у него в сейфе", "и паспорта тоже, не отдаёт никому")
    assert detector.assess(pieces[1], pieces[:1], "ru").level != "none"
    told = ("меня заперли в подвале и бьют",)
    assert detector.assess("а теперь что", told, "ru").level == "none"
    assert detector.assess("спасибо", told, "ru").level == "none"
    assert detector.assess("спасибо", ("сколько стоит патент",), "ru").level == "none"


def test_context_raises_an_alarm_only_with_the_message_that_brings_it() -> None:
    phrases = Phrases({"papers_kept": ["паспорт у хозяина"]})
    detector = DangerDetector(None, phrases, {"papers_kept": "concern"})
    assert detector.assess("у хозяина", ("мой паспорт",)).signs == ("papers_kept",)
    assert detector.assess("и что?", ("мой паспорт", "у хозяина")).level == "none"


@pytest.mark.parametrize("before", [(), ("Мы работаем на стройке под Тулой, хозяин платит раз в два месяца.",) * 3])
def test_a_message_takes_less_than_three_milliseconds(detector: DangerDetector, before: tuple[str, ...]) -> None:
    texts = [f"Хозяин номер {n} забрал паспорт и говорит пока долг не отработаешь никуда. " * 2 for n in range(60)]
    spent = []
    for text in texts:
        started = time.thread_time()
        detector.assess(text, before, "ru")
        spent.append(1000 * (time.thread_time() - started))
    assert np.median(spent) < MAX_MILLISECONDS


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(detector: DangerDetector, text: str) -> None:
    assert detector.assess(text, (text,)).level in LEVELS
