"""From the stored message to the delivered answer: answers a second, waiting times, cost of a long conversation.

python -m benchmarks.throughput [--vanilla-python PATH] [--seconds 10] [--part beside|steady|long|shared]
    PATH: the python of an environment with rasa and TensorFlow. Needs a live release (`make run` makes one).
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import small_stack
from benchmarks.web_load import ASKED, Load, WebTalker, at_once, session, steadily, talkers
from foundation.settings import load_settings
from publishing.release import Releases
from tests.ways.own_postgres import OwnPostgres, has_postgres
from tests.ways.running_safar import RunningSafar

SECONDS = 10.0
PEOPLE = 50
PER_SECOND = 20.0
LATE, EARLY, WINDOW = 500, 10, 10
WANTED_RATIO, WANTED_COST = 3.0, 1.5
UNLIMITED = {"SAFAR_MESSAGES_PER_MINUTE": "0"}


def main() -> int:
    """Measure each part, print; the exit status says whether what is wanted was reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vanilla-python", help="python of an environment with TensorFlow")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each rate is measured")
    parser.add_argument("--part", choices=sorted(PARTS), help="only this part")
    asked = parser.parse_args()
    releases = Releases(load_settings({}).home)
    live = releases.live()
    if live is None:
        print("no release is live: make one with `make run`", file=sys.stderr)
        return 1
    parts = [asked.part] if asked.part else list(PARTS)
    return max([PARTS[part](releases.folder / live, asked) for part in parts])


def beside_vanilla(release: Path, asked: argparse.Namespace) -> int:
    """The same small bot behind the gateway and as a vanilla Rasa, in turn, in one run."""
    rates = small_stack.measure(release, asked.vanilla_python, PEOPLE, asked.seconds)
    for name, rate in rates.items():
        print(f"small bot, {PEOPLE} at once: {name} {rate.per_second:.1f} answers a second,", end=" ")
        print(f"{rate.processor_milliseconds:.0f} ms of processor for each", flush=True)
    if "vanilla" not in rates:
        return 0
    ratio = rates["safar"].per_second / rates["vanilla"].per_second
    cheaper = rates["vanilla"].processor_milliseconds / rates["safar"].processor_milliseconds
    print(f"stored message to delivered answer beside a vanilla Rasa: {ratio:.2f} times (wanted: {WANTED_RATIO:g}),")
    print(f"by processor time {cheaper:.2f} times")
    return int(ratio < WANTED_RATIO)


def steady(release: Path, asked: argparse.Namespace) -> int:
    """The whole bot: 50 at once, then 20 messages a second."""

    async def measure(urls: Sequence[str]) -> tuple[Load, Load]:
        async with session() as http:
            people = await talkers(http, urls, PEOPLE)
            return await at_once(people, asked.seconds), await steadily(people, PER_SECOND, 2 * asked.seconds)

    with _stack(release) as safar:
        crowded, even = asyncio.run(measure([safar.url]))
    print(f"whole bot, {PEOPLE} at once: {crowded.per_second:.1f} answers a second, {_shown(crowded)}")
    print(f"whole bot, {PER_SECOND:g} messages a second: {_shown(even)} ({even.per_second:.1f} a second)", flush=True)
    return 0


def long_conversation(release: Path, asked: argparse.Namespace) -> int:
    """An old conversation and fresh ones in turn, so that a busy machine slows both."""

    async def measure(urls: Sequence[str]) -> tuple[list[float], list[float]]:
        async with session() as http:
            (old,) = await talkers(http, urls, 1)
            while old.count < LATE - WINDOW:
                await old.ask(ASKED[old.count % len(ASKED)])
            late: list[float] = []
            early: list[float] = []
            for _ in range(2):
                (fresh,) = await talkers(http, urls, 1)
                while fresh.count < EARLY - WINDOW // 2:
                    await fresh.ask(ASKED[fresh.count % len(ASKED)])
                for _ in range(WINDOW):
                    late.append(await _asked_alike(old, fresh))
                    early.append(await _asked_alike(fresh, fresh))
            return early, late

    with _stack(release) as safar:
        early, late = asyncio.run(measure([safar.url]))
    cost = statistics.median(late) / statistics.median(early)
    print(f"a turn around message {LATE}: {1000 * statistics.median(late):.0f} ms,", end=" ")
    print(f"around message {EARLY}: {1000 * statistics.median(early):.0f} ms: {cost:.2f} times (wanted: at most 1.5)")
    return int(cost > WANTED_COST)


async def _asked_alike(person: WebTalker, leader: WebTalker) -> float:
    return await person.ask(ASKED[leader.count % len(ASKED)])


def shared(release: Path, asked: argparse.Namespace) -> int:
    """One gateway and engine on PostgreSQL, then two that share the work."""
    if not has_postgres():
        print("two gateways beside one: the programs of PostgreSQL's server are absent")
        return 0

    async def measure(urls: Sequence[str]) -> Load:
        async with session() as http:
            return await at_once(await talkers(http, urls, PEOPLE), asked.seconds)

    with OwnPostgres() as postgres, _stack(release, postgres.url) as first:
        one = asyncio.run(measure([first.url]))
        with _stack(release, postgres.url) as second:
            two = asyncio.run(measure([first.url, second.url]))
    ratio = two.per_second / one.per_second
    print(f"PostgreSQL, {PEOPLE} at once: one gateway and engine {one.per_second:.1f} answers a second,", end=" ")
    print(f"two {two.per_second:.1f}: {ratio:.2f} times, on the same cores")
    return 0


@contextmanager
def _stack(release: Path, database_url: str | None = None) -> Iterator[RunningSafar]:
    environ = UNLIMITED | ({"SAFAR_DATABASE_URL": database_url} if database_url else {})
    with tempfile.TemporaryDirectory() as folder:
        safar = RunningSafar(Path(folder) / "home", release, environ)
        try:
            yield safar.start()
        finally:
            safar.stop()


def _shown(load: Load) -> str:
    half, most = statistics.quantiles(load.seconds, n=20)[9], statistics.quantiles(load.seconds, n=20)[18]
    return f"p50 {1000 * half:.0f} ms, p95 {1000 * most:.0f} ms"


PARTS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "beside": beside_vanilla,
    "steady": steady,
    "long": long_conversation,
    "shared": shared,
}

if __name__ == "__main__":
    sys.exit(main())
