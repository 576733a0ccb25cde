"""The chat on other sites: the script of one line with its texts, and who may put the page into a frame."""

import json
from collections.abc import Sequence
from pathlib import Path

from starlette.responses import Response

from bot.channels.web.texts import language_tag, texts_of
from language.wording import Wording

PATH = "/chat/embed.js"
FOLDER = Path(__file__).parent / "embed"
PREFIX = "embed_"
HEADERS = {
    "cache-control": "public, max-age=300",
    "cross-origin-resource-policy": "cross-origin",  # a site that isolates itself may load it too
}


def frame_ancestors(origins: Sequence[str]) -> str:
    """Who may frame the page, as a directive of the content security policy; nobody unless the host says so."""
    return "frame-ancestors " + (" ".join(origins) or "'none'")


def embed_script(wording: Wording, languages: Sequence[str], origins: Sequence[str]) -> Response:
    """The script with all its texts, so that a site need let it ask for nothing."""
    given = {
        "origins": list(origins),
        "fallback": languages[0],
        "style": (FOLDER / "button.css").read_text("utf-8"),
        "texts": {each: {"lang": language_tag(each), "texts": texts_of(wording, PREFIX, each)} for each in languages},
    }
    function = (FOLDER / "button.js").read_text("utf-8").strip()
    comment, _, expression = function.partition("(given) =>")
    script = f"{comment}((given) =>{expression})({json.dumps(given)});\n"
    return Response(script, 200, HEADERS, "text/javascript; charset=utf-8")
