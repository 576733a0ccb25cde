"""The language variants that Safar speaks, their codes and their own names."""

LANGUAGES = ("ru", "uz", "uz-Cyrl", "tg", "ky", "kk", "en")

OWN_NAMES = {
    "ru": "Русский",
    "uz": "Oʻzbekcha",
    "uz-Cyrl": "Ўзбекча",
    "tg": "Тоҷикӣ",
    "ky": "Кыргызча",
    "kk": "Қазақша",
    "en": "English",
}

_FALLBACK = "ru"
_LATIN = frozenset({"uz", "en"})


def variant_of(language: str, script: str) -> str:
    """Return the variant in which a person who writes `language` in `script` is answered.

    Only Uzbek has two variants: Tajik in Latin letters is answered in Tajik. Other languages are answered in Russian.
    """
    if language == "uz" and script == "Cyrl":
        return "uz-Cyrl"
    return language if language in LANGUAGES else _FALLBACK


def language_of(variant: str) -> tuple[str, str]:
    """Return language and script (ISO 15924) of a variant; `ValueError` for what is not one."""
    if variant not in LANGUAGES:
        raise ValueError(f"{variant!r} is none of our variants: {', '.join(LANGUAGES)}")
    language = variant.partition("-")[0]
    return language, "Latn" if variant in _LATIN else "Cyrl"
