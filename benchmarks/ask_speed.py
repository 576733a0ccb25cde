"""Seconds for 2,000 messages through `safar ask --json`, loading included.

python -m benchmarks.ask_speed        needs a live release (`make run` makes one)
"""

import json
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from publishing.held_out import read_held_out

ROOT = Path(__file__).parents[1]
MESSAGES = 2000
WANTED_SECONDS = 60


def main() -> int:
    """Measure once and print; the exit status says whether it was fast enough."""
    texts = islice(cycle(row.text for row in read_held_out(ROOT / "tests" / "evaluation")), MESSAGES)
    lines = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))
    started = time.monotonic()
    command = [sys.executable, "-m", "safar", "ask", "--json"]
    result = subprocess.run(command, cwd=ROOT, input=lines.encode(), capture_output=True, check=False)
    seconds = time.monotonic() - started
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    if result.returncode or len(answers) != MESSAGES or any("error" in answer for answer in answers):
        print(f"{len(answers)} answers, exit status {result.returncode}: {result.stderr.decode()[-500:]}")
        return 1
    middle = sorted(answer["milliseconds"] for answer in answers)[MESSAGES // 2]
    print(f"{MESSAGES} messages in {seconds:.1f} s with loading (wanted: {WANTED_SECONDS} s)")
    print(f"{middle} ms a message at p50")
    return 0 if seconds < WANTED_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
