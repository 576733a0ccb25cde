"""The page on which an operator logs in, and the way out."""

import math

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import SESSION_COOKIE, operator_of, read_form, set_cookie, text_of
from console.office import Office
from console.pages import Pages
from conversations.operators import SESSION_HOURS

MAX_FIELD_CHARS = 1000
# Checking a password takes 64 MB: not more than two at once, whoever asks.
CHECKED_AT_ONCE = 2


class Login:
    """Routes of logging in and out."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages
        self._room = anyio.Semaphore(CHECKED_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Login and logout."""
        return [
            Route("/login", self.show, methods=["GET"]),
            Route("/login", self.log_in, methods=["POST"]),
            Route("/logout", self.log_out, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The form; who is logged in already goes on to the list."""
        if await operator_of(self._office, request):
            return RedirectResponse("/", 303)
        return self._form(request)

    async def log_in(self, request: Request) -> Response:
        """Open a session, or say why not; the same words for a wrong name and a wrong password."""
        form = await read_form(request)
        name, password = text_of(form, "name")[:MAX_FIELD_CHARS].strip(), text_of(form, "password")[:MAX_FIELD_CHARS]
        wait = self._office.attempts.begin(name)
        if wait:
            minutes = math.ceil(wait.total_seconds() / 60)
            response = self._form(request, 429, "login_wait", name, minutes=minutes)
            response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
            return response
        async with self._room:
            is_right = await run_in_threadpool(self._office.operators.verify, name, password)
        if not is_right:
            return self._form(request, 403, "login_failed", name)
        self._office.attempts.succeeded(name)
        token = await run_in_threadpool(self._office.operators.open_session, name, self._office.clock())
        response = RedirectResponse("/", 303)
        set_cookie(request, response, SESSION_COOKIE, token, SESSION_HOURS * 3600)
        return response

    async def log_out(self, request: Request) -> Response:
        """End the session, here and in the database."""
        await read_form(request)
        token = request.cookies.get(SESSION_COOKIE, "")
        await run_in_threadpool(self._office.operators.end_session, token)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
        return response

    def _form(self, request: Request, status: int = 200, error: str = "", name: str = "", **values: int) -> Response:
        return self._pages.page(request, "login.html", status, error=error, values=values, name=name)
