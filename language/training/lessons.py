"""What the teacher says of English texts, under their prepared form, so that translations can be led to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from language.static_encoder import prepared
from language.training.english import English
from language.training.parallel_text import Row
from language.training.teacher import teacher_vectors


@dataclass(frozen=True)
class Lessons:
    """texts: prepared; vectors: (texts, dimension), of length 1; alone: numbers of texts that stand in no row;
    words: numbers of those among them that are single words of the teacher's vocabulary."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    alone: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, text in enumerate(self.texts):
            self._numbers.setdefault(text, number)

    def number_of(self, text: str) -> int:
        """The number of a prepared text, -1 for one that the teacher was not asked."""
        return self._numbers.get(text, -1)


def ask_teacher(
    folder: Path, english: English, rows: Sequence[Row], dimension: int, cache: Path | None, say: Callable[[str], None]
) -> Lessons:
    """The lessons for the English of `rows` and for `english`; raises `TeacherError`."""
    of_rows = dict.fromkeys(row.english for row in rows if row.english)
    alone = [*english.words, *english.sentences]
    texts = list(dict.fromkeys([*of_rows, *alone]))
    vectors = teacher_vectors(folder, texts, dimension, cache, say)
    kept = [number for number, text in enumerate(texts) if prepared(text)]
    numbers = {texts[number]: place for place, number in enumerate(kept)}
    return Lessons(
        tuple(prepared(texts[number]) for number in kept),
        vectors[kept],
        tuple(numbers[text] for text in alone if text in numbers),
        tuple(numbers[text] for text in english.words if text in numbers),
    )
