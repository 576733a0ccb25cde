"""What the bot has tried in a turn, as the engine reports it with an answer: ids of topic and entry, and outcome."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from conversations.first_note import Tried

OUT_OF_SCOPE = "meta.out_of_scope"
_TOPIC = re.compile(r"[a-z][a-z_]{0,40}\.[a-z][a-z_]{0,60}")
_ENTRY = re.compile(r"[a-z][a-z0-9_/-]{0,120}")


def tried_of(custom: Sequence[Mapping[str, Any]]) -> tuple[Tried, ...]:
    """What the `answer` reports of a reply's messages say; talk about the bot itself is left out.

    A report that is not one (an older or newer engine) is passed over: the answer itself is more important.
    """
    found = (_tried(each["answer"]) for each in custom if isinstance(each.get("answer"), dict))
    return tuple(each for each in found if each is not None)


def _tried(report: Mapping[str, Any]) -> Tried | None:
    topic, entry, is_answered = report.get("topic"), report.get("entry"), report.get("answered", True)
    if not isinstance(topic, str) or not _TOPIC.fullmatch(topic):
        return None
    if topic.startswith("meta.") and (topic != OUT_OF_SCOPE or is_answered):
        return None
    if isinstance(entry, str) and _ENTRY.fullmatch(entry):
        return Tried(topic, entry, "shown")
    return Tried(topic, None, "asked_back" if is_answered else "not_in_content")
