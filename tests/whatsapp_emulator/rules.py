"""The documented rules of the Cloud API for what a client sends; a breach is answered in the platform's words.

Schemas: https://github.com/facebook/openapi, codes: the page support/error-codes. Lengths are counted in UTF-16 units.
"""

import re
from collections.abc import Container, Mapping
from typing import Any

VERSIONS = ("v22.0", "v23.0", "v24.0", "v25.0", "v26.0")
NUMBER = re.compile(r"\+?[0-9]{5,20}")
SCOPED_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
IMAGE_TYPES = {"image/jpeg": 5 * 2**20, "image/png": 5 * 2**20}
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENT_TYPES = dict.fromkeys(
    (
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        OFFICE + "wordprocessingml.document",
        OFFICE + "spreadsheetml.sheet",
        OFFICE + "presentationml.presentation",
    ),
    100 * 2**20,
)
MEDIA_TYPES = IMAGE_TYPES | DOCUMENT_TYPES
TEMPLATE_LANGUAGES = frozenset({"en", "en_GB", "en_US", "kk", "ky_KG", "ru", "tr", "uk", "uz"})
"""Those of https://developers.facebook.com/docs/whatsapp/api/messages/message-templates that matter here: no Tajik."""
WORDS = {
    0: "Authentication error",
    1: "API Unknown",
    2: "API Service",
    4: "Application request limit reached",
    100: "Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    368: "Temporarily blocked for policies violations",
    2500: "Unknown path components",
    80007: "Rate limit issues",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131026: "Message undeliverable",
    131031: "Account has been locked",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131051: "Unsupported message type",
    131053: "Media upload error",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
}


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, code: int, details: str, status: int = 400) -> None:
        super().__init__(f"(#{code}) {WORDS.get(code, 'Error')}: {details}")
        self.code = code
        self.details = details
        self.status = status

    def body(self) -> dict[str, Any]:
        """The answer as the platform gives it."""
        error = {
            "message": f"(#{self.code}) {WORDS.get(self.code, 'Error')}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "AbCdEfGhIjKlMnOpQrStUv",
        }
        return {"error": error}


def check_message(body: Any) -> None:
    """A call to /messages that sends something."""
    fields = _object(body, "message")
    kind = fields.get("type", "text")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise Refusal(131051, f"Message type {kind!r} is not supported.")
    _only(fields, {"messaging_product", "recipient_type", "to", "recipient", "type", "context", kind}, "message")
    _product(fields)
    if fields.get("recipient_type", "individual") != "individual":
        raise Refusal(131009, "recipient_type must be individual.")
    _recipient(fields)
    check(_object(fields.get(kind), kind))


def check_read(body: Mapping[str, Any], known_ids: Container[str]) -> None:
    """A call to /messages that marks as read."""
    _only(body, {"messaging_product", "status", "message_id", "typing_indicator"}, "message")
    _product(body)
    if body.get("status") != "read":
        raise Refusal(100, "status must be read.")
    if body.get("typing_indicator", {"type": "text"}) != {"type": "text"}:
        raise Refusal(131009, "typing_indicator.type must be text.")
    if body.get("message_id") not in known_ids:
        raise Refusal(131009, "message_id is not that of a received message.")


def check_media(media_type: str, size_bytes: int) -> None:
    """A call to /media."""
    if media_type not in MEDIA_TYPES:
        raise Refusal(100, f"Param file must be a file with one of the supported types; received {media_type}.")
    if not 0 < size_bytes <= MEDIA_TYPES[media_type]:
        raise Refusal(131053, f"File of {size_bytes} bytes is too large or empty for {media_type}.")


def recipient_of(body: Mapping[str, Any]) -> str:
    """Whom a message is for; a phone number stands above an id."""
    return str(body.get("to") or body.get("recipient")).removeprefix("+")


def _product(fields: Mapping[str, Any]) -> None:
    if fields.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")


def _recipient(fields: Mapping[str, Any]) -> None:
    number, scoped = fields.get("to"), fields.get("recipient")
    if number is None and scoped is None:
        raise Refusal(100, "The parameter to is required.")
    if number is not None and not (isinstance(number, str) and NUMBER.fullmatch(number)):
        raise Refusal(131009, "to is not a phone number.")
    if scoped is not None and not (isinstance(scoped, str) and SCOPED_ID.fullmatch(scoped)):
        raise Refusal(131009, "recipient is not a business-scoped user ID.")


def _text(text: Mapping[str, Any]) -> None:
    _only(text, {"body", "preview_url"}, "text")
    _length(text.get("body"), "text.body", 4096)
    if not isinstance(text.get("preview_url", False), bool):
        raise Refusal(100, "text.preview_url must be a boolean.")


def _image(image: Mapping[str, Any]) -> None:
    _only(image, {"id", "link", "caption"}, "image")
    _media_source(image, "image")


