"""Whether a message is lost when processes die: people write on three channels, and kill -9 strikes ten times.

python -m benchmarks.kills [--database sqlite|postgresql|both] [--seconds 60] [--per-second 20] [--people 500]
    [--kills 10]        needs a live release (`make run` makes one)

The rate is shared by the channels. On PostgreSQL, which is started in a temporary folder, the database dies too.
"""

import argparse
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from foundation.settings import load_settings
from publishing.release import Releases
from tests.ways.killing import Outcome, battlefield
from tests.ways.own_postgres import has_postgres
from tests.ways.throng import CHANNELS, make_plan

SECONDS = 60.0
PER_SECOND = 20.0
PEOPLE = 500
KILLS = 10
VICTIMS = {
    "sqlite": ("gateway", "rasa", "actions"),
    "postgresql": ("gateway", "rasa", "database", "actions", "gateway", "database"),
}


def main() -> int:
    """Run and print; the exit status says whether anything was lost, out of order, or said twice without need."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument(
        "--per-second", type=float, default=PER_SECOND, help="messages a second on all channels together"
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="people on each channel")
    parser.add_argument("--kills", type=int, default=KILLS)
    asked = parser.parse_args()
    releases = Releases(load_settings({}).home)
    live = releases.live()
    if live is None:
        print("no release is live: make one with `make run`", file=sys.stderr)
        return 1
    kinds = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    if "postgresql" in kinds and not has_postgres():
        print("the programs of PostgreSQL's server are absent: install them, or say --database sqlite", file=sys.stderr)
        return 1
    return max([_measure(kind, releases.folder / live, asked) for kind in kinds])


def _measure(kind: str, release: Path, asked: argparse.Namespace) -> int:
    victims = list(islice(cycle(VICTIMS[kind]), asked.kills))
    plan = make_plan(asked.seconds, asked.per_second, asked.people)
    print(f"{kind}: {len(plan)} messages, {asked.per_second:g} a second on all channels together, {len(victims)} kills")
    with tempfile.TemporaryDirectory() as folder, battlefield(Path(folder), release, kind) as field:
        outcome = field.run(plan, asked.people, victims, lambda line: print(f"  {line}", flush=True))
        return _report(kind, len(plan), outcome)


def _report(kind: str, planned: int, outcome: Outcome) -> int:
    print(f"{kind}: {planned / outcome.wrote_seconds:.1f} messages a second were written,", end=" ")
    print(f"all answered {outcome.drained_seconds:.0f} s after the last one")
    print("| channel | conversations | sent | answered | lost | out of order | twice | in flight at gateway kills |")
    print("|---|---|---|---|---|---|---|---|")
    is_bad = bool(outcome.violations)
    for channel in CHANNELS:
        found = outcome.accounts[channel]
        flying = "" if channel == "web" else str(found.in_flight_at_kills)
        cells = (found.conversations, found.sent, found.answered, found.lost, found.out_of_order, found.twice, flying)
        print(f"| {channel} | " + " | ".join(map(str, cells)) + " |")
        for fault in found.faults:
            print(f"  {fault}")
        is_bad |= bool(found.lost or found.out_of_order or found.faults or found.twice > found.in_flight_at_kills)
    print("wanted: lost 0, out of order 0, twice 0 on the web, on messengers at most what was in flight")
    print(f"rules of the platforms broken: {list(outcome.violations) or 'none'}")
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
