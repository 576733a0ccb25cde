"""In which language an operator reads the pages: the chosen one, else the browser's, else Russian."""

from starlette.requests import Request

from language.variants import LANGUAGES

COOKIE = "safar_language"
COOKIE_SECONDS = 365 * 24 * 3600
FALLBACK = "ru"


def variant_of_request(request: Request) -> str:
    """The variant of this request's operator."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else _preferred(request.headers.get("accept-language", ""))


def language_tag(variant: str) -> str:
    """The tag for `lang` attributes (BCP 47): only Uzbek needs its script."""
    return "uz-Latn" if variant == "uz" else variant


def _preferred(accepted: str) -> str:
    for part in accepted.split(","):
        tag = part.partition(";")[0].strip().lower()
        variant = "uz-Cyrl" if tag.startswith("uz-cyrl") else tag.partition("-")[0]
        if variant in LANGUAGES:
            return variant
    return FALLBACK
