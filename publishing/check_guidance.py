"""Checks of the questionnaires: complete in every language, short enough for every channel, on facts one may show."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from guidance import job_offer, replies, screening
from guidance.job_offer import JobOffer
from guidance.questionnaire import Item, Questionnaire
from guidance.questionnaire_file import QuestionnaireError, read_document, read_questionnaire
from guidance.replies import Replies
from guidance.screening import Screening
from knowledge_base.library import Library
from publishing.check_entries import PHONE
from publishing.finding import Finding
from publishing.lines import line_of

REPORT_FILE = "report_for_other.yml"
MAX_QUESTION_CHARS = 220
MAX_LABEL_CHARS, MAX_TITLE_CHARS = 72, 24
"""Of a row of a WhatsApp list: description and title. https://developers.facebook.com/docs/whatsapp list messages."""


def check_guidance(content: Path, library: Library, facts: Collection[str]) -> Iterator[Finding]:
    """Everything wrong with the questionnaires below `content`; `facts` may be shown. A file not there has none."""
    folder = content / "guidance"
    readers: dict[str, Callable[[], object]] = {
        replies.FILE: lambda: Replies.load(folder),
        screening.FILE: lambda: Screening.load(folder),
        job_offer.FILE: lambda: JobOffer.load(folder),
        REPORT_FILE: lambda: read_questionnaire(folder / REPORT_FILE),
    }
    for name, read in readers.items():
        if (folder / name).is_file():
            yield from _of_file(folder / name, read, library, facts)


def check_items(file: Path, items: Iterable[Item]) -> Iterator[Finding]:
    """What is wrong with the texts of questions: too long for a channel, a phone number, two questions in one."""
    for item in items:
        yield from _of_item(file, item)


def _of_file(file: Path, read: Callable[[], object], library: Library, facts: Collection[str]) -> Iterator[Finding]:
    try:
        found = read()
    except QuestionnaireError as error:
        yield Finding(file, _line(file, error.name), f"{error.name}: {error.what}")
        return
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Finding(file, 0, str(error))
        return
    if isinstance(found, Screening):
        yield from _of_screening(file, found, library)
    questionnaire = found if isinstance(found, Questionnaire) else getattr(found, "questionnaire", None)
    yield from check_items(file, questionnaire.items if questionnaire else ())
    yield from _of_facts(file, facts)


def _of_screening(file: Path, found: Screening, library: Library) -> Iterator[Finding]:
    for need in found.needs:
        for entry in need.entries:
            if not library.has(entry):
                yield Finding(file, line_of(file, entry), f"{need.id}: entry {entry!r} does not exist")
    labels = [(named.id, named.label) for named in (*found.needs, *found.profiles)]
    for name, label in [*labels, *((route.id, route.label) for route in found.questionnaire.all_routes)]:
        yield from _too_long(file, name, "label", label, MAX_LABEL_CHARS)


def _of_item(file: Path, item: Item) -> Iterator[Finding]:
    limits = {"ask": MAX_QUESTION_CHARS, "label": MAX_LABEL_CHARS, "title": MAX_TITLE_CHARS, "why": MAX_QUESTION_CHARS}
    for key, most in limits.items():
        texts = getattr(item, key)
        yield from _too_long(file, item.id, key, texts, most)
        for variant, text in texts.items():
            if PHONE.search(text):
                message = f"{item.id}: {key} ({variant}): a phone number without a verified source; take it out"
                yield Finding(file, line_of(file, text), message)
    for variant, text in item.ask.items() if item.kind == "yes_no" else ():
        if text.count("?") != 1:
            yield Finding(
                file, line_of(file, text), f"{item.id}: ask ({variant}): ask one thing, with one question mark"
            )


def _too_long(file: Path, name: str, key: str, texts: Any, most: int) -> Iterator[Finding]:
    for variant, text in texts.items():
        if len(text) > most:
            yield Finding(file, _line(file, name), f"{name}: {key} ({variant}): {len(text)} characters; at most {most}")


def _of_facts(file: Path, facts: Collection[str]) -> Iterator[Finding]:
    document = read_document(file)
    rows: Any = document.get("items") or ()
    cited = [str(fact) for row in (document, *rows) for fact in row.get("facts") or ()]
    for fact in dict.fromkeys(cited):
        if fact not in facts:
            message = f"fact {fact!r} may not be shown: unknown, without source, or of low confidence"
            yield Finding(file, line_of(file, fact), message)


def _line(file: Path, name: str) -> int:
    """The line where an id is defined; else where the text stands."""
    lines = file.read_text("utf-8", errors="replace").splitlines()
    defined = (number for number, line in enumerate(lines, 1) if re.match(rf"\s*- id: {re.escape(name)}\s*$", line))
    return next(defined, 0) or line_of(file, name)
