"""Payloads with something broken in them, the same ones for the same seed."""

import copy
import json
import random
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parents[3] / "payloads" / "whatsapp"
JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**40,
    1e308,
    float("inf"),
    float("nan"),
    "",
    "\x00",
    "\ud800",
    "b1.1",
    "x" * 5000,
    "٣",
    [],
    {},
    [None],
    [[]],
    {"id": {}},
    {"type": []},
    {"body": 5},
)


def recorded() -> list[dict[str, Any]]:
    """All recorded payloads, with `about`, `raw` and `events`."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(RECORDED.glob("*.json"))]


def mutated(count: int, seed: int) -> list[Any]:
    """So many payloads, each a recorded one with one to five places broken."""
    chance = random.Random(seed)
    raws = [each["raw"] for each in recorded()]
    return [_broken(copy.deepcopy(chance.choice(raws)), chance) for _ in range(count)]


def _broken(raw: Any, chance: random.Random) -> Any:
    for _ in range(chance.randint(1, 5)):
        places = list(_places(raw))
        if not places:
            return chance.choice(JUNK)
        holder, key = chance.choice(places)
        what = chance.randrange(5)
        if what == 0:
            del holder[key]
        elif what == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif what == 2:
            holder[key] = [holder[key]]
        elif what == 3 and isinstance(holder, dict):
            holder[chance.choice(("type", "id", "from", "interactive", "errors", "zzz"))] = holder.pop(key)
        else:
            holder[key] = copy.deepcopy(chance.choice(JUNK))
    return raw


def _places(node: Any) -> Any:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])
