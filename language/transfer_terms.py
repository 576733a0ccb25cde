"""Reads the terms of a transfer in people's own words: the sum, the fee, the rate, what arrives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from language.amounts import Amount, find_amounts
from language.folding import fold

SUM, FEE, RATE, RECEIVED = "sum", "fee", "rate", "received"
_CUES = {
    FEE: "комис коммис komis kommis хизмат xizmat fee charge сбор хаққи haqi ақысы акысы ҳаққи",
    RATE: "курс kurs қурб qurb qurs rate бағам bagam exchange",
    RECEIVED: "получ приход придет придут дойд дошл руки выдад выдач oladi olish olad tushad boradi yetib qoʻlig "
    "олади олиш тушад боради етиб қўлиг мегир мерас гирифт merasad megir алат алыш тиет барат жетет колуна алад тиед "
    "жетед барад қолына receiv get arriv payout",
    SUM: "отправ отсыла шлю посыла послат перевож перевест отда yubor joʻnat юбор жўнат фирист мефирист жибер жөнөт "
    "жібер жіберем send sending firist mefirist",
}
_NONE = frozenset(
    map(
        fold,
        "без нет ноль нол нуль сифр yoʻq yoq йўқ жок жоқ нест бе no zero free bepul бепул tekin текин бесплатно ройгон "
        "акысыз тегін".split(),
    )
)
_WITHOUT = re.compile(r"(siz|сиз|сыз)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ`‘][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[;\n]|[,.!](?!\d)")
_JOINED = re.compile(r"^[\s=:\-–—→>≈]*(?:[^\W\d_'’ʻʼ`‘]+[\s=:\-–—→>≈]*){0,2}$")
_LIST_MARK = re.compile(r"^\s*\d[).]\s", re.MULTILINE)
_NEAR_WORDS = 2


@dataclass(frozen=True)
class Terms:
    """What a message tells, by role; `pair` is “so much of this for so much of that”, `rest` has no role."""

    by_role: dict[str, Amount] = field(default_factory=dict)
    percent: Amount | None = None
    is_free: bool = False
    pair: tuple[Amount, Amount] | None = None
    rest: tuple[Amount, ...] = ()

    @property
    def has_fee(self) -> bool:
        """Whether a fee is told, or that there is none."""
        return self.is_free or self.percent is not None or FEE in self.by_role

    @property
    def has_arrival(self) -> bool:
        """Whether it is told what arrives, or the rate."""
        return self.pair is not None or RATE in self.by_role or RECEIVED in self.by_role

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a transfer is told."""
        return not (self.has_fee or self.has_arrival or self.by_role or self.rest)


@dataclass(frozen=True)
class _Cue:
    role: str
    start: int
    end: int


def read_terms(text: str, language: str) -> Terms:
    """The terms of one offer; never raises."""
    text = _LIST_MARK.sub(lambda mark: " " * len(mark.group()), text)
    amounts = find_amounts(text, language)
    cues = list(_cues(text, amounts))
    pair = next((two for two in pairwise(amounts) if _is_pair(text, cues, *two)), None)
    percent = next((each for each in amounts if each.is_percent), None)
    by_role: dict[str, Amount] = {}
    rest: list[Amount] = []
    for amount in amounts:
        if amount is percent or (pair and amount in pair):
            continue
        cue = _cue_of(text, cues, amounts, amount)
        if cue and cue.role not in by_role:
            by_role[cue.role] = amount
            cues.remove(cue)
        else:
            rest.append(amount)
    return Terms(by_role, percent, FEE not in by_role and percent is None and _is_free(text), pair, tuple(rest))


def read_offers(text: str, language: str) -> tuple[Terms, ...]:
    """The terms of each offer where several stand in lines or behind semicolons; else of the whole text."""
    parts = [read_terms(part, language) for part in re.split(r"[;\n]", text) if part.strip()]
    whole = [each for each in parts if each.has_arrival]
    return tuple(whole) if len(whole) > 1 else (read_terms(text, language),)


def is_bare_none(text: str) -> bool:
    """Whether a message of one or two words says “none” or “free”, as one answers the question for the fee."""
    words = [fold(word) for word in _WORD.findall(text)]
    return 0 < len(words) <= _NEAR_WORDS and any(word in _NONE for word in words)


def _cues(text: str, amounts: Sequence[Amount]) -> Iterator[_Cue]:
    for word in _WORD.finditer(text):
        if any(amount.start <= word.start() < amount.end for amount in amounts):
            continue
        folded = fold(word.group())
        role = next((role for stem, role in _STEMS if folded.startswith(stem)), None)
        if role:
            yield _Cue(role, *word.span())


def _is_pair(text: str, cues: Sequence[_Cue], left: Amount, right: Amount) -> bool:
    """“1 рубль = 140 сум”, “за 1000 рублей 12 сомони”: two currencies, nothing of another role between them."""
    between = text[left.end : right.start]
    if left.is_percent or right.is_percent or not left.currencies or not _JOINED.match(between):
        return False
    last = max((cue for cue in cues if cue.end <= left.start), key=lambda cue: cue.end, default=None)
    if last and last.role == FEE and not re.search(r"[\d;,\n]", text[last.end : left.start]):
        return False
    if any(left.end <= cue.start < right.start for cue in cues):
        return False
    if not right.currencies:
        return "=" in between
    return not set(left.currencies) & set(right.currencies)


def _cue_of(text: str, cues: Sequence[_Cue], amounts: Sequence[Amount], amount: Amount) -> _Cue | None:
    """The nearest cue before in the same clause, or behind in it, or before in an earlier one."""
    previous = max((each.end for each in amounts if each.end <= amount.start), default=0)
    following = min((each.start for each in amounts if each.start >= amount.end), default=len(text))
    before = [cue for cue in cues if previous <= cue.start and cue.end <= amount.start]
    behind = [cue for cue in cues if amount.end <= cue.start and cue.end <= following]
    same = [cue for cue in before if _is_in_clause(text, cue.end, amount.start)]
    after = [cue for cue in behind if _is_in_clause(text, amount.end, cue.start)]
    return next(iter((*reversed(same), *after, *reversed(before))), None)


def _is_in_clause(text: str, first: int, last: int) -> bool:
    return first <= last and not _CLAUSE_END.search(text[first:last])


def _is_free(text: str) -> bool:
    """“Без комиссии”, “komissiyasiz”, “комиссия нет”."""
    words = [fold(word) for word in _WORD.findall(text)]
    fees = [at for at, word in enumerate(words) if any(word.startswith(stem) for stem, role in _STEMS if role == FEE)]
    near = {word for at in fees for word in words[max(0, at - _NEAR_WORDS) : at + _NEAR_WORDS + 1]}
    return any(_WITHOUT.search(words[at]) for at in fees) or bool(near & _NONE)


_STEMS = tuple((fold(stem), role) for role, stems in _CUES.items() for stem in stems.split())
