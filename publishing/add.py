"""Add an entry to the content: checked as a whole before anything is written."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from knowledge_base.entry import EntryError
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from publishing.check_entries import check_entries, usable_facts

_ID = re.compile(r"[a-z_]+/[a-z0-9_]+(-[a-z0-9_]+)*")


class AddError(Exception):
    """The entry was not added; the message names what is wrong with it."""


def add_entries(file: Path, name: str, content: Path, *, is_replacing: bool) -> Path:
    """Put the entry of `file` into the content under the id `name`; returns its new file; raises `AddError`."""
    target = content / "faq" / f"{name}.yml"
    if not _ID.fullmatch(name):
        raise AddError(
            f"{name!r} is no id of an entry: say domain/name, in small Latin letters, such as work/permit-kz"
        )
    if target.exists() and not is_replacing:
        raise AddError(f"there is an entry {name} already; say --replace to take its place")
    if not file.is_file():
        raise AddError(f"there is no file {file}")
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "faq"
        shutil.copytree(content / "faq", trial)
        (trial / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, trial / f"{name}.yml")
        _check(trial, name, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    shutil.copyfile(file, new)
    os.replace(new, target)
    return target


def _check(trial: Path, name: str, content: Path) -> None:
    try:
        library = Library.load(trial)
    except EntryError as error:
        raise AddError(str(error)) from error
    topics = Topics.load(content / "topics.yml").ids
    findings = check_entries(library, topics, usable_facts(content / "facts"), trial)
    errors = [str(finding) for finding in findings if finding.is_error and finding.file == trial / f"{name}.yml"]
    if errors:
        raise AddError("\n".join(errors))
