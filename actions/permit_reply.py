"""Hears whether one has a paper with which the limit of stay does not bind."""

import re

from actions.heard import Heard
from language.folding import fold
from language.second_thoughts import is_unsure

PAPERS = frozenset({"patent", "temporary_residence", "permanent_residence", "residence_permit", "contract"})
"""Documents of data/guidance/gazetteer.yml that such a question is about."""
_NONE = re.compile(r"\b(нет|не|без|no|not|none|without|dont|haven|yoq|йок|жок|эмес|емес|emas|нест|надорам|недорам)\w*")
MAX_WORDS = 6


def permit_reply(heard: Heard) -> str | None:
    """`yes`, `no`, or None where the message does not say it: by button, by yes or no, or by naming the paper.

    Who does not know is counted as one without: the careful way.
    """
    step = heard.value("step")
    if step in ("permit", "no_permit"):
        return "yes" if step == "permit" else "no"
    if not heard.text or len(heard.text.split()) > MAX_WORDS:
        return None
    names_paper = any(detail.kind == "document" and detail.value in PAPERS for detail in heard.details)
    if heard.intent == "deny" or is_unsure(heard.text) or (names_paper and _NONE.search(fold(heard.text))):
        return "no"
    return "yes" if heard.intent == "affirm" or names_paper else None
