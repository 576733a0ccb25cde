"""Reads YAML with the parser in C where PyYAML has it: ten times as fast as the one in Python."""

from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """The document of a text, plain values only; raises `yaml.YAMLError`, which names the line."""
    return yaml.load(text, Loader=LOADER)
