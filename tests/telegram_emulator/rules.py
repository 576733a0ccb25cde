"""The documented rules of the Bot API: what breaks one is answered as Telegram does, and noted as a violation.

Rules: https://core.telegram.org/bots/api; the words of the answers are those of the public server.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.telegram_emulator.formatting import FormattingError, plain

MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_PHOTO_BYTES = 10_000_000
MAX_FILE_BYTES = 50_000_000
MAX_DELETED = 100
CHAT_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class ApiError(Exception):
    """An answer with ok=false; `is_violation` when a documented rule was broken, and not just something happened."""

    def __init__(self, status: int, words: str, is_violation: bool = False, **parameters: int) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.is_violation = is_violation
        self.parameters = parameters


def broken(words: str) -> ApiError:
    """A rule was broken."""
    return ApiError(400, f"Bad Request: {words}", is_violation=True)


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(parameters: Mapping[str, Any], name: str = "text", most: int = MAX_TEXT_UNITS) -> str:
    """The text after its formatting is taken out; raises `ApiError`."""
    try:
        text = plain(str(parameters.get(name, "")), str(parameters.get("parse_mode", "")))
    except FormattingError as error:
        raise broken(f"can't parse entities: {error}") from None
    if name == "text" and not text.strip():
        raise broken("message text is empty")
    if utf16_units(text) > most:
        raise broken("message is too long" if name == "text" else "message caption is too long")
    return text.strip()


def check_keyboard(parameters: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """The inline keyboard of a message; raises `ApiError`."""
    markup = _json(parameters.get("reply_markup"), "reply markup", {})
    if not isinstance(markup, dict):
        raise broken("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise broken('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        _check_button(button)
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        raise broken("reply markup is too long")
    return [row for row in rows if row]


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise broken("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise broken("can't parse inline keyboard button: Can't find field \"text\"")
    data = button.get("callback_data")
    if not data and "url" not in button:
        raise broken("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data and not 1 <= len(str(data).encode()) <= MAX_CALLBACK_BYTES:
        raise broken("BUTTON_DATA_INVALID")


def check_file(content: bytes, is_photo: bool) -> None:
    """A file that is sent; raises `ApiError`."""
    if not content:
        raise broken("file must be non-empty")
    if is_photo and len(content) > MAX_PHOTO_BYTES:
        raise broken(f"file of size {len(content)} bytes is too big for a photo; the maximum size is 10485760 bytes")
    if len(content) > MAX_FILE_BYTES:
        raise ApiError(413, "Request Entity Too Large", is_violation=True)
    if is_photo and not content.startswith(PICTURES):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")


def check_message_ids(parameters: Mapping[str, Any]) -> list[int]:
    """The ids of `deleteMessages`; raises `ApiError`."""
    given = _json(parameters.get("message_ids"), "message_ids", [])
    if not isinstance(given, list):
        raise broken("expected an Array of message identifiers")
    if not given:
        raise broken("message identifiers are not specified")
    if len(given) > MAX_DELETED:
        raise broken("too many message identifiers specified")
    if not all(isinstance(each, int) and 0 < each < 2**31 for each in given):
        raise broken("invalid message identifier specified")
    return given


def check_commands(parameters: Mapping[str, Any]) -> tuple[str, list[dict[str, str]]]:
    """The language and commands of `setMyCommands`; raises `ApiError`."""
    code = str(parameters.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise broken("invalid language code specified")
    commands = _json(parameters.get("commands"), "commands", [])
    if not isinstance(commands, list) or not 1 <= len(commands) <= 100:
        raise broken("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not _COMMAND.fullmatch(str(each.get("command", ""))):
            raise broken("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description", ""))) <= 256:
            raise broken("BOT_COMMAND_DESCRIPTION_INVALID")
    return code, commands


def check_action(parameters: Mapping[str, Any]) -> str:
    """The sign of `sendChatAction`; raises `ApiError`."""
    action = str(parameters.get("action", ""))
    if action not in CHAT_ACTIONS:
        raise broken("wrong parameter action in request")
    return action


def check_webhook(parameters: Mapping[str, Any]) -> tuple[str, str]:
    """Address and secret of `setWebhook`; raises `ApiError`."""
    url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
    if url and not url.startswith("https://"):
        raise broken("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise broken("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise broken("secret token contains unallowed characters")
    return url, secret


def check_updates(parameters: Mapping[str, Any]) -> list[str] | None:
    """The kinds of update that are asked for; None keeps those of before. Raises `ApiError`."""
    kinds = _json(parameters.get("allowed_updates"), "allowed_updates", None)
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(each, str) for each in kinds)):
        raise broken("expected an Array of String as allowed updates")
    return kinds


def _json(value: Any, name: str, absent: Any) -> Any:
    if value is None or value == "":
        return absent
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise broken(f"can't parse {name} JSON object") from None
