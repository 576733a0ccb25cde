"""Where a person is on WhatsApp: a phone number, or, when it is hidden behind a username, an id for us alone.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
"""

import re

_NUMBER = re.compile(r"[0-9]{5,20}")
_SCOPED = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def address_of(*candidates: object) -> str | None:
    """The first of these that is an address; a plus before a number is left out."""
    for candidate in candidates:
        if isinstance(candidate, str):
            address = candidate.strip().removeprefix("+")
            if _NUMBER.fullmatch(address) or _SCOPED.fullmatch(address):
                return address
    return None


def address_fields(address: str) -> dict[str, str]:
    """The fields that name the person in a message to them: `to` for a number, `recipient` for an id."""
    return {"recipient_type": "individual", "to" if _NUMBER.fullmatch(address) else "recipient": address}
