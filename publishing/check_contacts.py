"""Check the organisations: facts exist and are as sure as said, pages come from them, and no number stands anywhere."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from guidance.contacts import ORGANISATIONS_FILE, Organisation, Organisations
from publishing.facts import Fact, read_facts
from publishing.finding import Finding
from publishing.lines import line_of

LEVELS = ("low", "medium", "high")
_NUMBER = re.compile(r"(?<![\d.,])\+?\d(?:[ ()-]*\d){2,}")
"""Three digits or more in a row, also with blanks and dashes between, look like a phone number."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_contacts(content: Path) -> list[Finding]:
    """Everything wrong with `guidance/contacts.yml`; a folder without the file has nothing wrong."""
    file = content / "guidance" / ORGANISATIONS_FILE
    if not file.is_file():
        return []
    try:
        organisations = Organisations.load(file.parent).contacts()
        facts, addresses = read_facts(content / "facts"), _addresses(content / "facts")
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        return [Finding(file, 0, str(error))]
    return [found for each in organisations for found in _check(each, facts, addresses, file)]


def _check(
    organisation: Organisation, facts: Mapping[str, Fact], addresses: Mapping[str, frozenset[str]], file: Path
) -> Iterator[Finding]:
    def finding(text: str, message: str) -> Finding:
        return Finding(file, line_of(file, text), f"{organisation.id}: {message}")

    for fact in organisation.facts:
        if fact not in facts:
            yield finding(fact, f"there is no fact {fact}")
    if organisation.confidence not in LEVELS:
        yield finding(organisation.id, f"confidence must be one of {', '.join(LEVELS)}")
    elif LEVELS.index(organisation.confidence) > _surest(organisation, facts):
        yield finding(organisation.id, f"no cited fact is of confidence {organisation.confidence}")
    of_facts = frozenset[str]().union(*(addresses.get(fact, frozenset()) for fact in organisation.facts))
    for address in (*((organisation.page,) if organisation.page else ()), *(each.at for each in organisation.sources)):
        if address not in of_facts and not _is_named(address, organisation, facts):
            yield finding(address, f"the address {address} stands in none of the cited facts")
    for text in _texts(organisation):
        for number in _NUMBER.findall(text):
            if not _YEAR.fullmatch(number):
                yield finding(text, f"“{number}” looks like a phone number; numbers stay in the facts")


def _surest(organisation: Organisation, facts: Mapping[str, Fact]) -> int:
    """The place in `LEVELS` of the surest cited fact; without any, the lowest."""
    cited = (facts[name] for name in organisation.facts if name in facts)
    return max((LEVELS.index(fact.confidence) for fact in cited if fact.is_usable), default=0)


def _is_named(address: str, organisation: Organisation, facts: Mapping[str, Fact]) -> bool:
    """Whether it is the front page of a site that a cited fact names in its statement."""
    parts = urlsplit(address)
    named = (facts[name].statement for name in organisation.facts if name in facts)
    return parts.path in ("", "/") and any(parts.netloc in statement for statement in named)


def _texts(organisation: Organisation) -> Iterator[str]:
    """What a person could read: the names, the page, the titles of the sources."""
    yield from dict.fromkeys(organisation.names.values())
    yield from (unquote(organisation.page),) if organisation.page else ()
    yield from (source.title for source in organisation.sources)


def _addresses(folder: Path) -> Mapping[str, frozenset[str]]:
    """The addresses of the sources of each fact."""
    files = sorted(folder.glob("*.yml"))
    rows = (row for file in files for row in yaml.load(file.read_text("utf-8"), Loader=_YAML) or ())
    return {str(row["id"]): frozenset(_of_sources(row.get("source"))) for row in rows}


def _of_sources(sources: object) -> Iterator[str]:
    for source in sources if isinstance(sources, list) else ():
        yield str(source.get("at", ""))
