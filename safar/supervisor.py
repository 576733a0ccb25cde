"""Starts and watches everything: gateway, console and the engine of the live release, and switches releases."""

import asyncio
import os
import signal
import time
from collections.abc import Coroutine
from typing import Any

import httpx

from foundation.settings import PROJECT, Settings
from publishing.release import Releases
from safar.child import Command, Write
from safar.engine_pair import EngineNotReadyError, EnginePair
from safar.keeper import Keeper

LOOK_EVERY_SECONDS = 0.5
GATEWAY_READY_SECONDS = 60.0
STOP_SECONDS = 5.0


class NotReadyError(Exception):
    """Something did not become ready; the message says what."""


class Supervisor:
    """Runs until `stop` is asked for (SIGINT, SIGTERM); then stops all children within ten seconds."""

    def __init__(self, settings: Settings, write: Write) -> None:
        self._settings = settings
        self._write = write
        self._releases = Releases(settings.home)
        self._stop = asyncio.Event()
        self._live: EnginePair | None = None
        self._warm: dict[str, tuple[EnginePair, float]] = {}
        self._refused: set[str] = set()
        self._front = [Keeper(self._front_command(name), write) for name in ("gateway", "console")]

    async def run(self) -> None:
        """Start all, print the addresses, watch for another live release, stop all."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._until_stopped(self._start())
            while not self._stop.is_set():
                await self._follow_live_release()
                await self._rest(LOOK_EVERY_SECONDS)
        finally:
            await self._stop_all()

    async def _start(self) -> None:
        (self._settings.home / "run" / "engine.json").unlink(missing_ok=True)
        for keeper in self._front:
            keeper.start()
        release = self._releases.live()
        assert release is not None, "the caller trains and promotes first"
        self._write("safar", f"starting the engine of release {release}")
        await self._switch_to(release)
        await self._await_gateway()
        self._write("safar", f"ready. Chat: {self._address('chat')}   Console: {self._console_address()}")

    async def _until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        working, stopping = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            return
        await working

    async def _follow_live_release(self) -> None:
        await self._stop_cold_engines()
        wanted = self._releases.live()
        if self._live is None or wanted in (None, self._live.release, *self._refused):
            return
        assert wanted is not None
        self._write("safar", f"switching from release {self._live.release} to {wanted}")
        try:
            await self._switch_to(wanted)
        except EngineNotReadyError as error:
            self._refused.add(wanted)
            self._write("safar", f"{error} Release {self._live.release} stays live.")
            return
        self._write("safar", f"release {wanted} is live")

    async def _switch_to(self, release: str) -> None:
        warm = self._warm.pop(release, None)
        pair = warm[0] if warm else EnginePair(release, self._settings, self._write)
        if not warm:
            try:
                await pair.start()
            except BaseException:
                await pair.stop()
                raise
        if self._live:
            keep_until = time.monotonic() + self._settings.keep_old_engine_seconds
            self._warm[self._live.release] = (self._live, keep_until)
        self._live = pair
        pair.publish()

    async def _stop_cold_engines(self) -> None:
        for release, (pair, keep_until) in list(self._warm.items()):
            if time.monotonic() > keep_until:
                del self._warm[release]
                await pair.stop()

    async def _await_gateway(self) -> None:
        deadline = time.monotonic() + GATEWAY_READY_SECONDS
        missing = "the gateway does not answer"
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            while time.monotonic() < deadline:
                try:
                    response = await client.get(self._address("ready"))
                    if response.status_code == 200:
                        return
                    missing = response.text
                except httpx.HTTPError as error:
                    missing = f"the gateway does not answer ({type(error).__name__})"
                await asyncio.sleep(0.2)
        raise NotReadyError(f"Safar did not become ready: {missing}")

    async def _stop_all(self) -> None:
        self._write("safar", "stopping")
        await asyncio.gather(*(keeper.stop(STOP_SECONDS) for keeper in self._front))
        pairs = [pair for pair, _ in self._warm.values()] + ([self._live] if self._live else [])
        await asyncio.gather(*(pair.stop() for pair in pairs))
        self._write("safar", "stopped")

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def _front_command(self, name: str) -> Command:
        module = {"gateway": "bot.gateway", "console": "console.app"}[name]
        environment = {
            "SAFAR_HOME": str(self._settings.home),
            "SAFAR_CONTENT": str(self._settings.content),
            "SAFAR_PORT": str(self._settings.port),
            "SAFAR_CONSOLE_PORT": str(self._settings.console_port),
            "SAFAR_DATABASE_URL": self._settings.database_url,
        }
        environment = {key: value for key, value in environment.items() if os.environ.get(f"{key}_FILE") is None}
        return Command(name, [module], environment, PROJECT)

    def _address(self, path: str) -> str:
        host = "127.0.0.1" if self._settings.host == "0.0.0.0" else self._settings.host
        return f"http://{host}:{self._settings.port}/{path}"

    def _console_address(self) -> str:
        return f"http://{self._settings.console_host}:{self._settings.console_port}/"
