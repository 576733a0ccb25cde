"""Checks of those rules of answer that can be checked without a conversation."""

from pathlib import Path

from guidance.contacts import EmergencyNumbers
from knowledge_base.library import Library
from publishing.check_consulate import check_consulate
from publishing.check_numbers import check_numbers
from publishing.check_recheck import check_recheck
from publishing.check_sentences import check_sentences
from publishing.check_statements import check_statements, read_forbidden
from publishing.facts import read_facts
from publishing.finding import Finding
from publishing.said import said_in_entries, said_in_wording


def check_rules(library: Library, content: Path) -> list[Finding]:
    """Everything in entries and wording that breaks a rule of answer; raises `ValueError` for unreadable facts."""
    facts = read_facts(content / "facts")
    in_entries = list(said_in_entries(library, content / "faq"))
    everything = [*in_entries, *said_in_wording(content / "responses")]
    return [
        *check_numbers(everything, _numbers(content / "guidance"), facts),
        *check_statements(everything, read_forbidden()),
        *check_consulate(in_entries),
        *check_recheck(in_entries, facts),
        *check_sentences(in_entries, content / "faq"),
    ]


def _numbers(folder: Path) -> EmergencyNumbers:
    """None where the file cannot be read, which `validate` names by itself."""
    try:
        return EmergencyNumbers.load(folder)
    except (OSError, KeyError, TypeError, ValueError):
        return EmergencyNumbers({})
