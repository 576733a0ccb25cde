"""Who is asking: the session cookie, and the token that every form has to carry."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.office import Office

SESSION_COOKIE = "safar_console"
VISITOR_COOKIE = "safar_visitor"
FORM_FIELD = "form_token"


class NotLoggedInError(Exception):
    """This page is for operators, and nobody is logged in."""


async def operator_of(office: Office, request: Request) -> str | None:
    """The name of the operator whose session cookie this is, or None."""
    token = request.cookies.get(SESSION_COOKIE)
    return await run_in_threadpool(office.operators.by_session, token, office.clock()) if token else None


async def require_operator(office: Office, request: Request) -> str:
    """As `operator_of`, but raises `NotLoggedInError`."""
    operator = await operator_of(office, request)
    if operator is None:
        raise NotLoggedInError
    return operator


async def read_form(request: Request) -> FormData:
    """The fields of a form that one of our pages has shown to this browser; raises HTTP 403 for any other."""
    form = await request.form(max_files=0)
    sent, key = form.get(FORM_FIELD), _key(request)
    is_ours = key is not None and isinstance(sent, str) and hmac.compare_digest(sent.encode(), _token(key).encode())
    if not is_ours or not _is_same_origin(request):
        raise HTTPException(403)
    return form


def form_token(request: Request) -> str:
    """The token for the forms of a page; needs `let_in` on the response when the browser has no cookie yet."""
    if _key(request) is None and not hasattr(request.state, "visitor"):
        request.state.visitor = secrets.token_urlsafe(32)
    return _token(_key(request) or request.state.visitor)


def let_in(request: Request, response: Response) -> None:
    """Give a browser without any cookie of ours the one that its forms are bound to."""
    if hasattr(request.state, "visitor"):
        set_cookie(request, response, VISITOR_COOKIE, request.state.visitor)


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie that no script reads and no other site's request carries."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=is_secure)


def text_of(form: FormData, name: str) -> str:
    """A field as text; empty when it is absent."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _key(request: Request) -> str | None:
    return request.cookies.get(SESSION_COOKIE) or request.cookies.get(VISITOR_COOKIE)


def _token(key: str) -> str:
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()


def _is_same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
