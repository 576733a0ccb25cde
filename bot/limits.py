"""What a message may be: lengths, characters, payloads, and how many of them a minute."""

import re
import unicodedata
from datetime import timedelta

from bot.channels.channel import RefusedMessageError

MAX_TEXT_CHARS = 4_096
MAX_PAYLOAD_CHARS = 500
MAX_ID_CHARS = 128
MAX_BODY_BYTES = 64 * 1024
WINDOW = timedelta(minutes=1)
# So many times the limit per minute are still stored and counted in the notice; more are turned away at the door.
STORED_BEYOND_LIMIT = 10
# A burst is over when nothing more has come for so long: then its one notice is written.
BURST_PAUSE = timedelta(seconds=2)

BACK_TO_BOT = "back_to_bot"
QUICK_EXIT = "quick_exit"
READ_HELD = "read_held"
"""What the button sends under a messenger's invitation to read what was held back."""
STOP_REMINDERS = "/stop_reminders"
UNREADABLE = "unreadable."
"""Stands before the kind of a message that is no text; only the gateway itself writes such a payload."""
_PAYLOAD = re.compile(r"/[a-z_]+(\.[a-z_]+)?(\{.*\})?", re.DOTALL)
_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """The text without what no database and no eye can hold: control characters, halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc").strip()


def check_id(message_id: object) -> str:
    """The id of a message; raises `RefusedMessageError`."""
    is_text = isinstance(message_id, str) and 0 < len(message_id) <= MAX_ID_CHARS
    if not is_text or clean(str(message_id)) != message_id:
        raise RefusedMessageError("bad_id", f"“id” must be a text of 1 to {MAX_ID_CHARS} visible characters.", 422)
    return str(message_id)


def check_payload(payload: str) -> str:
    """What a button sends; raises `RefusedMessageError` for what no button of ours can send."""
    is_known = payload in (BACK_TO_BOT, QUICK_EXIT, READ_HELD) or _PAYLOAD.fullmatch(payload)
    if not is_known or len(payload) > MAX_PAYLOAD_CHARS or clean(payload) != payload:
        raise RefusedMessageError("bad_payload", "No button sends this “payload”.", 422)
    return payload
