"""Reads sentences that stand side by side in several languages: public rows, and the project's own entries."""

import csv
from dataclasses import dataclass
from pathlib import Path

import yaml

from language.static_encoder import prepared

PUBLIC_FILE = Path("_merged", "ui_permissive.tsv")
COLUMNS = {"en": "en", "ru": "ru", "uz": "uz", "uz_cyrl": "uz", "tg": "tg", "ky": "ky", "kk": "kk"}
"""Column to language; both scripts of Uzbek meet in the prepared text, so one of them is enough."""
LANGUAGE_OF_KEY = {"uz-Cyrl": "uz"}
WEIGHTS = {"laravel_lang": 0.25}
"""Sources with many bad translations; all others weigh 1."""
OWN_WEIGHT = 4.0
CORPUS_WEIGHT = 12.0
"""Our own sentences are a tenth of the public ones, and are what people speak of."""
SECOND = "#2"
"""Stands behind the language of a second wording."""
MAX_WORDS = 60


@dataclass(frozen=True)
class Row:
    """One sentence in two languages or more: prepared texts by language. Heavier rows are drawn more often.

    A second wording in the same language stands under its name with `SECOND`. `english` is the English sentence as
    written, empty where there is none.
    """

    texts: dict[str, str]
    weight: float
    english: str = ""


def read_public_rows(data: Path) -> list[Row]:
    """The rows of the merged file below `data`; raises `OSError` if it is absent."""
    rows = []
    with (data / PUBLIC_FILE).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            weight = WEIGHTS.get(line["key"].partition(":")[0], 1.0)
            row = _row({language: line[column] for column, language in COLUMNS.items() if line[column]}, weight)
            rows += [row] if row else []
    return rows


def read_own_rows(content: Path) -> list[Row]:
    """Answers and steps of the entries below `content`/faq.

    Their questions are left out: by them "not in our content" is fitted, which must not have been seen.
    """
    rows = []
    for file in sorted((content / "faq").glob("*/*.yml")):
        entry = yaml.safe_load(file.read_text("utf-8"))
        rows.append(_row(entry["answer"], OWN_WEIGHT))
        rows += _side_by_side(entry.get("steps") or {})
    return [row for row in rows if row]


def read_corpus_rows(content: Path) -> list[Row]:
    """The rows of our own parallel corpus below `content`/parallel, each with its second wording where there is one."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for file in sorted((content / "parallel").glob("*.tsv")):
        mark = SECOND if file.name.endswith(".paraphrases.tsv") else ""
        with file.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                row = cells.setdefault((file.name.partition(".")[0], line["id"]), {})
                row |= {language + mark: line[language] for language in ("en", "ru", "uz", "tg", "ky", "kk")}
    rows = (_row(texts, CORPUS_WEIGHT) for texts in cells.values())
    return [row for row in rows if row]


def language_of(key: str) -> str:
    """The language of a row's text."""
    return key.removesuffix(SECOND)


def _side_by_side(lists: dict[str, list[str]]) -> list[Row | None]:
    longest = max(map(len, lists.values()), default=0)
    return [
        _row({language: texts[number] for language, texts in lists.items() if number < len(texts)}, OWN_WEIGHT)
        for number in range(longest)
    ]


def _row(cells: dict[str, str], weight: float) -> Row | None:
    texts: dict[str, str] = {}
    for language, cell in cells.items():
        text = prepared(cell)
        if text and len(text.split()) <= MAX_WORDS:
            texts.setdefault(LANGUAGE_OF_KEY.get(language, language), text)
    return Row(texts, weight, cells.get("en", "").strip()) if len(texts) > 1 else None
