"""Names of organisations, signs and needs: the host's own; where its content lacks or breaks them, the program's."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from foundation.settings import PROJECT
from guidance.contacts import Organisations
from guidance.labels import Labels

PROGRAM = PROJECT / "data"

log = logging.getLogger(__name__)

Read = TypeVar("Read")


def read_organisations(content: Path) -> Organisations:
    """The organisations of a content folder."""
    return _read(content, lambda folder: Organisations.load(folder / "guidance"))


def read_labels(content: Path) -> Labels:
    """What signs, factors, routes, needs and kinds of help are called."""
    return _read(content, lambda folder: Labels.load(*_labelled(folder), *_labelled(PROGRAM)))


def _labelled(folder: Path) -> tuple[Path, ...]:
    guidance = folder / "guidance"
    return folder / "danger" / "signs.yml", guidance / "screening.yml", guidance / "contacts.yml"


def _read(content: Path, read: Callable[[Path], Read]) -> Read:
    try:
        return read(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.error("names of the content folder cannot be used (%s); the program's serve", error)
        return read(PROGRAM)
