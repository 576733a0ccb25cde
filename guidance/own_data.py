"""What a person is told of their own data: what is stored, for how long, and what cannot be deleted."""

from language.counted_days import counted_days
from language.wording import Wording

MESSENGERS = ("telegram", "whatsapp")


def told(wording: Wording, variant: str, channel: str, retention_days: int) -> str:
    """What is stored on this channel; after `retention_days` of silence it is erased, 0 is never."""
    address = f"{wording.text(f'my_data_address_{channel}', variant)} " if channel in MESSENGERS else ""
    return wording.text("my_data", variant, address=address, kept=_kept(wording, variant, retention_days))


def erased(wording: Wording, variant: str, channel: str, *, is_passed_on: bool) -> str:
    """The last sentence: everything is deleted, and what is not in our hands.

    `is_passed_on`: an organisation has received something with the person's consent.
    """
    key = f"erased_{channel}" if channel in MESSENGERS else "erased_web"
    parts = [wording.text(key, variant), *([wording.text("erased_passed_on", variant)] if is_passed_on else [])]
    return "\n\n".join(parts)


def _kept(wording: Wording, variant: str, retention_days: int) -> str:
    if not retention_days:
        return wording.text("my_data_kept_always", variant)
    return wording.text("my_data_kept_days", variant, days=counted_days(wording, retention_days, variant))
