"""/health says that the process lives, /ready whether it can answer and what is missing."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread

Begin = Callable[[dict[str, str]], GatewayThread]


def test_ready_when_database_engine_and_release_are_there(
    environ: dict[str, str], begin: Begin, engine: EngineStandIn
) -> None:
    url = begin(environ).url
    assert httpx.get(f"{url}/health").json() == {"status": "ok"}
    ready = httpx.get(f"{url}/ready")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "missing": {}})


def test_not_ready_names_the_engine_and_the_release_and_health_goes_on(
    home: Path, sqlite_environ: dict[str, str], begin: Begin
) -> None:
    (home / "live").unlink()
    url = begin(sqlite_environ).url
    ready = httpx.get(f"{url}/ready")
    assert ready.status_code == 503
    assert ready.json() == {"ready": False, "missing": {"engine": "is not started", "release": "none is live"}}
    assert httpx.get(f"{url}/health").status_code == 200


def test_an_engine_that_does_not_answer_is_missing(
    home: Path, sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn
) -> None:
    engine.stop()
    url = begin(sqlite_environ).url
    assert httpx.get(f"{url}/ready").json()["missing"] == {"engine": "does not answer"}
    (home / "run" / "engine.json").write_text(json.dumps({"release": "r1"}), "utf-8")
    url = begin(sqlite_environ).url
    assert httpx.get(f"{url}/ready").json()["missing"] == {"engine": "is not started"}


def test_a_database_that_cannot_be_used_is_missing_and_a_message_is_not_acknowledged(
    home: Path, sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn
) -> None:
    gateway = begin(sqlite_environ)
    begun = httpx.post(f"{gateway.url}/chat/api/conversations", json={}).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    gateway.app.state.gateway.store.database.close()
    for name in ("safar.db", "safar.db-wal", "safar.db-shm"):
        (home / name).unlink(missing_ok=True)
    os.mkdir(home / "safar.db")
    assert "database" in httpx.get(f"{gateway.url}/ready").json()["missing"]
    sent = httpx.post(f"{gateway.url}/chat/api/messages", json={"id": "1", "text": "Вопрос"}, headers=headers)
    assert sent.status_code == 503
    assert sent.json()["error"]["code"] == "unavailable"
    assert "Traceback" not in sent.text
