"""The texts of the chat page in one language, and how each language greets: GET /chat/api/texts?variant=tg."""

from collections.abc import Sequence
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foundation.settings import PROJECT
from language.variants import LANGUAGES, OWN_NAMES
from language.wording import Wording

PATH = "/chat/api/texts"
PREFIX = "page_"


def texts_route(wording: Wording, languages: Sequence[str] = LANGUAGES) -> Route:
    """The route that gives the page its texts; `languages` are the variants offered, the first is the fall-back."""

    async def texts(request: Request) -> Response:
        asked = request.query_params.get("variant", "")
        variant = asked if asked in languages else _preferred(request.headers.get("accept-language", ""), languages)
        return JSONResponse(await run_in_threadpool(page_texts, wording, variant, languages))

    return Route(PATH, texts, methods=["GET"])


def page_texts(wording: Wording, variant: str, languages: Sequence[str]) -> dict[str, object]:
    """What the page needs to speak `variant`: all its texts by key, and name and greeting of every language.

    A text that `wording` lacks is the program's: content and releases may be older than the page.
    """
    own, program = frozenset(wording.keys()), _program_wording()
    keys = [key for key in program.keys() if key.startswith(PREFIX)]  # noqa: SIM118

    def text(key: str, language: str) -> str:
        return (wording if key in own else program).text(key, language)

    return {
        "variant": variant,
        "lang": language_tag(variant),
        "texts": {key.removeprefix(PREFIX): text(key, variant) for key in keys},
        "languages": [
            {
                "variant": each,
                "lang": language_tag(each),
                "name": OWN_NAMES[each],
                "greeting": text("page_invitation", each),
            }
            for each in languages
        ],
    }


@lru_cache(maxsize=1)
def _program_wording() -> Wording:
    return Wording.load(PROJECT / "data" / "responses")


def language_tag(variant: str) -> str:
    """The tag for `lang` attributes (BCP 47): only Uzbek needs its script."""
    return "uz-Latn" if variant == "uz" else variant


def _preferred(accepted: str, languages: Sequence[str]) -> str:
    """The first language of an Accept-Language header that we offer; browsers list them best first."""
    for part in accepted.split(","):
        tag = part.partition(";")[0].strip().lower()
        variant = "uz-Cyrl" if tag.startswith("uz-cyrl") else tag.partition("-")[0]
        if variant in languages:
            return variant
    return languages[0]
