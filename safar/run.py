"""`safar run`: train if the inputs are new, then start everything and keep it running."""

import argparse
import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from conversations.database import DatabaseUnreachableError, migrate, open_database
from foundation.clock import utc_now
from foundation.settings import PROJECT, SettingError, Settings
from publishing.inputs import hash_inputs
from publishing.release import Releases
from publishing.train import Sources, TrainingError, train
from safar.engine_pair import EngineNotReadyError
from safar.folders import FolderError, require_content, require_home
from safar.messenger_checks import require_messengers
from safar.ports import PortTakenError, require_free
from safar.supervisor import NotReadyError, Supervisor

HELP = "train if needed, start gateway, console and engine, and keep them running"
EXIT_CANNOT_START = 2


class AlreadyRunningError(Exception):
    """Another supervisor works on the same home folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar run`."""
    parser.add_argument("--port", type=int, help="port of the gateway")
    parser.add_argument("--console-port", type=int, help="port of the console (default: the gateway's plus 1)")
    parser.add_argument("--home", type=Path, help="folder of database, logs and releases")
    parser.add_argument("--keep-release", action="store_true", help="start the live release though the content changed")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run until Ctrl-C; every reason not to start is one sentence and a non-zero exit."""
    settings = _with_arguments(settings, arguments)
    try:
        require_messengers(settings)
        require_home(settings.home)
        with _only_one(settings.home):
            require_free(settings.host, settings.port, "SAFAR_PORT")
            require_free(settings.console_host, settings.console_port, "SAFAR_CONSOLE_PORT")
            database = open_database(settings.database_url)
            migrate(database)
            database.engine.dispose()
            if not (arguments.keep_release and Releases(settings.home).live()):
                make_live_if_new(settings)
            asyncio.run(Supervisor(settings, LogStream(settings.home / "logs").write).run())
    except (
        SettingError,
        AlreadyRunningError,
        FolderError,
        PortTakenError,
        DatabaseUnreachableError,
        TrainingError,
        EngineNotReadyError,
        NotReadyError,
    ) as error:
        print(f"safar: {error}", file=sys.stderr)
        return EXIT_CANNOT_START
    return 0


def make_live_if_new(settings: Settings) -> None:
    """Train and promote where no release was made from these inputs yet; a rolled-back release stays live."""
    require_content(settings.content)
    releases = Releases(settings.home)
    inputs = hash_inputs(settings.content, PROJECT, settings.encoder)
    known = releases.made_from(inputs)
    if known is None:
        sources = Sources(PROJECT, settings.content, settings.encoder, settings.languages)
        known = train(sources, settings.home, utc_now())
        releases.promote(known)
    elif releases.live() is None:
        releases.promote(known)


class LogStream:
    """The lines of all processes in one stream, on the screen and in `<home>/logs/safar.log`."""

    MAX_BYTES = 20_000_000

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "safar.log"
        if self._file.exists() and self._file.stat().st_size > self.MAX_BYTES:
            os.replace(self._file, folder / "safar.log.1")

    def write(self, process: str, line: str) -> None:
        """One line of one process."""
        text = f"{process:<8} | {line}"
        print(text, flush=True)
        with self._file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}\n")


def _with_arguments(settings: Settings, arguments: argparse.Namespace) -> Settings:
    if arguments.port is not None:
        settings = replace(settings, port=arguments.port, console_port=arguments.port + 1)
    if arguments.console_port is not None:
        settings = replace(settings, console_port=arguments.console_port)
    if arguments.home is not None:
        home = arguments.home.absolute()
        own = settings.database_url == f"sqlite:///{settings.home / 'safar.db'}"
        url = f"sqlite:///{home / 'safar.db'}" if own else settings.database_url
        settings = replace(settings, home=home, database_url=url)
    return settings


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    (home / "run").mkdir(parents=True, exist_ok=True)
    with (home / "run" / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunningError(f"Safar already runs on {home}. Give this one another --home.") from error
        yield
