"""Reads tab-separated public sets, and prints and keeps what was measured on them."""

import csv
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
RESULTS = ROOT / "var" / "bench"
ENCODER = "models/encoder"


def options(description: str | None) -> Namespace:
    """`encoder`, folders of encoders that are measured in one run; `data`, the folder of the public sets."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--encoder", nargs="+", default=[ENCODER], help="folders of encoders, the first is judged")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public data sets")
    return parser.parse_args()


def is_absent(data: Path, *folders: str) -> bool:
    """Whether a set is absent below `data`/eval; says which."""
    missing = [folder for folder in folders if not (data / "eval" / folder).is_dir()]
    if missing:
        print(f"not measured, because public data sets are absent: {', '.join(missing)} (looked in --data)")
    return bool(missing)


def read_rows(file: Path) -> list[dict[str, str]]:
    """Rows of a file with a head line, tabs and no quoting."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def print_table(title: str, head: Sequence[object], lines: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table below its title."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(map(str, head)) + " |")
    print("|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(map(str, line)) + " |")


def keep(name: str, measured: Mapping[str, Any]) -> Path:
    """Write `measured` to var/bench/`name`.json; returns the file."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{name}.json"
    text = json.dumps(measured, ensure_ascii=False, indent=1, default=_plain)
    file.write_text(text + "\n", "utf-8")
    return file


def _plain(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        return asdict(thing)
    raise TypeError(f"{type(thing).__name__} cannot be written as JSON")