def _document(document: Mapping[str, Any]) -> None:
    _only(document, {"id", "link", "caption", "filename"}, "document")
    _media_source(document, "document")
    if "filename" in document:
        _length(document["filename"], "document.filename", 240)


def _media_source(media: Mapping[str, Any], where: str) -> None:
    if ("id" in media) == ("link" in media):
        raise Refusal(100, f"{where} needs either id or link.")
    if "caption" in media:
        _length(media["caption"], f"{where}.caption", 1024)


def _interactive(interactive: Mapping[str, Any]) -> None:
    _only(interactive, {"type", "header", "body", "footer", "action"}, "interactive")
    _length(_object(interactive.get("body"), "interactive.body").get("text"), "interactive.body.text", 1024)
    if "footer" in interactive:
        _length(_object(interactive["footer"], "interactive.footer").get("text"), "interactive.footer.text", 60)
    action = _object(interactive.get("action"), "interactive.action")
    if interactive.get("type") == "button":
        _buttons(action)
    elif interactive.get("type") == "list":
        _list(action)
    else:
        raise Refusal(131009, f"interactive.type {interactive.get('type')!r} is not known.")


def _buttons(action: Mapping[str, Any]) -> None:
    _only(action, {"buttons"}, "interactive.action")
    buttons = _array(action.get("buttons"), "interactive.action.buttons", 3)
    replies = []
    for button in buttons:
        _only(_object(button, "button"), {"type", "reply"}, "button")
        if button.get("type") != "reply":
            raise Refusal(131009, "Button type must be reply.")
        reply = _object(button.get("reply"), "button.reply")
        _only(reply, {"id", "title"}, "button.reply")
        _length(reply.get("id"), "Button id", 256)
        _length(reply.get("title"), "Button title", 20)
        replies.append(reply)
    _unlike([reply["id"] for reply in replies], "Button ids")
    _unlike([reply["title"] for reply in replies], "Button titles")


def _list(action: Mapping[str, Any]) -> None:
    _only(action, {"button", "sections"}, "interactive.action")
    _length(action.get("button"), "interactive.action.button", 20)
    sections = _array(action.get("sections"), "interactive.action.sections", 10)
    rows: list[Any] = []
    for section in sections:
        _only(_object(section, "section"), {"title", "rows"}, "section")
        if "title" in section or len(sections) > 1:
            _length(section.get("title"), "Section title", 24)
        rows += _array(section.get("rows"), "section.rows", 10)
    if len(rows) > 10:
        raise Refusal(131009, f"Total row count exceed max allowed count: 10, actual count: {len(rows)}.")
    for row in rows:
        _only(_object(row, "row"), {"id", "title", "description"}, "row")
        _length(row.get("id"), "Row id", 200)
        _length(row.get("title"), "Row title", 24)
        if "description" in row:
            _length(row["description"], "Row description", 72)
    _unlike([row["id"] for row in rows], "Row ids")


def _template(template: Mapping[str, Any]) -> None:
    _only(template, {"name", "language", "components"}, "template")
    if not isinstance(template.get("name"), str) or not re.fullmatch(r"[a-z0-9_]{1,512}", template["name"]):
        raise Refusal(131008, "template.name is required.")
    language = _object(template.get("language"), "template.language")
    _only(language, {"code", "policy"}, "template.language")
    if language.get("code") not in TEMPLATE_LANGUAGES:
        raise Refusal(131009, f"{language.get('code')!r} is no language of templates.")
    for component in template.get("components", []):
        _only(_object(component, "component"), {"type", "sub_type", "index", "parameters"}, "component")
        if (component.get("type"), component.get("sub_type")) != ("button", "quick_reply"):
            raise Refusal(132000, "Only a quick reply button is expected.")
        for parameter in _array(component.get("parameters"), "component.parameters", 1):
            _only(_object(parameter, "parameter"), {"type", "payload"}, "parameter")
            _length(parameter.get("payload"), "payload", 128)


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refusal(131008, f"{where} must be an object.")
    return value


def _array(value: Any, where: str, most: int) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise Refusal(131009, f"{where}: min items 1, max items {most}.")
    return value


def _only(fields: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(fields) - known):
        raise Refusal(100, f"Unexpected key {unknown[0]!r} on param {where}.")


def _length(value: Any, where: str, most: int) -> None:
    if not isinstance(value, str):
        raise Refusal(131008, f"{where} is required.")
    length = len(value.encode("utf-16-le")) // 2
    if not value.strip() or length > most:
        raise Refusal(131009, f"{where} length invalid. Min length: 1, Max length: {most}, actual: {length}.")


def _unlike(values: list[str], where: str) -> None:
    if len(set(values)) < len(values):
        raise Refusal(131009, f"{where} must be unique.")


_CHECKS = {
    "text": _text,
    "interactive": _interactive,
    "image": _image,
    "document": _document,
    "template": _template,
}
