"""Intents by a Rasa of its own with its default pipeline: examples and texts as JSON in, intents and seconds out.

python benchmarks/language/intents_peer.py ASKED FOUND    two files; what Rasa prints is nobody's

Runs in the environment that `make .venv-vanilla/bin/rasa` installs, so it imports nothing of this repository.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

CONFIG = "recipe: default.v1\nassistant_id: peer\nlanguage: en\n"
"""Without a pipeline Rasa takes its default one."""


def main() -> int:
    """Read {"train": [[text, intent]], "test": [text]}, write {"seconds": …, "processor": …, "found": […]}."""
    read, write = map(Path, sys.argv[1:])
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    warnings.simplefilter("ignore")  # Rasa's libraries warn of each other
    asked = json.loads(read.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        model, taken = _trained(asked["train"], Path(folder))
        found = asyncio.run(_found(model, asked["test"]))
    write.write_text(json.dumps({**taken, "found": found}), "utf-8")
    return 0


def _trained(examples: list[tuple[str, str]], folder: Path) -> tuple[str, dict[str, float]]:
    from rasa.model_training import train_nlu

    by_intent: dict[str, list[str]] = {}
    for text, intent in examples:
        by_intent.setdefault(intent, []).append(text)
    # JSON is YAML: a text that begins with a bracket or a dash stays a text.
    blocks = [{"intent": name, "examples": [{"text": text} for text in texts]} for name, texts in by_intent.items()]
    lines = ['version: "3.1"', "nlu:", *(f"- {json.dumps(block)}" for block in blocks)]
    (folder / "nlu.yml").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "config.yml").write_text(CONFIG, "utf-8")
    wall, processor = time.perf_counter(), time.process_time()
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    return str(model), {"seconds": time.perf_counter() - wall, "processor": time.process_time() - processor}


async def _found(model: str, texts: list[str]) -> list[tuple[str, float]]:
    """The first intent of each text, with its confidence; its fallback, which is no intent, does not count."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    return [_first(await agent.parse_message(text)) for text in texts]


def _first(parsed: dict[str, Any]) -> tuple[str, float]:
    ranking = [row for row in parsed["intent_ranking"] if row["name"] != "nlu_fallback"]
    return (ranking[0]["name"], ranking[0]["confidence"]) if ranking else ("", 0.0)


if __name__ == "__main__":
    sys.exit(main())
