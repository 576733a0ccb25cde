"""The parallel corpus, `data/parallel/<domain>.tsv` and its second wordings, read with file and line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ru", "uz", "tg", "ky", "kk")
COLUMNS = ("id", "style", "speaker", *LANGUAGES)
SECOND_COLUMNS = ("id", *LANGUAGES)
SECOND = ".paraphrases.tsv"
STYLES = frozenset({"plain", "colloquial", "official"})
SPEAKERS = frozenset({"migrant", "family", "employer", "official", "operator"})


class CorpusError(Exception):
    """A file of the corpus cannot be read; the message names file, line and reason."""


@dataclass(frozen=True)
class Row:
    """One thought in six languages, Uzbek in Latin letters. `id` is `<topic>-<number>`; second wordings bear the id
    of their row and have neither style nor speaker."""

    id: str
    texts: dict[str, str]
    file: Path
    line: int
    style: str = ""
    speaker: str = ""

    @property
    def topic(self) -> str:
        """The topic that the thought belongs to."""
        return self.id.rpartition("-")[0]

    @property
    def is_second(self) -> bool:
        """Whether it is a second wording of a row."""
        return self.file.name.endswith(SECOND)


def read_corpus(folder: Path) -> tuple[Row, ...]:
    """All rows below `folder`, second wordings too; raises `CorpusError`."""
    return tuple(row for file in sorted(folder.glob("*.tsv")) for row in _of_file(file))


def _of_file(file: Path) -> Iterator[Row]:
    columns = SECOND_COLUMNS if file.name.endswith(SECOND) else COLUMNS
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(rows, [])
        if tuple(head) != columns:
            raise CorpusError(f"{file}:1: the first line must name the columns {', '.join(columns)}")
        for number, cells in enumerate(rows, 2):
            if len(cells) != len(columns):
                raise CorpusError(f"{file}:{number}: {len(cells)} cells instead of {len(columns)}; tabs divide them")
            values = dict(zip(columns, cells, strict=True))
            texts = {language: values[language].strip() for language in LANGUAGES}
            yield Row(values["id"], texts, file, number, values.get("style", ""), values.get("speaker", ""))
