"""`python -m tests.simulated_people --people 1000 --seed 1` prints the figures of docs/figures.md."""

import argparse
import asyncio
import logging
import tempfile
from pathlib import Path

from tests.actions.content_ground import content_ground
from tests.actions.rule_conversation import load_rules, quiet_rasa
from tests.simulated_people.crowd import simulate

MAX_SHOWN = 40


def main() -> int:
    """0 when nobody has anything to complain of."""
    parser = argparse.ArgumentParser(prog="tests.simulated_people", description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    ground = content_ground()
    with tempfile.TemporaryDirectory() as folder, quiet_rasa():
        agent = load_rules(ground, Path(folder))
        figures = asyncio.run(simulate(agent, ground, arguments.people, arguments.seed))
    print(figures)
    print("\n".join(figures.complaints[:MAX_SHOWN]))
    return 1 if figures.complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
