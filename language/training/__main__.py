"""Trains one of the language models: `python -m language.training identifier` or `encoder`."""

import argparse
import importlib
import sys

MODELS = ("identifier", "encoder")


def main(words: list[str]) -> int:
    """Hand the options to the module of the chosen model; only that module is imported."""
    parser = argparse.ArgumentParser(prog="python -m language.training", description=__doc__)
    parser.add_argument("model", choices=MODELS)
    chosen = importlib.import_module(f"language.training.{parser.parse_args(words[:1]).model}")
    options = argparse.ArgumentParser(prog=f"python -m language.training {words[0]}", description=chosen.__doc__)
    chosen.add_arguments(options)
    return int(chosen.run(options.parse_args(words[1:])) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
