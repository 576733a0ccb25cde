"""Lets many simulated people use the tools, one after the other, and counts."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from actions.ground import Ground
from tests.simulated_people.person import make_person
from tests.simulated_people.tools import TOOLS
from tests.simulated_people.use import use
from tests.simulated_people.visit import Visit

MAX_TOOLS_EACH = 3


@dataclass
class Figures:
    """What a crowd has done."""

    people: int = 0
    messages: int = 0
    results: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        used = ", ".join(f"{name} {count}" for name, count in sorted(self.results.items()))
        return (
            f"{self.people} people, {self.messages} messages, {sum(self.results.values())} results ({used}); "
            f"{len(self.complaints)} complaints; {self.seconds:.0f} s"
        )


async def simulate(agent: Any, ground: Ground, people: int, seed: int) -> Figures:
    """The figures of a crowd; the same for the same seed, except the seconds."""
    figures, begun = Figures(), time.monotonic()
    for number in range(people):
        visit = Visit(agent, make_person(seed, number), seed)
        chance = visit.person.chance
        for tool in chance.sample(TOOLS, chance.randint(1, MAX_TOOLS_EACH)):
            try:
                await use(visit, tool, ground)
            except Exception as error:  # whatever breaks for one person is told with the others
                visit.complain(f"{tool.name}: {type(error).__name__}: {error}")
                break
            figures.results[tool.name] = figures.results.get(tool.name, 0) + 1
        figures.people += 1
        figures.messages += visit.turns
        figures.complaints += visit.complaints
        await asyncio.sleep(0)
    figures.seconds = time.monotonic() - begun
    return figures
