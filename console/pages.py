"""Fills the templates: each page in the operator's language, with the form token and safe escaping."""

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.access import FORM_FIELD, form_token, let_in
from console.languages import language_tag, variant_of_request
from console.texts import Texts
from conversations.handover import Waiting
from conversations.transcript import Message
from language.variants import LANGUAGES, OWN_NAMES

TEMPLATES = Path(__file__).parent / "templates"
KNOWN_REASONS = {
    "asked for a person": "console_reason_asked",
    "asked for a person while the bot could not answer": "console_reason_without_bot",
    "screening": "console_reason_screening",
    "asked for a person in danger": "console_reason_in_danger",
    "": "console_reason_none",
}
KNOWN_PAYLOADS = {"/meta.menu": "pressed_menu", "/meta.human": "pressed_human"}
CHOSEN_LANGUAGE = re.compile(r'/meta\.language\{"variant": ?"([\w-]+)"\}')
BRANDS = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


class Pages:
    """The templates with everything that each of them may use."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "languages": [(each, language_tag(each), OWN_NAMES[each]) for each in LANGUAGES],
            "own_names": OWN_NAMES,
            "tag": language_tag,
            "iso": lambda at: at.astimezone(UTC).isoformat(timespec="seconds"),
            "clock": lambda at: at.astimezone(UTC).strftime("%d.%m. %H:%M UTC"),
            "form_field": FORM_FIELD,
            "words": _words,
            "once": partial(token_urlsafe, 12),
        }

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page as a response."""
        response = HTMLResponse(self.part(request, template, **values), status)
        let_in(request, response)
        return response

    def part(self, request: Request, template: str, **values: Any) -> str:
        """A template filled, as text."""
        variant = variant_of_request(request)
        context = {"operator": None, "variant": variant, "path": request.url.path, "form_token": form_token(request)}
        return self._templates.get_template(template).render(t=self.speaker(variant), **context | values)

    def speaker(self, variant: str) -> Any:
        """A function from keys, without their prefix, to texts."""
        return partial(self._text, variant)

    def duration(self, variant: str, since: datetime, now: datetime) -> str:
        """How long ago `since` was, in words."""
        minutes = max(0, int((now - since).total_seconds())) // 60
        hours, days = minutes // 60, minutes // 1440
        if days:
            return self._text(variant, "days", days=days, hours=hours % 24)
        return (
            self._text(variant, "hours", hours=hours, minutes=minutes % 60)
            if hours
            else self._text(variant, "minutes", minutes=minutes)
        )

    def reason(self, variant: str, waiting: Waiting) -> str:
        """Why somebody waits; a reason that we have no words for is shown as it was written."""
        key = KNOWN_REASONS.get(waiting.reason)
        return self._texts.text(key, variant) if key else waiting.reason

    def channel(self, variant: str, channel: str) -> str:
        """The name of a channel."""
        return BRANDS.get(channel) or self._text(variant, channel)

    def _text(self, variant: str, key: str, **values: object) -> str:
        return self._texts.text(f"console_{key}", variant, **values)


def _words(message: Message, speak: Any) -> str:
    """What was said; a button that nobody has shown, such as those of the web page itself, has no title but a name."""
    if message.payload is None or message.text != message.payload:
        return message.text
    if key := KNOWN_PAYLOADS.get(message.payload):
        return str(speak(key))
    chosen = CHOSEN_LANGUAGE.fullmatch(message.payload)
    return OWN_NAMES.get(chosen.group(1), message.text) if chosen else message.text
