"""A person made up by chance: who they are, where they are, when they came; the same for the same seed and number."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from guidance.trips import Trip
from language.variants import LANGUAGES
from tests.actions.conftest import TODAY

COUNTRIES = ("RU", "RU", "RU", "RU", "KZ", "KZ", "KG", "UZ", "TJ", "TR", "KR", "AE")
CITIZENSHIPS = ("UZ", "UZ", "TJ", "TJ", "KG", "KG", "KZ", "TM", "AM", "AZ", "BY", "UA", "CN")
PATIENCE_DAYS = 20


@dataclass
class Person:
    """What a person knows of themselves, and what they have answered so far."""

    number: int
    chance: Random
    variant: str
    country: str
    citizenship: str
    entered_on: date
    trips: tuple[Trip, ...]
    has_permit: bool
    types: float
    """Share of the replies that are typed."""
    detours: float
    """Chance of a detour before a reply."""
    today: date = TODAY
    answers: dict[str, str] = field(default_factory=dict)
    """Replies to the questionnaire that is open, by the id of the question."""


def make_person(seed: int, number: int) -> Person:
    """The person of this number."""
    chance = Random(f"{seed} {number}")
    country = chance.choice(COUNTRIES)
    citizenship = chance.choice([code for code in CITIZENSHIPS if code != country])
    return Person(
        number=number,
        chance=chance,
        variant=chance.choice(LANGUAGES),
        country=country,
        citizenship=citizenship,
        entered_on=TODAY - timedelta(days=chance.choice((0, 1, chance.randint(2, 30), chance.randint(31, 400)))),
        trips=_make_trips(chance),
        has_permit=chance.random() < 0.25,
        types=chance.choice((0.0, 0.0, 0.5, 1.0)),
        detours=chance.choice((0.0, 0.2, 0.5)),
    )


def other_citizenship(person: Person) -> str:
    """A citizenship that it could also be."""
    others = [code for code in CITIZENSHIPS if code not in (person.citizenship, person.country)]
    return person.chance.choice(others)


def _make_trips(chance: Random) -> tuple[Trip, ...]:
    """None to three, one after the other within a year; the last may go on."""
    day = TODAY - timedelta(days=chance.randint(120, 330))
    trips: list[Trip] = []
    for _ in range(chance.randint(0, 3)):
        entered_on = day + timedelta(days=chance.randint(2, 40))
        left_on = entered_on + timedelta(days=chance.randint(0, 60))
        if left_on >= TODAY:
            return (*trips, Trip(min(entered_on, TODAY - timedelta(days=1)), None))
        trips.append(Trip(entered_on, left_on))
        day = left_on
    return tuple(trips)
