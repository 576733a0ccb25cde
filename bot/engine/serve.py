"""Starts Rasa's own commands without TensorFlow and with our patches: `python -m bot.engine.serve run|train …`."""

import importlib
import logging
import os
import sys
import warnings
from collections.abc import MutableMapping
from functools import cache

from bot.engine import no_tensorflow

DEFAULTS = {
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa's cache knows nothing of the encoder and the folding, so it would keep features that are out of date.
    "RASA_MAX_CACHE_SIZE": "0",
}
DEFAULT_ENCODER = "models/encoder"  # for config.yml; a trained model knows its own

PATCHES = (
    "compiled_schema",
    "event_types",
    "kept_connections",
    "ordered_graph_runner",
    "plain_tracker_store",
    "whole_turns",
)


def prepare(environ: MutableMapping[str, str]) -> None:
    """Make Rasa importable in this process: no telemetry, no cache, TensorFlow's stand-in, the patches."""
    for name, value in DEFAULTS.items():
        environ.setdefault(name, value)
    no_tensorflow.install()
    _patch_rasa()


@cache
def _patch_rasa() -> None:
    with warnings.catch_warnings(record=True):  # Rasa's libraries warn of each other
        importlib.import_module("rasa.__main__")
        for name in PATCHES:
            importlib.import_module(f"bot.engine.{name}").apply()


def main(arguments: list[str]) -> None:
    """Run one of Rasa's commands, such as `run` or `train`, with Rasa's own arguments."""
    prepare(os.environ)
    from rasa.__main__ import main as rasa_main

    if arguments[:1] == ["train"]:
        os.environ.setdefault("SAFAR_ENCODER", DEFAULT_ENCODER)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    sys.argv = ["rasa", *arguments]
    rasa_main()


if __name__ == "__main__":
    main(sys.argv[1:])
