"""The small form with which an operator chooses the language of the pages."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, set_cookie, text_of
from console.languages import COOKIE, COOKIE_SECONDS
from language.variants import LANGUAGES


def routes() -> list[BaseRoute]:
    """The one route."""
    return [Route("/language", choose_language, methods=["POST"])]


async def choose_language(request: Request) -> Response:
    """Keep the choice in a cookie and go back to the page."""
    form = await read_form(request)
    response = RedirectResponse(_inner(text_of(form, "back")), 303)
    if (variant := text_of(form, "variant")) in LANGUAGES:
        set_cookie(request, response, COOKIE, variant, COOKIE_SECONDS)
    return response


def _inner(path: str) -> str:
    """A path of this console; never another site's address."""
    is_inner = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_inner else "/"
