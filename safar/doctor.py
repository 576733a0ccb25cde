"""`safar doctor`: say what is missing or wrong, and how to mend it."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from conversations.database import DatabaseUnreachableError, migrate, open_database
from foundation.settings import PROJECT, Settings
from publishing.inputs import hash_inputs
from publishing.release import Releases
from publishing.validate import validate_for_release
from safar.check import Check
from safar.messenger_checks import telegram, whatsapp
from safar.ports import PortTakenError, require_free

HELP = "say what is missing, and how to mend it"
MIN_FREE_GB = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`safar doctor` takes no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print each check; 1 where something is to be mended."""
    checks = [check for look in LOOKS for check in look(settings)]
    for check in checks:
        print(f"{'mend' if check.mend else 'ok':<5}{check.name}: {check.found}")
        if check.mend:
            print(f"     -> {check.mend}")
    return 1 if any(check.mend for check in checks) else 0


def _python(settings: Settings) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    is_right = sys.version_info[:2] == (3, 11)
    yield Check("Python", version, "" if is_right else "Safar needs Python 3.11: make PYTHON=/path/to/python3.11 run")


def _encoder(settings: Settings) -> Iterator[Check]:
    folder = PROJECT / settings.encoder
    is_there = folder.is_dir() or Path(settings.encoder).is_dir()
    mend = "" if is_there else "set SAFAR_ENCODER to the folder of a sentence-transformers model"
    yield Check("Encoder", settings.encoder if is_there else f"no folder {folder}", mend)


def _disk(settings: Settings) -> Iterator[Check]:
    settings.home.mkdir(parents=True, exist_ok=True)
    free_gb = shutil.disk_usage(settings.home).free / 1e9
    mend = "" if free_gb > MIN_FREE_GB else f"make at least {MIN_FREE_GB} GB free, or set SAFAR_HOME to another disk"
    yield Check("Disk", f"{free_gb:.0f} GB free in {settings.home}", mend)


def _database(settings: Settings) -> Iterator[Check]:
    kind = settings.database_url.split(":")[0]
    try:
        database = open_database(settings.database_url)
        migrate(database)
    except DatabaseUnreachableError as error:
        yield Check("Database", str(error), "start the database, or correct SAFAR_DATABASE_URL")
    else:
        yield Check("Database", f"{kind}, reachable, migrated")


def _content(settings: Settings) -> Iterator[Check]:
    try:
        errors = [finding for finding in validate_for_release(settings.content) if finding.is_error]
    except OSError as error:
        yield Check("Content", str(error), "set SAFAR_CONTENT to the folder of the content")
        return
    mend = "run `safar validate` and mend what it names" if errors else ""
    yield Check("Content", f"{len(errors)} errors in {settings.content}", mend)


def _release(settings: Settings) -> Iterator[Check]:
    releases = Releases(settings.home)
    live = releases.live()
    if live is None:
        yield Check("Release", "none is live", "run `make run`, or `safar train` and `safar promote`")
        return
    is_new = releases.manifest(live).inputs == hash_inputs(settings.content, PROJECT, settings.encoder)
    yield Check("Release", f"{live} is live" + ("" if is_new else "; the content has changed since (`safar train`)"))


def _running(settings: Settings) -> Iterator[Check]:
    address = f"http://127.0.0.1:{settings.port}/ready"
    try:
        response = httpx.get(address, timeout=5, trust_env=False)
    except httpx.HTTPError:
        try:
            require_free(settings.host, settings.port, "SAFAR_PORT")
        except PortTakenError as error:
            yield Check("Gateway", str(error), "stop that program, or set SAFAR_PORT")
        else:
            yield Check("Gateway", "not running; its port is free")
        return
    mend = "" if response.status_code == 200 else "look at the log in SAFAR_HOME/logs/safar.log"
    yield Check("Gateway", "ready" if not mend else f"not ready: {response.text[:200]}", mend)


LOOKS: tuple[Callable[[Settings], Iterator[Check]], ...] = (
    _python,
    _encoder,
    _disk,
    _database,
    _content,
    _release,
    telegram,
    whatsapp,
    _running,
)
