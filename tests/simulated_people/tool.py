"""What the crowd needs to know of a tool: how it is begun, how its questions are answered, what must be told."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.ground import Ground
from tests.simulated_people.person import Person
from tests.simulated_people.visit import Visit

Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Tool:
    """One tool as a person meets it.

    `reply` gives the payload that answers the question which is open, from what the person knows, what the dialogue
    remembers, and the payloads under the question. `typed` gives the same in words with their intent, or None where
    nobody would type it. `expected` gives pieces of text that must stand in the result, by the pure rule alone, and
    `barred` those that must not. `whole` is the button that shows all of a result that comes in parts. `before`
    and `after` are what a person does around the questions: a list to tick, a reminder of the date told.
    """

    name: str
    begin: str
    form: str
    reply: Callable[[Person, Slots, Sequence[str]], str]
    typed: Callable[[Ground, Person, str], tuple[str, str] | None]
    expected: Callable[[Ground, Person], Sequence[str]]
    barred: Callable[[Ground, Person], Sequence[str]] = lambda _ground, _person: ()
    whole: str = ""
    before: Callable[[Visit, Ground], Awaitable[None]] | None = None
    after: Callable[[Visit, Ground], Awaitable[None]] | None = None


def pieces(ground: Ground, key: str, variant: str) -> tuple[str, ...]:
    """A wording without what is filled into it: each piece must be said."""
    blank = "\0"
    values = {name: blank for name in ("number", "lines", "days", "used", "left")}
    return tuple(piece for piece in ground.wording.text(key, variant, **values).split(blank) if piece.strip())
