"""Takes the formatting out of a text, or says what is wrong with it, in each `parse_mode`."""

import re
from html import unescape

TAGS = frozenset("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split())
_TAG = re.compile(r"<(/?)([A-Za-z-]+)([^<>]*)>")
_RESERVED = r"_*[]()~`>#+-=|{}.!"


class FormattingError(Exception):
    """A text that does not keep the rules of its parse mode."""


def plain(text: str, parse_mode: str) -> str:
    """The text as it is shown."""
    mode = parse_mode.lower()
    if mode in ("", "none"):
        return text
    if mode == "html":
        return _without_tags(text)
    if mode == "markdownv2":
        return _without_marks(text)
    raise FormattingError("unsupported parse_mode")


def _without_tags(text: str) -> str:
    open_tags: list[str] = []
    shown, end = "", 0
    for found in _TAG.finditer(text):
        shown += _between(text[end : found.start()], end)
        end = found.end()
        is_end, name = bool(found[1]), found[2].lower()
        if name not in TAGS:
            raise FormattingError(f'Unsupported start tag "{name}" at byte offset {found.start()}')
        if not is_end:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise FormattingError(f"Unexpected end tag at byte offset {found.start()}")
    shown += _between(text[end:], end)
    if open_tags:
        raise FormattingError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return shown


def _between(text: str, offset: int) -> str:
    if "<" in text:
        raise FormattingError(f'Unsupported start tag "" at byte offset {offset + text.index("<")}')
    return unescape(text)


def _without_marks(text: str) -> str:
    """Formatting is not undone here: any reserved character that is not escaped is refused."""
    shown, is_escaped = "", False
    for character in text:
        if is_escaped:
            shown, is_escaped = shown + character, False
        elif character == "\\":
            is_escaped = True
        elif character in _RESERVED:
            raise FormattingError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        else:
            shown += character
    return shown
