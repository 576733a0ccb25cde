"""Check canned replies: complete in each language, the same variables in each, and no fact that could grow old."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge_base.canned_replies import FOLDER, CannedReply, CannedReplyError, read_canned_replies
from publishing.finding import Finding
from publishing.lines import line_of

_FACT = re.compile(r"\d|https?:|www\.|@")


def check_canned_replies(content: Path) -> list[Finding]:
    """Everything wrong with `canned_replies/*.yml`; content without that folder uses the program's."""
    folder = content / FOLDER
    if not folder.is_dir():
        return []
    try:
        replies = read_canned_replies(folder)
    except CannedReplyError as error:
        return [Finding(error.file, line_of(error.file, error.key), str(error.what))]
    return [finding for reply in replies for finding in _facts(folder, reply)]


def _facts(folder: Path, reply: CannedReply) -> Iterator[Finding]:
    """Numbers, dates and addresses change, and nobody would look for them here: they belong into an entry."""
    for variant, text in reply.text.items():
        if found := _FACT.search(text):
            file = next((each for each in sorted(folder.glob("*.yml")) if line_of(each, reply.key)), folder)
            message = f"{reply.key}: text in {variant} has {found.group()!r}: write facts into an entry, with a source"
            yield Finding(file, line_of(file, reply.key), message)
