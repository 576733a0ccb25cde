"""What stands on a button is understood when it is typed: the name of each country in each variant."""

from datetime import date
from pathlib import Path

import pytest

from guidance.places import Places
from language.entities import EntityFinder
from language.variants import LANGUAGES

PLACES = Places.load(Path(__file__).parents[2] / "data" / "guidance")
FINDER = EntityFinder.load()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_name_of_each_country_is_understood_as_that_country(variant: str) -> None:
    for code in PLACES.codes():
        name = PLACES.country_name(code, variant)
        found = FINDER.find(name, variant, date(2026, 11, 21))
        assert code in {entity.value for entity in found if entity.kind in ("country", "citizenship")}, name
