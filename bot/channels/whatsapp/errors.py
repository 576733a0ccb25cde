"""The platform's error codes: what each means to us, and whether a later attempt can succeed.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.whatsapp.limits import PAIR_PAUSE_SECONDS


@dataclass(frozen=True)
class Fault:
    """Why a message was not taken. `pause_seconds` before the next attempt; `advice` is for the host's log."""

    reason: str
    is_retryable: bool
    pause_seconds: float | None = None
    advice: str = ""


_HOST_PAUSE_SECONDS = 300.0
_THROTTLED = Fault("throttled", True, 5.0)
_SERVER = Fault("server_error", True)
_BAD_REQUEST = Fault("bad_request", False)
_UNDELIVERABLE = Fault("undeliverable", False)
_TEMPLATE = Fault("template", False)
_MEDIA = Fault("media", False)
_TOKEN = Fault(
    "token_refused", True, _HOST_PAUSE_SECONDS, "Make a new token of the system user and set SAFAR_WHATSAPP_TOKEN."
)
_PERMISSION = Fault(
    "no_permission",
    True,
    _HOST_PAUSE_SECONDS,
    "Give the system user whatsapp_business_messaging on this account, and check SAFAR_WHATSAPP_PHONE_NUMBER_ID.",
)
_LOCKED = Fault("account_locked", False, None, "Meta has restricted the account: see Account Quality in its manager.")
_NUMBER = Fault(
    "number_not_ready", True, _HOST_PAUSE_SECONDS, "Register the phone number again in the WhatsApp Manager."
)
_PAYMENT = Fault("payment", True, _HOST_PAUSE_SECONDS, "Check the means of payment in the WhatsApp Manager.")

FAULTS: Mapping[int, Fault] = {
    0: _TOKEN,
    190: _TOKEN,
    3: _PERMISSION,
    10: _PERMISSION,
    131005: _PERMISSION,
    # Throttling: the app, the account, the number, too much marked as spam, one person.
    4: Fault("throttled", True, 60.0),
    80007: Fault("throttled", True, 300.0),
    130429: _THROTTLED,
    131048: Fault("throttled", True, 1800.0, "Too many messages were reported as spam: see the number's quality."),
    131056: Fault("throttled", True, PAIR_PAUSE_SECONDS),
    133016: Fault("throttled", True, _HOST_PAUSE_SECONDS),
    # Integrity.
    368: _LOCKED,
    131031: _LOCKED,
    130497: Fault("country_restricted", False, None, "The account may not write to people of this country."),
    # The platform's own trouble.
    1: _SERVER,
    2: _SERVER,
    131000: _SERVER,
    131016: _SERVER,
    131057: Fault("server_error", True, 60.0),
    133004: _SERVER,
    # The person.
    131021: Fault("recipient_is_sender", False),
    131026: _UNDELIVERABLE,
    131030: Fault("not_allowed", False, None, "The number is a test number: add the person to its list."),
    131047: Fault("outside_window", False),
    131043: Fault("expired", False),
    131049: _UNDELIVERABLE,
    131050: _UNDELIVERABLE,
    130472: _UNDELIVERABLE,
    131062: _UNDELIVERABLE,
    137000: _UNDELIVERABLE,
    # What was sent.
    33: _BAD_REQUEST,
    100: _BAD_REQUEST,
    131008: _BAD_REQUEST,
    131009: _BAD_REQUEST,
    135000: _BAD_REQUEST,
    131051: Fault("unsupported", False),
    131052: _MEDIA,
    131053: _MEDIA,
    131063: _TEMPLATE,
    131064: _TEMPLATE,
    # What the host has to put in order.
    131037: Fault("no_display_name", True, _HOST_PAUSE_SECONDS, "Have the display name of the number approved."),
    131042: _PAYMENT,
    131044: _PAYMENT,
    131045: _NUMBER,
}
_RANGES = ((range(200, 300), _PERMISSION), (range(132000, 133000), _TEMPLATE), (range(133000, 134000), _NUMBER))


def fault_of(status: int, code: int | None) -> Fault:
    """What an answer with this HTTP status and error code means; an unknown code is judged by the status."""
    known = _known(code)
    if known is not None:
        return known
    if status == 429:
        return _THROTTLED
    if status >= 500:
        return _SERVER
    if status == 401:
        return _TOKEN
    return Fault(f"refused_{code}" if code is not None else f"refused_http_{status}", False)


def reason_of(code: int | None) -> str:
    """The reason for a message that failed after it was taken."""
    known = _known(code)
    return known.reason if known else f"refused_{code}"


def _known(code: int | None) -> Fault | None:
    if code is None:
        return None
    return FAULTS.get(code) or next((fault for codes, fault in _RANGES if code in codes), None)
