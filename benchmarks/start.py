"""Seconds until the engine and the whole stack are ready, and the memory of each process.

python -m benchmarks.start        needs a live release (`make run` makes one)
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from safar.ports import free_port

ROOT = Path(__file__).parents[1]
NAMES = {
    "gateway": "bot.gateway",
    "console": "console.app",
    "action server": "actions.serve",
    "Rasa": "bot.engine.serve run",
}
WANTED_READY_SECONDS = 45
LONGEST_SECONDS = 120


def main() -> int:
    """Start a stack of its own ports on the live release, print, stop."""
    port = free_port()
    command = [sys.executable, "-m", "safar", "run", "--keep-release", "--port", str(port)]
    command += ["--console-port", str(free_port())]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as stack:
        try:
            for line in stack.stdout or ():
                if re.search(r"\| ready\.", line) or time.monotonic() - started > LONGEST_SECONDS:
                    break
            seconds = time.monotonic() - started
            print(f"ready in {seconds:.1f} s (wanted: {WANTED_READY_SECONDS} s)")
            for name, megabytes in _memory(stack.pid).items():
                print(f"{name}: {megabytes:.0f} MB")
        finally:
            stack.send_signal(signal.SIGTERM)
            stopping = time.monotonic()
            stack.communicate(timeout=30)
            print(f"stopped in {time.monotonic() - stopping:.1f} s")
    return 0 if seconds < WANTED_READY_SECONDS else 1


def _memory(supervisor: int) -> dict[str, float]:
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or _parent(process) != supervisor:
            continue
        words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        name = next((name for name, module in NAMES.items() if module in words), None)
        if name:
            found[name] = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return found


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
