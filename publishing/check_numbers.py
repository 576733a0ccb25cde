"""Check that no phone number is shown but emergency numbers of that country, and those that a cited fact carries."""

import re
from collections.abc import Iterable, Iterator, Mapping

from guidance.contacts import EmergencyNumber, EmergencyNumbers
from knowledge_base.entry import ANY, Entry
from publishing.check_entries import PHONE
from publishing.facts import Fact
from publishing.finding import Finding
from publishing.said import Said
from publishing.sentences import sentences

EMERGENCY = frozenset({"101", "102", "103", "104", "112"})
NEAR_WORDS = 3
"""So many words before or after a word such as “call” a short number counts as one to be called."""
_SHORT = re.compile(r"(?<![\d.,+–-])\d{1,3}(?:-\d{2}){1,2}(?![\d–-])|(?<![\d.,+–-])\d{3,6}(?![\d–-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALLED = {
    "ru": re.compile(r"((по|пере)?звон|набер|набир|номер|телефон)\w*", re.I),
    "uz": re.compile(r"(qo[ʻ‘’'`]ng[ʻ‘’'`]iroq|raqam|telefon|tering)[\wʻ‘’'`]*", re.I),
    "tg": re.compile(r"(занг|рақам|телефон)\w*", re.I),
    "ky": re.compile(r"(чал(ыңыз|сын|са|уу|гыла)|номер|телефон)\w*", re.I),
    "kk": re.compile(r"(қоңырау|нөмір|телефон|терің)\w*", re.I),
    "en": re.compile(r"(call|dial|ring|phone|number|hotline)s?", re.I),
}


def check_numbers(texts: Iterable[Said], numbers: EmergencyNumbers, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """A finding for each number without a verified source; long numbers in entries are named by `check_entries`."""
    for said in texts:
        verified = _verified(said.entry, numbers, facts)
        for number in dict.fromkeys(_numbers(said)):
            if number not in verified:
                yield said.finding(f"the number {number} has no verified source for this country; take it out")


def _numbers(said: Said) -> Iterator[str]:
    if said.entry is None:
        yield from (found.group() for found in PHONE.finditer(said.text))
    for sentence in sentences(said.text):
        words = sentence.split()
        for place, word in enumerate(words):
            found = _SHORT.search(word)
            if not found or _YEAR.fullmatch(found.group()):
                continue
            near = words[max(0, place - NEAR_WORDS) : place] + words[place + 1 : place + 1 + NEAR_WORDS]
            if found.group() in EMERGENCY or any(_CALLED[said.language].fullmatch(_bare(other)) for other in near):
                yield found.group()


def _bare(word: str) -> str:
    return word.strip("«»“”\"'(),.;:!?–—")


def _verified(entry: Entry | None, numbers: EmergencyNumbers, facts: Mapping[str, Fact]) -> set[str]:
    """Emergency numbers of the country (of all where the entry is for any), and those in facts with nothing open."""
    if entry is None:
        return set()
    countries = numbers.countries() if entry.country == ANY else (entry.country,)
    found = {number for country in countries for number in _of_country(numbers.for_country(country))}
    cited = (facts[name] for name in entry.facts if name in facts)
    for fact in cited:
        if fact.is_usable and not fact.recheck:
            found |= {match.group() for match in _SHORT.finditer(fact.statement)}
    return found


def _of_country(number: EmergencyNumber | None) -> tuple[str, ...]:
    return tuple(number.numbers.values()) if number else ()
