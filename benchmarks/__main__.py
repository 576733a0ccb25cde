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
    ("Engine beside a vanilla Rasa", ["benchmarks.engine"]),
)


def main() -> int:
    """Run each step; the exit status is that of the worst."""
    worst = 0
    for title, module in STEPS:
        print(f"\n## {title}\n    python -m {' '.join(module)}", flush=True)
        extra = ["--vanilla-python", str(VANILLA)] if module[0] == "benchmarks.engine" and VANILLA.exists() else []
        worst = max(worst, subprocess.run([sys.executable, "-m", *module, *extra], cwd=ROOT, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
