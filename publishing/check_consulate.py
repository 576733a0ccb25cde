"""Check that nobody who fears their own state is sent to its consulate: the warning stands first where it is named."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from publishing.finding import Finding
from publishing.said import Said
from publishing.sentences import sentences

DOMAINS = frozenset({"asylum", "trafficking"})
_CONSULATE = {
    "ru": re.compile(r"\b(консул|посольств)", re.I),
    "uz": re.compile(r"\b(konsul|elchixona)", re.I),
    "tg": re.compile(r"\b(консул|сафорат)", re.I),
    "ky": re.compile(r"\b(консул|элчилик)", re.I),
    "kk": re.compile(r"\b(консул|елшілі)", re.I),
    "en": re.compile(r"\b(consul|embass)", re.I),
}
_FEAR = {
    "ru": re.compile(r"\b(бои|боя|опаса|опасн|грози|угрож|страш)", re.I),
    "uz": re.compile(r"qo[ʻ‘’'`]rq|xavf|tahdid", re.I),
    "tg": re.compile(r"тарс|хатар|таҳдид", re.I),
    "ky": re.compile(r"\bкор[кг]|\bкооп", re.I),
    "kk": re.compile(r"\bқор(қ|ғ|ық)|\bқау[іп]", re.I),
    "en": re.compile(r"\b(fear|afraid|danger|threat)", re.I),
}


def check_consulate(texts: Iterable[Said]) -> Iterator[Finding]:
    """A finding for each language of an entry on asylum or trafficking whose consulate comes without the warning."""
    of_domains = (said for said in texts if said.entry is not None and said.entry.domain in DOMAINS)
    for _, group in groupby(of_domains, key=lambda said: said.entry.id if said.entry else ""):
        rows = list(group)
        for language in dict.fromkeys(said.language for said in rows):
            yield from _of_language([said for said in rows if said.language == language])


def names_consulate_unwarned(texts: Sequence[str], language: str) -> int | None:
    """The place of the text in which a consulate is first named without a warning; None where all is well.

    A sentence warns when it names both the consulate and the fear; what is said after it needs none of its own.
    """
    for place, text in enumerate(texts):
        for sentence in sentences(text):
            if _CONSULATE[language].search(sentence):
                return None if _FEAR[language].search(sentence) else place
    return None


def _of_language(rows: Sequence[Said]) -> Iterator[Finding]:
    place = names_consulate_unwarned([said.text for said in rows], rows[0].language)
    if place is not None:
        yield rows[place].finding(
            "a consulate is named before the warning that whoever fears their own state should not go there"
        )
