"""The text of a complaint on unpaid wages: what a person told, set into the template of a country and a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

FILE = "complaints.yml"
LINE, SHORT_LINE = "_" * 30, "_" * 18
"""Where something is left to be written by hand; the short one above on the right and for the signature."""
Kind = Literal["right", "title", "text", "item", "sign"]
_ENCLOSURES = "enclosures"


@dataclass(frozen=True)
class Money:
    """An amount, never negative, in a currency of ISO 4217."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class WorkPeriod:
    """From the first to the last day of work; without a last day it goes on. Or `words` where no days are known."""

    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Complaint:
    """What was told. Everything may be lacking; who complains, with which papers and from where, is never in it."""

    employer: str = ""
    place: str = ""
    work: str = ""
    period: WorkPeriod | None = None
    agreed: Money | None = None
    agreed_per: str = ""
    """month, day, hour, shift, job; empty where it is not known."""
    paid: Money | None = None
    owed: Money | None = None
    tried: str = ""
    is_name_kept_back: bool = False
    enclosures: tuple[str, ...] = ()
    """Ids of the evidence that goes with it."""


@dataclass(frozen=True)
class Paragraph:
    """One line of the text and where it stands: right above, as title, plain, numbered, or below to be signed."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class _Row:
    kind: str
    text: str
    only_with: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """The rows of one country in one language, and the facts that they stand on."""

    country: str
    language: str
    facts: tuple[str, ...]
    rows: tuple[_Row, ...]


class Complaints:
    """The templates of `data/guidance/complaints.yml`, and the words that fill them."""

    def __init__(self, templates: Sequence[Template], words: Mapping[str, Mapping[str, Any]]) -> None:
        self.templates = tuple(templates)
        self._words = words

    @classmethod
    def load(cls, folder: Path) -> "Complaints":
        """Read the templates; raises `ValueError` naming the file and the template that is wrong.

        A release that was trained before there was such a file goes on without any.
        """
        file = folder / FILE
        if not file.exists():
            return cls((), {})
        document = yaml.safe_load(file.read_text("utf-8"))
        return cls(tuple(_template(row, file) for row in document["templates"]), document["words"])

    def countries(self) -> tuple[str, ...]:
        """The countries for which there is a text."""
        return tuple(dict.fromkeys(template.country for template in self.templates))

    def languages(self, country: str) -> tuple[str, ...]:
        """The languages in which it can be written there."""
        return tuple(template.language for template in self.templates if template.country == country)

    def knows(self, country: str, field: str) -> bool:
        """Whether a text of this country has a row for that; some are only asked where a fact allows the row."""
        return any(row.only_with == field for each in self.templates if each.country == country for row in each.rows)

    def write(self, complaint: Complaint, country: str, language: str) -> tuple[Paragraph, ...]:
        """The text; raises `KeyError` where there is none for this country in this language."""
        found = next((t for t in self.templates if (t.country, t.language) == (country, language)), None)
        if found is None:
            raise KeyError(f"no complaint for {country} in {language}")
        told = _told(complaint, self._words[language])
        return _numbered(self._paragraphs(found, complaint, told, self._words[language]))

    def _paragraphs(
        self, template: Template, complaint: Complaint, told: Mapping[str, str], words: Mapping[str, Any]
    ) -> list[Paragraph]:
        filled = {name: value or LINE for name, value in told.items()}
        written: list[Paragraph] = []
        for row in template.rows:
            if row.only_with and not told[row.only_with]:
                continue
            if row.kind != _ENCLOSURES:
                written.append(Paragraph(cast(Kind, row.kind), row.text.format(line=_line(row), **filled)))
            elif complaint.enclosures:
                names = [words[_ENCLOSURES][each] for each in complaint.enclosures if each in words[_ENCLOSURES]]
                written += [Paragraph("text", row.text), *(Paragraph("item", f"{name}.") for name in names)]
        return written


def _line(row: _Row) -> str:
    return SHORT_LINE if row.kind in ("right", "sign") else LINE


def _told(complaint: Complaint, words: Mapping[str, Any]) -> dict[str, str]:
    """Each blank of the templates and what stands in it; empty where it was not told."""
    return {
        "employer": complaint.employer,
        "place": complaint.place,
        "work": complaint.work,
        "period": _period(complaint.period, words) if complaint.period else "",
        "agreed": _agreed(complaint.agreed, complaint.agreed_per, words) if complaint.agreed else "",
        "paid": _paid(complaint.paid, words) if complaint.paid else "",
        "owed": _money(complaint.owed, words) if complaint.owed else "",
        "tried": complaint.tried,
        "name_kept_back": "yes" if complaint.is_name_kept_back else "",
    }


def _period(period: WorkPeriod, words: Mapping[str, Any]) -> str:
    if period.first is None:
        return period.words
    first, last = f"{period.first:%d.%m.%Y}", f"{period.last:%d.%m.%Y}" if period.last else ""
    return str(words["span"] if last else words["span_open"]).format(first=first, last=last)


def _agreed(money: Money, per: str, words: Mapping[str, Any]) -> str:
    pattern = str(words["agreed"])
    return pattern.format(sum=_money(money, words), per=words["per"].get(per, "")).strip()


def _paid(money: Money, words: Mapping[str, Any]) -> str:
    return _money(money, words) if money.amount else str(words["nothing"])


def _money(money: Money, words: Mapping[str, Any]) -> str:
    return f"{shown_amount(money.amount)} {words['currencies'].get(money.currency, money.currency)}"


def shown_amount(amount: Decimal) -> str:
    """Thousands apart, as in 60 000; kopecks only where there are any, behind a comma."""
    is_whole = amount == amount.to_integral_value()
    shown = f"{amount:,.0f}" if is_whole else f"{amount:,.2f}"
    return shown.replace(",", "\u00a0").replace(".", ",")


def _numbered(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Items count from one after each line that is none."""
    numbered, count = [], 0
    for each in paragraphs:
        count = count + 1 if each.kind == "item" else 0
        numbered.append(Paragraph(each.kind, f"{count}. {each.text}") if count else each)
    return tuple(numbered)


def _template(row: Mapping[str, Any], file: Path) -> Template:
    try:
        rows = tuple(_row(each) for each in row["rows"])
        return Template(str(row["country"]), str(row["language"]), tuple(map(str, row["facts"])), rows)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {row.get('country', '?')} {row.get('language', '?')}: {error}") from error


def _row(row: Mapping[str, Any]) -> _Row:
    kinds = [kind for kind in (*get_args(Kind), _ENCLOSURES) if kind in row]
    if len(kinds) != 1:
        raise ValueError(f"a row is one of {', '.join(get_args(Kind))}, {_ENCLOSURES}: {dict(row)}")
    return _Row(kinds[0], str(row[kinds[0]]), str(row.get("if", "")), tuple(map(str, row.get("facts", ()))))
