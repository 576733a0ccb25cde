"""Prints what is left of a conversation after it was erased in the chat: `python -m benchmarks.erasure`."""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.erasure.proof import COUNTS, Result, prove


def main() -> int:
    """Run the proof, on SQLite or on an empty PostgreSQL database; 1 where a trace is left."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.erasure", description=__doc__)
    parser.add_argument("--database-url", help="an empty database of PostgreSQL (default: SQLite)")
    with tempfile.TemporaryDirectory() as folder:
        result = prove(Path(folder), parser.parse_args().database_url)
    _print(result)
    return 1 if result.tables or result.files or set(result.rows) - COUNTS else 0


def _print(result: Result) -> None:
    rows = (
        ("rows of tables with a trace, before", result.tables_before),
        ("traces in files of the home and logs, before", result.files_before),
        ("rows of tables with a trace, after", result.tables),
        ("traces in files of the home and logs, after", result.files),
        ("rows left (counts and keyed hashes)", result.rows),
        ("traces in PostgreSQL's files, before", result.data_files_before),
        ("traces in PostgreSQL's files, after VACUUM", result.data_files_vacuumed),
        ("traces in PostgreSQL's files, written anew", result.data_files),
    )
    for name, found in rows:
        if found is not None:
            print(f"{name + ':':<48}{_shown(found)}")


def _shown(found: Counter[str]) -> str:
    parts = ", ".join(f"{name} {count}" for name, count in sorted(found.items()))
    return f"{found.total()}" + (f" ({parts})" if parts else "")


if __name__ == "__main__":
    sys.exit(main())
