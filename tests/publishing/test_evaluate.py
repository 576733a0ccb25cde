"""Figures of an evaluation: shares per language, counted right."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.danger_examples import read_danger_file
from guidance.danger_signs import Signs
from publishing.evaluate import figures, judge, table, table_by_set
from publishing.held_out import HeldOut, read_held_out
from publishing.overlap import near_duplicates
from publishing.training_data import read_examples

ROOT = Path(__file__).parents[2]


def _answer(row: HeldOut) -> Mapping[str, Any]:
    is_right = "right" in row.text
    return {
        "topic": row.topic if is_right else "work.permit",
        "topics": ["work.permit", row.topic if "near" in row.text else "bans.check", "bans.appeal"],
        "language": row.language if is_right else "other",
        "danger": "concern" if "alarm" in row.text else "none",
        "handover": is_right,
    }


def test_shares_are_counted_per_language_and_style() -> None:
    rows = [
        HeldOut("ru", "right right right near", "plain", "bans.reasons"),
        HeldOut("ru", "wrong but near", "story", "bans.reasons"),
        HeldOut("ru", "alarm it is", "danger", danger="urgent"),
        HeldOut("ru", "nothing at all", "danger", danger="concern"),
        HeldOut("ru", "alarm for nothing", "not_danger", danger="none"),
        HeldOut("tg", "right", "human", "meta.human"),
    ]
    ru, tg = figures(judge(rows, _answer))
    assert (ru.language, ru.first, ru.among_three) == ("ru", 0.5, 1.0)
    assert ru.by_style == {"plain": 1.0, "story": 0.0, "noisy": 0.0}
    assert (ru.danger_recall, ru.urgent_recall, ru.false_alarms) == (0.5, 1.0, 1.0)
    assert tg.human == 1.0
    assert "| ru | 5 | 50.0 |" in table([ru, tg])


def test_sets_by_different_hands_are_shown_apart() -> None:
    rows = [
        HeldOut("ru", "right", "plain", "bans.reasons", written="first"),
        HeldOut("tg", "wrong", "plain", "bans.reasons", written="second"),
    ]
    by_set = table_by_set(judge(rows, _answer))
    assert "| first | 1 | 100.0 |" in by_set
    assert "| second | 1 | 0.0 |" in by_set
    assert table_by_set(judge(rows[:1], _answer)) == ""
    on_danger_only = HeldOut("ru", "alarm", "danger", danger="urgent", written="danger")
    assert "danger |" not in table_by_set(judge([*rows, on_danger_only], _answer)).split("\n", 1)[1]


@pytest.mark.parametrize("language", ["ru", "uz", "tg", "ky", "kk", "en"])
def test_the_held_out_set_covers_every_topic_in_three_styles(language: str) -> None:
    rows = [row for row in read_held_out(ROOT / "tests" / "evaluation") if row.language == language]
    topics = yaml.safe_load((ROOT / "data" / "topics.yml").read_text("utf-8"))
    wanted = {f"{domain}.{name}" for domain, names in topics.items() for name in names}
    for style in ("plain", "story", "noisy"):
        assert {row.topic for row in rows if row.style == style} == wanted
    assert sum(row.style == "danger" for row in rows) >= 40


@pytest.mark.parametrize("language", ["ru", "uz", "tg", "ky", "kk", "en"])
def test_no_held_out_sentence_is_nearly_an_example(language: str) -> None:
    examples = [example.text for example in read_examples(ROOT / "data" / "nlu") if example.language == language]
    danger = read_danger_file(ROOT / "data" / "danger" / f"{language}.yml", Signs.load(ROOT / "data" / "danger"))
    examples += [example.text for example in danger.examples]
    held_out = [row.text for row in read_held_out(ROOT / "tests" / "evaluation") if row.language == language]
    long = [[text for text in texts if len(text.split()) > 2] for texts in (examples, held_out)]
    assert list(near_duplicates(*long)) == []


def test_sentences_that_differ_by_a_letter_or_script_are_near() -> None:
    assert list(near_duplicates(["Как получить патент в Москве"], ["как палучить патент в москве?"]))
    assert list(near_duplicates(["Патент қандай олинади Москвада"], ["Patent qanday olinadi Moskvada"]))
    assert not list(near_duplicates(["Как получить патент в Москве"], ["Где купить билет до Москвы"]))
