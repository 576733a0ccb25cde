"""Turns public sets into questions, documents and which documents answer which question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.language.public_sets import read_rows

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Collection:
    """Questions and documents; `right` has for each question the numbers of the documents that answer it.

    A document is a list of parts, the first is the whole; it is as near to a question as its nearest part.
    """

    name: str
    questions: list[str]
    documents: list[list[str]]
    right: list[frozenset[int]]


def read_collections(folder: Path) -> list[Collection]:
    """All collections of the sets below `folder`."""
    covid, kazakh = folder / "covid_faq_en", folder / "kazqad"
    return [
        *covid_faq(read_rows(covid / "faq.tsv"), read_rows(covid / "question_similarity.tsv")),
        *rubq(read_rows(folder / "rubq/rubq.tsv")),
        *xquad(read_rows(folder / "xquad/questions.tsv"), read_rows(folder / "xquad/paragraphs.tsv")),
        *kazqad(read_rows(kazakh / "validation_questions.tsv"), read_rows(kazakh / "validation_passages.tsv")),
    ]


def covid_faq(faq: Sequence[Mapping[str, str]], pairs: Sequence[Mapping[str, str]]) -> list[Collection]:
    """Another wording to the question of the list that judges call similar; and a question to its answer."""
    known = list(dict.fromkeys([row["question"] for row in faq] + [pair["question_1"] for pair in pairs]))
    similar: dict[str, set[str]] = {}
    for pair in pairs:
        if pair["similar"] == "1":
            similar.setdefault(pair["question_2"], set()).add(pair["question_1"])
    return [
        _by_key("covid_faq en: wording → question", similar.items(), {question: [question] for question in known}),
        _by_key(
            "covid_faq en: question → answer",
            ((row["question"], {str(number)}) for number, row in enumerate(faq)),
            {str(number): sentences(row["answer"]) for number, row in enumerate(faq)},
        ),
    ]


def rubq(rows: Sequence[Mapping[str, str]]) -> list[Collection]:
    """A question to its translation, both ways."""
    return [
        _by_key(
            f"RuBQ {one} → {other}",
            ((row[one], {row[other]}) for row in rows),
            {row[other]: [row[other]] for row in rows},
        )
        for one, other in (("ru", "en"), ("en", "ru"))
    ]


def xquad(questions: Sequence[Mapping[str, str]], paragraphs: Sequence[Mapping[str, str]]) -> list[Collection]:
    """A question to the paragraph that answers it, in one language and in two."""
    return [
        _by_key(
            f"XQuAD {one} → {other}",
            ((row[one], {row["pid"]}) for row in questions),
            {row["pid"]: sentences(row[other]) for row in paragraphs},
        )
        for one, other in (("ru", "ru"), ("ru", "en"), ("en", "ru"), ("en", "en"))
    ]


def kazqad(questions: Sequence[Mapping[str, str]], passages: Sequence[Mapping[str, str]]) -> list[Collection]:
    """A Kazakh question to the passages that answer it; the rows of one question are joined."""
    right: dict[str, set[str]] = {}
    for row in questions:
        right.setdefault(row["question"], set()).add(row["pid"])
    documents = {row["pid"]: sentences(f"{row['title']}. {row['text']}") for row in passages}
    return [_by_key("KazQAD kk → kk", right.items(), documents)]


def sentences(text: str) -> list[str]:
    """The whole text, then its sentences where it has more than one."""
    parts = [part for part in _SENTENCE_END.split(text.strip()) if part]
    return [text, *parts] if len(parts) > 1 else [text]


def _by_key(name: str, asked: Iterable[tuple[str, set[str]]], documents: Mapping[str, list[str]]) -> Collection:
    places = {key: number for number, key in enumerate(documents)}
    pairs = [(question, frozenset(places[key] for key in keys)) for question, keys in asked]
    return Collection(name, [pair[0] for pair in pairs], list(documents.values()), [pair[1] for pair in pairs])
