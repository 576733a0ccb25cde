"""A PostgreSQL server of one's own in a temporary folder, which can be killed with kill -9 and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg2

from tests.ways.running_safar import children_of, free_port, lives, wait_until

START_SECONDS = 60
UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = ("listen_addresses=127.0.0.1", "shared_buffers=32MB", "max_connections=200", "log_min_messages=fatal")


def has_postgres() -> bool:
    """Whether the programs of PostgreSQL's server are on this machine."""
    return _program("initdb") is not None and _program("postgres") is not None


class OwnPostgres:
    """`with OwnPostgres() as postgres:` serves an empty database at `postgres.url`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="safar-postgres-"))
        self._as_whom = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.url = f"postgresql://safar@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> "OwnPostgres":
        if self._as_whom:
            os.chown(self._folder, self._as_whom["user"], self._as_whom["group"])
        words = [
            str(_program("initdb")),
            "-D",
            str(self._data),
            "-A",
            "trust",
            "-U",
            "safar",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        done = subprocess.run([*words, "--locale=C"], cwd="/", capture_output=True, check=False, **self._as_whom)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Serve, for the first time or again; returns when connections are taken."""
        words = [str(_program("postgres")), "-D", str(self._data), "-p", str(self.port), "-k", str(self._folder)]
        words += [word for setting in SETTINGS for word in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(words, cwd="/", stdout=log, stderr=log, **self._as_whom)
        wait_until(self._answers, START_SECONDS, lambda: (self._folder / "log").read_text("utf-8", "replace"))

    def kill(self) -> None:
        """kill -9 of the server and all its processes at once, as when a machine runs out of memory."""
        if self._process is None:
            return
        pids = {self._process.pid, *children_of(self._process.pid)}
        for pid in pids:
            _kill(pid)
        self._process.wait()
        wait_until(lambda: not any(lives(pid) for pid in pids), START_SECONDS)
        self._process = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, (self._folder / "log").read_text("utf-8")
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
            return False
        return True


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return Path(found) if found else (places[-1] if places else None)


def _unprivileged() -> Mapping[str, Any]:
    """PostgreSQL refuses to serve as root: then as somebody else."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    return {}


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
