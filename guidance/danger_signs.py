"""The signs of danger: their ids, levels, ILO indicators, and names for operators, from `data/danger/signs.yml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from foundation.yaml_text import parse_yaml
from language.variants import LANGUAGES, language_of

Level = Literal["none", "concern", "urgent"]
LEVELS: tuple[Level, ...] = ("none", "concern", "urgent")
FILE = "signs.yml"
LABEL_LANGUAGES = tuple(dict.fromkeys(language_of(variant)[0] for variant in LANGUAGES))


@dataclass(frozen=True)
class Sign:
    """One sign; `indicator` is the ILO indicator of forced labour that it answers to, as `screening.yml` numbers it."""

    id: str
    level: Level
    indicator: str | None
    label: Mapping[str, str]


class Signs:
    """All signs, the gravest first, as the file has them."""

    def __init__(self, signs: Mapping[str, Sign]) -> None:
        self._signs = signs

    @classmethod
    def load(cls, folder: Path) -> "Signs":
        """Read the signs of `folder`; raises `ValueError` naming file and sign."""
        try:
            rows = parse_yaml((folder / FILE).read_text("utf-8"))["items"]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise ValueError(f"{folder / FILE}: not a file of signs ({error})") from error
        return cls({sign.id: sign for sign in (_sign(row, folder / FILE) for row in rows)})

    def __iter__(self) -> Iterator[Sign]:
        return iter(self._signs.values())

    def __contains__(self, sign: object) -> bool:
        return sign in self._signs

    @property
    def levels(self) -> dict[str, Level]:
        """The level of each sign."""
        return {sign.id: sign.level for sign in self}

    def label(self, sign: str, language: str) -> str:
        """The sign's name for an operator; of a sign that is no longer known its id."""
        return self._signs[sign].label[language] if sign in self._signs else sign


def _sign(row: Mapping[str, Any], file: Path) -> Sign:
    try:
        sign = Sign(str(row["id"]), row["level"], row["indicator"], dict(row["label"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {row}: a sign needs id, level, indicator and label ({error})") from error
    if sign.level not in ("concern", "urgent"):
        raise ValueError(f"{file}: {sign.id}: the level is concern or urgent, not {sign.level!r}")
    if missing := [language for language in LABEL_LANGUAGES if not sign.label.get(language)]:
        raise ValueError(f"{file}: {sign.id}: no label in {', '.join(missing)}")
    return sign
