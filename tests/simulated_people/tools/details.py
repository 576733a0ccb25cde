"""Replies that several tools share: country, citizenship, a day; typed by their names or tapped."""

from datetime import date

from actions.buttons import payload
from actions.ground import Ground
from actions.shown_date import shown_date
from tests.simulated_people.person import Person
from tests.simulated_people.ways import details


def place_reply(person: Person, slot: str) -> str | None:
    """Country or citizenship, where that is what is asked."""
    if slot not in ("country", "citizenship"):
        return None
    return payload("inform", **{slot: person.country if slot == "country" else person.citizenship})


def day_reply(day: date) -> str:
    """A day."""
    return payload("inform", date=day.isoformat())


def typed_detail(ground: Ground, person: Person, wanted: str) -> tuple[str, str] | None:
    """A detail in words: the name of a country, a day with figures or with the name of its month."""
    for kind, value in details(wanted).items():
        if kind in ("country", "citizenship"):
            return ground.places.country_name(value, person.variant), "inform"
        if kind == "date":
            day = date.fromisoformat(value)
            return person.chance.choice((f"{day:%d.%m.%Y}", shown_date(day, person.variant))), "inform"
    return None


def for_whom(ground: Ground, person: Person) -> str:
    """The line that names the person's own country and citizenship."""
    names = {kind: ground.places.country_name(getattr(person, kind), person.variant) for kind in _KINDS}
    return ground.wording.text("for_whom", person.variant, **names)


_KINDS = ("country", "citizenship")
