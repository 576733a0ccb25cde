"""Many people who write at once and lose nothing when the gateway dies: what failed is sent again under its id."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import httpx

from language.wording import Wording
from tests.bot.web_person import Shown, WebPerson
from tests.ways.talk import Talk

PATIENCE_SECONDS = 150
AGAIN_SECONDS = 0.2
Result = TypeVar("Result")


class PatientPerson(WebPerson):
    """Sends and reads again until it works, as the page does; a refusal fails at once."""

    def post(self, body: object) -> httpx.Response:
        """Send until the gateway has acknowledged it."""
        return _again(lambda: super(PatientPerson, self).post(body), lambda answer: answer.status_code < 500)

    def read(self, wait: float = 0) -> list[Shown]:
        """Read until it works; behind a cursor nothing comes twice."""
        return _again(lambda: super(PatientPerson, self).read(wait), lambda _: True)


@dataclass
class Crowd:
    """People in conversations of their own, who take the same step together."""

    talks: Sequence[Talk]
    pool: ThreadPoolExecutor
    running: list["Future[None]"] = field(default_factory=list)

    def begin(self, step: Callable[[Talk], object]) -> None:
        """All take a step, each in a thread of its own."""
        self.running = [self.pool.submit(_take, step, talk) for talk in self.talks]

    def wait_for(self, count: int) -> None:
        """Wait until so many have come through the step."""
        end = time.monotonic() + PATIENCE_SECONDS
        while sum(each.done() for each in self.running) < count:
            assert time.monotonic() < end, "the crowd waits in vain"
            time.sleep(0.01)

    def end(self) -> None:
        """Wait for all; fails with the first one's reason."""
        for each in self.running:
            each.result(PATIENCE_SECONDS)


@contextmanager
def crowd(url: str, wording: Wording, variants: Sequence[str], size: int) -> Iterator[Crowd]:
    """So many people, their variants in turn."""
    people = [PatientPerson(url) for _ in range(size)]
    talks = [Talk(person, wording, variants[n % len(variants)]) for n, person in enumerate(people)]
    with ThreadPoolExecutor(size) as pool:
        yield Crowd(talks, pool)
    for person in people:
        person.close()


def _take(step: Callable[[Talk], object], talk: Talk) -> None:
    step(talk)


def _again(act: Callable[[], Result], is_done: Callable[[Result], bool]) -> Result:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            result = act()
            if is_done(result):
                return result
        except httpx.HTTPError:
            assert time.monotonic() < end, "the gateway stays away"
        time.sleep(AGAIN_SECONDS)
