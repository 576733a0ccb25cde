"""Recorded updates of Telegram, and what becomes of them when anything in them is changed."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RECORDED = sorted((Path(__file__).parents[3] / "payloads" / "telegram").glob("*.json"))
STRANGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**80,
    float("inf"),
    float("nan"),
    "",
    "\ud83d",
    "x" * 70_000,
    "\x00\n",
    [],
    [[]],
    {},
    {"id": {}},
    "🙂" * 300,
)


def recorded(path: Path) -> dict[str, Any]:
    """The update of a recorded payload."""
    raw: dict[str, Any] = json.loads(path.read_text("utf-8"))["raw"]
    return raw


def mutated(raw: dict[str, Any], chance: random.Random) -> Any:
    """The update with one to three places replaced, removed, renamed or mixed up."""
    changed: Any = copy.deepcopy(raw)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(changed))
        if not places:
            return chance.choice(STRANGE)
        holder, key = chance.choice(places)
        match chance.randrange(4):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(STRANGE))
            case 1:
                del holder[key]
            case 2 if isinstance(holder, dict):
                holder[str(chance.choice(STRANGE))[:9]] = holder[key]
            case _:
                other, name = chance.choice(places)
                holder[key] = copy.deepcopy(other[name])
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
