"""Prints every figure of the language core: `make bench-language`. Wants the public data sets beside the project.

`own_questions` and `speed` want a live release, too (`make run` makes one).
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = (
    "identification",
    "translation_retrieval",
    "topic_transfer",
    "faq_retrieval",
    "omos_qa",
    "own_questions",
    "intents",
    "calibration",
    "scale",
    "speed",
)


def main() -> int:
    """Run each benchmark in a process of its own; gives the worst exit status."""
    worst = 0
    for name in MODULES:
        print(f"\n## {name.replace('_', ' ')}\n    python -m benchmarks.language.{name}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.language.{name}"]
        worst = max(worst, subprocess.run(command, cwd=ROOT, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
