"""Names of countries in every language."""

from collections.abc import Collection, Mapping
from pathlib import Path

from foundation.yaml_text import parse_yaml
from language.folding import fold
from language.transliteration import uzbek_to_cyrillic

FILE = "countries.yml"


class Places:
    """The countries that people speak of, from `data/guidance/countries.yml`."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self._names = names

    @classmethod
    def load(cls, folder: Path) -> "Places":
        """Read the names; raises `ValueError` where a language is missing."""
        document = parse_yaml((folder / FILE).read_text("utf-8"))
        names = document["countries"]
        for code, row in names.items():
            missing = {"ru", "uz", "tg", "ky", "kk", "en"} - set(row)
            if missing:
                raise ValueError(f"{folder / FILE}: {code}: no name in {', '.join(sorted(missing))}")
        return cls(names)

    def codes(self) -> tuple[str, ...]:
        """The codes of all countries (ISO 3166-1 alpha-2)."""
        return tuple(self._names)

    def country_name(self, code: str, variant: str) -> str:
        """The name of a country in a language; the code itself where it is unknown."""
        row = self._names.get(code)
        if row is None:
            return code
        if variant == "uz-Cyrl":
            return row.get(variant) or uzbek_to_cyrillic(row["uz"])
        return row[variant]

    def folded_names(self) -> Collection[str]:
        """All names in all languages, folded."""
        return {fold(name) for row in self._names.values() for name in row.values()}
