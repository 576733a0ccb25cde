"""How long the page of all conversations takes with 10,000 stored: `python -m benchmarks.console_overview`.

A console of its own process, asked over HTTP for first, later and filtered pages in turn.
"""

import argparse
import itertools
import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.console_live import prepare, running_console

QUERIES = ("", "?danger=none", "?variant=tg", "?channel=telegram&state=operator", "?danger=urgent")
WANTED_P95_SECONDS = 0.2


def main() -> int:
    """Print the figures; the exit status is 1 when p95 is not under 200 ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="")
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/safar.db"
        crowd = prepare(url, 50, asked.conversations)
        with running_console(url, Path(folder)) as (address, _):
            seconds = _ask(address, crowd.open_pages[0][0], asked.pages)
    median, slow = seconds[len(seconds) // 2], seconds[int(0.95 * len(seconds))]
    print(f"{asked.conversations} conversations: p50 {median * 1000:.0f} ms, p95 {slow * 1000:.0f} ms")
    return 0 if slow < WANTED_P95_SECONDS else 1


def _ask(address: str, token: str, pages: int) -> list[float]:
    taken, query = [], ""
    with httpx.Client(base_url=address, cookies={"safar_console": token}, trust_env=False) as client:
        for beginning in itertools.islice(itertools.cycle(QUERIES), pages):
            began = time.monotonic()
            page = client.get(f"/conversations{query or beginning}").text
            taken.append(time.monotonic() - began)
            last = page.rpartition('href="/conversations?')[2].partition('"')[0]
            query = "?" + last.replace("&amp;", "&") if "behind=" in last and not query else ""
    return sorted(taken)


if __name__ == "__main__":
    sys.exit(main())
