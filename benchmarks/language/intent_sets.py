"""Public sets of intents: what is learnt from, what is asked, what lies out of scope, what others published."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.language.public_sets import read_rows

OUT_OF_SCOPE = "oos"


@dataclass(frozen=True)
class Row:
    """A sentence and its intent."""

    text: str
    intent: str


@dataclass(frozen=True)
class Published:
    """What others report: accuracy within scope, and recall of what is out of scope where they decide by the class."""

    system: str
    accuracy: float
    out_of_scope_recall: float


@dataclass(frozen=True)
class IntentSet:
    """`tests` by language; `valid` is for thresholds only, empty where nothing is out of scope."""

    name: str
    train: tuple[Row, ...]
    valid: tuple[Row, ...]
    tests: Mapping[str, tuple[Row, ...]]
    wanted_accuracy: float | None = None
    published: tuple[Published, ...] = ()


# Larson et al. 2019, https://arxiv.org/abs/1909.02027, full data, trained with 100 out-of-scope sentences as a class.
# The other sets' descriptions here name no figures.
CLINC150_PUBLISHED = (Published("BERT", 0.969, 0.403), Published("Rasa", 0.915, 0.453))
FOLDERS = ("clinc150", "banking77", "hwu64", "xsid")
WANTED_RECALL = 0.60


def read_sets(folder: Path) -> dict[str, IntentSet]:
    """All sets below `folder` (data/eval), by name."""
    found = [
        _clinc150(folder, "full", CLINC150_PUBLISHED, 0.94),
        _clinc150(folder, "small", (), None),
        _with_splits("BANKING77", folder / "banking77" / "banking77.tsv", 0.90),
        _with_splits("HWU64", folder / "hwu64" / "hwu64.tsv", 0.88),
        _xsid(folder / "xsid"),
    ]
    return {each.name: each for each in found}


def _clinc150(folder: Path, size: str, published: tuple[Published, ...], wanted: float | None) -> IntentSet:
    parts = _parts(folder / "clinc150" / f"data_{size}.tsv")
    return IntentSet(f"CLINC150-{size}", parts["train"], parts["val"], {"en": parts["test"]}, wanted, published)


def _with_splits(name: str, file: Path, wanted: float) -> IntentSet:
    parts = _parts(file)
    return IntentSet(name, parts["train"], (), {"en": parts["test"]}, wanted)


def _xsid(folder: Path) -> IntentSet:
    """Its training part is not here, so the 300 English sentences for validation are learnt from."""
    tests = {language: _parts(folder / f"{language}.tsv")["test"] for language in ("en", "kk")}
    return IntentSet("xSID", _parts(folder / "en.tsv")["valid"], (), tests)


def _parts(file: Path) -> dict[str, tuple[Row, ...]]:
    parts: dict[str, list[Row]] = {}
    for row in read_rows(file):
        # Rasa takes what follows a slash for the key of an answer, and learns the part before it.
        parts.setdefault(row["split"], []).append(Row(row["text"], row["intent"].replace("/", ".")))
    return {split: tuple(rows) for split, rows in parts.items()}
