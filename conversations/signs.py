"""Signs of danger as they are stored: ids joined by commas, each once, in the order in which they were noticed."""

import re
from collections.abc import Iterable

_ID = re.compile(r"[a-z_]{1,40}")


def split_signs(joined: str) -> tuple[str, ...]:
    """The ids in a stored text."""
    return tuple(joined.split(",")) if joined else ()


def join_signs(joined: str, more: Iterable[str]) -> str:
    """The stored text with further ids; what is no id (words of a person, say) is never kept."""
    return ",".join(dict.fromkeys((*split_signs(joined), *(sign for sign in more if _ID.fullmatch(sign)))))
