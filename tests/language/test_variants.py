"""The seven variants, their languages and scripts."""

import pytest

from language.variants import LANGUAGES, OWN_NAMES, language_of, variant_of


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_variant_is_found_again_from_its_language_and_script(variant: str) -> None:
    assert variant_of(*language_of(variant)) == variant


@pytest.mark.parametrize(
    ("language", "script", "variant"),
    [("uz", "Cyrl", "uz-Cyrl"), ("uz", "Latn", "uz"), ("tg", "Latn", "tg"), ("ru", "Latn", "ru"), ("kk", "Latn", "kk")],
)
def test_only_uzbek_is_answered_in_two_scripts(language: str, script: str, variant: str) -> None:
    assert variant_of(language, script) == variant


@pytest.mark.parametrize(("language", "script"), [("other", "Latn"), ("other", "Arab"), ("", "")])
def test_a_language_that_we_do_not_speak_is_answered_in_russian(language: str, script: str) -> None:
    assert variant_of(language, script) == "ru"


def test_every_variant_has_a_name_of_its_own() -> None:
    assert set(OWN_NAMES) == set(LANGUAGES)
    assert len(set(OWN_NAMES.values())) == len(LANGUAGES)


def test_what_is_no_variant_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'de' is none of our variants"):
        language_of("de")
