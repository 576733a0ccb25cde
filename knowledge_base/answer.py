"""Composes what is said for an entry: answer, steps, then country, sources and dates."""

from collections.abc import Callable
from datetime import date

from knowledge_base.entry import ANY, Entry, Source
from language.source_dates import shown_date_of_source
from language.variants import OWN_NAMES
from language.wording import Wording

CountryName = Callable[[str, str], str]
"""From an ISO code and a variant to the name of the country."""

MAX_SOURCES = 2
MAX_TITLE_CHARS = 70
UNDATED = "undated"


def compose(entry: Entry, variant: str, today: date, wording: Wording, country_name: CountryName | None = None) -> str:
    """The text of an answer in `variant`, or in another language, which is then said first.

    country_name names the country in the person's language; without it the code stands there.
    """
    shown = entry.shown_variant(variant)
    parts = [
        *_other_language(entry, variant, shown, wording),
        entry.answer[shown],
        "\n".join(f"{number}. {step}" for number, step in enumerate(entry.steps.get(shown, ()), 1)),
        "\n".join(_labels(entry, variant, today, wording, country_name)),
    ]
    return "\n\n".join(part for part in parts if part)


def _other_language(entry: Entry, variant: str, shown: str, wording: Wording) -> list[str]:
    if shown == variant:
        return []
    return [wording.text("answer_in_other_language", variant, language=OWN_NAMES[shown])]


def _labels(entry: Entry, variant: str, today: date, wording: Wording, country_name: CountryName | None) -> list[str]:
    sources = [wording.text("answer_source", variant, source=_cited(source)) for source in entry.sources[:MAX_SOURCES]]
    checked = wording.text("answer_checked_on", variant, date=entry.checked_on.strftime("%d.%m.%Y"))
    labels = [_where(entry, variant, wording, country_name), *_whose(entry, variant, wording, country_name)]
    labels += [*sources, checked]
    if entry.may_be_out_of_date(today):
        labels.append(wording.text("answer_may_be_out_of_date", variant))
    return labels


def _where(entry: Entry, variant: str, wording: Wording, country_name: CountryName | None) -> str:
    if entry.country == ANY:
        return wording.text("answer_anywhere", variant)
    country = country_name(entry.country, variant) if country_name else entry.country
    return wording.text("answer_where", variant, country=country)


def _whose(entry: Entry, variant: str, wording: Wording, country_name: CountryName | None) -> list[str]:
    """For whose citizens it holds, where it does not hold for everybody."""
    if entry.citizenship == ANY:
        return []
    names = [country_name(code, variant) if country_name else code for code in entry.citizenship]
    return [wording.text("answer_citizens", variant, countries=", ".join(names))]


def _cited(source: Source) -> str:
    title = source.title if len(source.title) <= MAX_TITLE_CHARS else _shortened(source.title)
    date_of_page = "" if source.date == UNDATED else f" ({shown_date_of_source(source.date)})"
    return f"{title}{date_of_page}, {source.at}"


def _shortened(title: str) -> str:
    """Cut at a word; the address says the rest."""
    return title[: MAX_TITLE_CHARS - 1].rpartition(" ")[0].rstrip(" ,;:-") + "…"
