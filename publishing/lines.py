"""In which line of a YAML file a text stands, so that a finding can name it."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from foundation.yaml_text import LOADER


def line_of(file: Path, text: str) -> int:
    """The first line of the first key or value that is `text`, or that holds it; 0 where there is none."""
    scalars = _scalars(file, file.stat().st_mtime_ns) if file.is_file() else ()
    exact = (line for value, line in scalars if value == text)
    return next(exact, 0) or next((line for value, line in scalars if text and text in value), 0)


@lru_cache(maxsize=8)
def _scalars(file: Path, changed: int) -> tuple[tuple[str, int], ...]:
    """All scalars of a file with their lines. `changed` makes an edited file be read anew."""
    try:
        root = yaml.compose(file.read_text("utf-8"), Loader=LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ()
    return tuple(_below(root)) if root is not None else ()


def _below(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value.strip(), node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _below(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(key)
            yield from _below(value)
