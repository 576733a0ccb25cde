"""One gateway runs on a home folder: a second one is refused before it touches anything."""

import fcntl
from pathlib import Path
from typing import TextIO


class SecondGatewayError(Exception):
    """Another gateway works on this home folder; the message is one sentence for the host."""


def hold_home(home: Path) -> TextIO:
    """Have this home folder until the returned file is closed or the process ends; raises `SecondGatewayError`."""
    file = home / "run" / "gateway.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    held = file.open("a", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise SecondGatewayError(
            f"a gateway already runs on {home}. Stop it, or give this one a home of its own (SAFAR_HOME); "
            "several gateways share the work on one PostgreSQL database (SAFAR_DATABASE_URL)"
        ) from error
    return held
