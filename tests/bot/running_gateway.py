"""The gateway on a real socket: in a thread of the test, or as a process of its own that can be killed."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.gateway import GatewayServer, create_gateway, server_of
from foundation.clock import Clock, utc_now
from foundation.settings import load_settings
from language.identify import Identifier

ROOT = Path(__file__).parents[2]


@dataclass
class GatewayThread:
    """The ASGI application of the gateway, served by uvicorn in a thread."""

    environ: Mapping[str, str]
    identifier: Identifier
    clock: Clock = utc_now
    url: str = ""
    app: Any = None
    server: GatewayServer | None = None
    thread: threading.Thread | None = None

    def start(self) -> "GatewayThread":
        """Serve; returns when requests are answered."""
        self.app = create_gateway(load_settings(self.environ), self.identifier, self.clock)
        listening = socket.create_server(("127.0.0.1", 0))
        self.server = server_of(self.app)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        return self

    def stop(self) -> float:
        """Stop as on a signal; gives the seconds that it took."""
        assert self.server and self.thread
        began = time.monotonic()
        self.server.handle_exit(15, None)
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - began


@dataclass
class GatewayProcess:
    """`python -m bot.gateway` on a port that stays the same over restarts."""

    environ: Mapping[str, str]
    port: int
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start; returns when /health answers."""
        environ = {**os.environ, **self.environ, "SAFAR_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.gateway"], cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True
        )
        end = time.monotonic() + 30
        while True:
            assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
            try:
                if httpx.get(f"{self.url}/health", trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                assert time.monotonic() < end
                time.sleep(0.05)

    def kill(self) -> None:
        """kill -9; nothing where it has ended before."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process and self.process.stderr:
            self.process.stderr.close()

    def terminate(self) -> tuple[int, float, str]:
        """SIGTERM; gives exit status, seconds, and what it has logged."""
        assert self.process
        began = time.monotonic()
        self.process.terminate()
        _, logged = self.process.communicate(timeout=15)
        return self.process.returncode, time.monotonic() - began, logged
