"""An engine: the Rasa server and the action server of one release, on inner ports that nobody else reaches."""

import asyncio
import json
import os
import secrets
import time
from pathlib import Path

import httpx

from foundation.settings import PROJECT, Settings
from publishing.release import Releases
from safar.child import Command, Write
from safar.keeper import Keeper
from safar.ports import free_port

READY_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.15


class EngineNotReadyError(Exception):
    """The engine of a release did not become ready in time."""


class EnginePair:
    """Starts both processes, tells when they are ready, stops both."""

    def __init__(self, release: str, settings: Settings, write: Write) -> None:
        self.release = release
        self._settings = settings
        self._folder = Releases(settings.home).folder / release
        self._token = secrets.token_urlsafe(24)
        self._rasa_port, self._action_port = free_port(), free_port()
        environment = self._environment()
        self.actions = Keeper(Command("actions", self._action_arguments(), environment, PROJECT), write)
        self.rasa = Keeper(Command("rasa", self._rasa_arguments(), environment, PROJECT), write)

    async def start(self) -> None:
        """Start both and wait until they can answer; raises `EngineNotReadyError`."""
        self.actions.start()
        self.rasa.start()
        deadline = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            for url in (f"http://127.0.0.1:{self._action_port}/health", f"{self.url}/webhooks/engine/"):
                while not await self._is_ready(client, url):
                    if time.monotonic() > deadline:
                        raise EngineNotReadyError(f"The engine of release {self.release} was not ready in time.")
                    await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def stop(self) -> None:
        """Stop both."""
        await asyncio.gather(self.rasa.stop(), self.actions.stop())

    @property
    def url(self) -> str:
        """Where Rasa listens."""
        return f"http://127.0.0.1:{self._rasa_port}"

    def publish(self) -> None:
        """Tell the gateway that this engine is the live one."""
        target = self._settings.home / "run" / "engine.json"
        new = target.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps({"release": self.release, "url": self.url, "token": self._token}), "utf-8")
        os.replace(new, target)

    async def _is_ready(self, client: httpx.AsyncClient, url: str) -> bool:
        try:
            response = await client.get(url, headers={"Authorization": f"Bearer {self._token}"})
        except httpx.HTTPError:
            return False
        return response.status_code == 200

    def _action_arguments(self) -> list[str]:
        return ["actions.serve", "--port", str(self._action_port)]

    def _rasa_arguments(self) -> list[str]:
        arguments = ["bot.engine.serve", "run", "--interface", "127.0.0.1", "--port", str(self._rasa_port)]
        arguments += ["--model", str(self._folder / "model.tar.gz"), "--credentials", str(PROJECT / "credentials.yml")]
        return [*arguments, "--endpoints", str(PROJECT / "endpoints.yml")]

    def _environment(self) -> dict[str, str]:
        return {
            "SAFAR_RELEASE": self.release,
            "SAFAR_RELEASE_DIR": str(self._folder),
            "SAFAR_CONTENT": str(self._folder / "content"),
            "SAFAR_ENGINE_TOKEN": self._token,
            "SAFAR_DATABASE_URL": self._settings.database_url,
            "SAFAR_ACTION_URL": f"http://127.0.0.1:{self._action_port}/webhook",
            "SAFAR_ENCODER": encoder_of(self._folder, self._settings),
            "SAFAR_HOME": str(self._settings.home),
            "SANIC_HOST": "127.0.0.1",
            "RASA_TELEMETRY_ENABLED": "false",
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1",
            "USE_TF": "0",
        }


def encoder_of(folder: Path, settings: Settings) -> str:
    """The encoder that a release was made with: its own copy, or the model that the setting names."""
    own = folder / "encoder"
    return str(own) if own.is_dir() else settings.encoder
