"""Entities of a message, in Rasa's shape."""

from pathlib import Path

import pytest

from bot.engine.understand import Understanding
from tests.bot.engine.trained_pipeline import trained


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Understanding:
    return trained("find_entities", tmp_path_factory.mktemp("find_entities"), encoder)


def test_a_citizenship_is_found_where_it_stands(understanding: Understanding) -> None:
    text = "я гражданин Узбекистана"
    (entity,) = (found for found in understanding.parse(text).entities if found.kind == "citizenship")
    assert entity.value == "UZ"
    assert text[entity.start : entity.end] == entity.text


def test_dates_are_reckoned_from_today_of_the_metadata(understanding: Understanding) -> None:
    for today, expected in (("2026-11-21", "2026-11-20"), ("2026-03-01", "2026-02-28")):
        found = understanding.parse("я приехал вчера", {"variant": "ru", "today": today}).entities
        assert [entity.value for entity in found if entity.kind == "date"] == [expected]


@pytest.mark.parametrize("today", ["yesterday", 5, None])
def test_an_unusable_today_does_no_harm(understanding: Understanding, today: object) -> None:
    assert understanding.parse("я гражданин Узбекистана", {"today": today}).entities
