"""The code of a referral, and the buttons with which the migrant says yes or no to it."""

import json
import secrets
from collections.abc import Iterable

from conversations.reply import Button

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that a code is never a word; no letter that is easily taken for another one."""
CODE_LENGTH = 6
CONSENT = "/referral"


def new_code() -> str:
    """A code for a receipt, which nobody can guess."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def consent_payload(code: str, is_agreed: bool) -> str:
    """What the migrant's button sends."""
    return CONSENT + json.dumps({"id": code, "answer": "yes" if is_agreed else "no"})


def consent_buttons(titles: Iterable[tuple[str, str]], code: str) -> tuple[Button, ...]:
    """Buttons of these titles; “yes” and “no” beside them answer for this code, any other payload is left as it is."""
    return tuple(
        Button(title, consent_payload(code, answer == "yes") if answer in ("yes", "no") else answer)
        for title, answer in titles
    )


def read_consent(payload: str | None) -> tuple[str, bool] | None:
    """Code and answer of such a button; None for every other payload."""
    intent, brace, details = (payload or "").partition("{")
    if intent != CONSENT:
        return None
    try:
        values = json.loads(brace + details)
        code, answer = values["id"], values["answer"]
    except (ValueError, KeyError, TypeError):
        return None
    is_known = isinstance(code, str) and answer in ("yes", "no")
    return (code, answer == "yes") if is_known else None
