"""What an index folder says of itself: encoder, dimension, metric, kind of search, content, date."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from knowledge_base.library import Library
from language.encoder import Encoder

METRIC = "inner product of unit vectors"
FORMAT = 1
DESCRIPTION = "index.json"
FLAT = "flat"
HNSW = "hnsw"
FLAT_UP_TO = 50_000
"""Questions: up to here each is compared, which takes 5 ms of one core; above, a graph is searched."""


class IndexMismatchError(Exception):
    """The index was made of other content, by another encoder or program; the message says what to do."""


@dataclass(frozen=True)
class Description:
    """What an index folder says of itself. `kind` is `FLAT` or `HNSW`; folders that do not say it yet are `FLAT`."""

    format: int
    encoder: str
    dimension: int
    metric: str
    content: str
    entries: int
    questions: int
    made_at: str
    kind: str = FLAT

    def save(self, folder: Path) -> None:
        """Write `index.json`."""
        (folder / DESCRIPTION).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Description":
        """Read `index.json`; raises `IndexMismatchError`."""
        try:
            return cls(**json.loads((folder / DESCRIPTION).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexMismatchError(
                f"{folder} is not an index of this program ({error}); run `safar train`"
            ) from error

    def refuse_other(self, folder: Path, library: Library, encoder: Encoder) -> None:
        """Raise `IndexMismatchError` unless the index fits this library and this encoder."""
        expected = {
            "format": (self.format, FORMAT),
            "encoder": (self.encoder, encoder.fingerprint),
            "dimension": (self.dimension, encoder.dimension),
            "metric": (self.metric, METRIC),
            "content": (self.content, content_hash(library)),
        }
        for what, (found, wanted) in expected.items():
            if found != wanted:
                raise IndexMismatchError(
                    f"{folder} was made with another {what} ({found}, here {wanted}); run `safar train`"
                )


def describe(library: Library, encoder: Encoder, questions: int, made_at: datetime) -> Description:
    """What an index of this library by this encoder says of itself."""
    return Description(
        format=FORMAT,
        encoder=encoder.fingerprint,
        dimension=encoder.dimension,
        metric=METRIC,
        content=content_hash(library),
        entries=len(library.entries),
        questions=questions,
        made_at=made_at.isoformat(timespec="seconds"),
        kind=kind_for(questions),
    )


def kind_for(questions: int) -> str:
    """How this many questions are searched: `FLAT` or `HNSW`."""
    return FLAT if questions <= FLAT_UP_TO else HNSW


def content_hash(library: Library) -> str:
    """Differs between two libraries whose entries differ in anything."""
    return hashlib.sha256(repr(library.entries).encode()).hexdigest()[:16]
