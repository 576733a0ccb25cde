"""The operators' console. `python -m console.app` serves it on its own port."""

import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from console import choose_language
from console.access import NotLoggedInError
from console.conversation import ConversationPage
from console.files import Files
from console.guard import Guard
from console.login import Login
from console.measures import Measures
from console.needs import NeedsPage
from console.office import Office
from console.pages import Pages
from console.referral import ReferralForm
from console.referral_list import ReferralList
from console.referral_rows import ReferralRows
from console.referral_words import ReferralWords
from console.steps import Steps
from console.waiting import WaitingPage
from conversations.database import Database, DatabaseUnreachableError, migrate, open_database
from foundation.clock import Clock, utc_now
from foundation.logs import set_up_logs
from foundation.settings import SettingError, Settings, load_settings

STATIC = Path(__file__).parent / "static"
MAX_BODY_BYTES = 64 * 1024
GRACEFUL_SECONDS = 3
SENTENCES = {403: "old_form", 404: "not_found", 413: "answer_too_long"}

log = logging.getLogger(__name__)


def create_console(settings: Settings, database: Database, clock: Clock = utc_now) -> Starlette:
    """The console as an ASGI application; the database's tables are up to date. `app.state.office` has its parts."""
    office = Office.of(settings, database, clock)
    pages = Pages(office.texts)
    words = ReferralWords(office)
    rows = ReferralRows(office, words)
    conversation = ConversationPage(office, pages, rows)

    async def to_login(_request: Request, _error: Exception) -> Response:
        return RedirectResponse("/login", 303)

    async def refuse(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        is_gone = isinstance(error, HTTPException) and error.detail == "gone"
        sentence = "gone" if is_gone else SENTENCES.get(status, "broken")
        return pages.page(request, "refusal.html", status, sentence=sentence)

    def broken(request: Request) -> Response:
        return pages.page(request, "refusal.html", 500, sentence="broken")

    app = Starlette(
        routes=[
            *WaitingPage(office, pages).routes(),
            *conversation.routes(),
            *Files(office).routes(),
            *Steps(office, conversation).routes(),
            *ReferralForm(office, conversation, words).routes(),
            *ReferralList(office, pages, words, rows).routes(),
            *NeedsPage(office, pages).routes(),
            *Login(office, pages).routes(),
            *choose_language.routes(),
            *Measures(office).routes(),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, broken=broken)],
        exception_handlers={NotLoggedInError: to_login, HTTPException: refuse},
        max_body_size=MAX_BODY_BYTES,
    )
    app.state.office = office
    return app


class ConsoleServer(uvicorn.Server):
    """Uvicorn; on the first signal nobody waits for news any more."""

    def __init__(self, config: uvicorn.Config, office: Office) -> None:
        super().__init__(config)
        self._office = office

    def handle_exit(self, sig: int, frame: Any) -> None:
        """On SIGTERM and SIGINT."""
        self._office.stopping.set()
        super().handle_exit(sig, frame)


def server_of(app: Starlette) -> ConsoleServer:
    """The server of a console; give it sockets to listen on."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    return ConsoleServer(config, app.state.office)


def main() -> int:
    """Serve until a signal comes; gives the exit status."""
    set_up_logs("console")
    try:
        settings = load_settings(os.environ)
        listening = _listen(settings.console_host, settings.console_port)
        database = open_database(settings.database_url)
        migrate(database)
        app = create_console(settings, database)
    except (SettingError, DatabaseUnreachableError, OSError, ValueError) as error:
        print(f"console: {error}", file=sys.stderr)
        return 1
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, _nothing_more)
    host, port = listening.getsockname()[:2]
    log.info("listening on http://%s:%s", host, port)
    server = server_of(app)
    server.run(sockets=[listening])
    database.close()
    return 0 if server.started else 1


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = f"{host}:{port} cannot be used ({error.strerror})"
        raise SettingError(f"{reason}: set SAFAR_CONSOLE_HOST or SAFAR_CONSOLE_PORT") from error
    return listening


def _nothing_more(_signal: int, _frame: Any) -> None:
    """Uvicorn sends itself the signal again when it has ended; by then everything is done."""


if __name__ == "__main__":
    sys.exit(main())
