"""Prints every figure of docs/figures.md again: `make bench`. Needs a live release (`make run` makes one)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VANILLA = ROOT / ".venv-vanilla" / "bin" / "python"
STEPS = (
    ("Understanding, per language, on held-out sentences", ["safar", "evaluate"]),
    ("Messages in-process", ["benchmarks.ask_speed"]),
    ("Start and memory", ["benchmarks.start"]),
    ("Messengers at a steady rate", ["benchmarks.messengers"]),
    ("Handovers with kills: violations", ["benchmarks.handovers"]),
    ("The operators' list", ["benchmarks.queue_page"]),
    ("Engine beside a vanilla Rasa", ["benchmarks.engine"]),
    ("From the stored message to the delivered answer", ["benchmarks.throughput"]),
    ("kill -9 while people write", ["benchmarks.kills"]),
)
BESIDE_VANILLA = ("benchmarks.engine", "benchmarks.throughput")


def main() -> int:
    """Run each step; the exit status is that of the worst."""
    worst = 0
    for title, module in STEPS:
        print(f"\n## {title}\n    python -m {' '.join(module)}", flush=True)
        is_beside = module[0] in BESIDE_VANILLA and VANILLA.exists()
        extra = ["--vanilla-python", str(VANILLA)] if is_beside else []
        worst = max(worst, subprocess.run([sys.executable, "-m", *module, *extra], cwd=ROOT, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
