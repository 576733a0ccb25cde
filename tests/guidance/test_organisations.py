"""Organisations: only sourced ones of sufficient confidence are for migrants; names and kinds in every language."""

from foundation.settings import PROJECT
from guidance.contacts import Organisations
from language.variants import LANGUAGES

ORGANISATIONS = Organisations.load(PROJECT / "data" / "guidance")


def _ids(country: str | None, kind: str | None = None) -> list[str]:
    return [each.id for each in ORGANISATIONS.for_country(country, kind)]


def test_a_country_has_its_own_organisations_and_those_of_all_countries() -> None:
    assert _ids("RU") == ["alternativa", "unhcr_ru", "civic_assistance", "iom"]
    assert _ids("TR") == _ids(None) == ["iom"]


def test_a_kind_of_help_leaves_only_those_that_offer_it() -> None:
    assert _ids("KZ", "shelter") == ["sana_sezim"]
    assert _ids("RU", "asylum") == ["unhcr_ru", "civic_assistance"]


def test_one_of_low_confidence_is_known_but_not_for_migrants() -> None:
    found = ORGANISATIONS.get("istiqbolli_avlod")
    assert found and found.confidence == "low" and not found.is_shown
    assert "istiqbolli_avlod" not in _ids("UZ")
    assert found in ORGANISATIONS.all()


def test_every_organisation_has_a_name_a_source_and_named_kinds_in_every_variant() -> None:
    for each in ORGANISATIONS.all():
        assert each.sources and each.facts and each.kinds
        for variant in LANGUAGES:
            assert each.name(variant).strip()
            assert all(ORGANISATIONS.kinds.name(kind, variant) != kind.replace("_", " ") for kind in each.kinds)
    assert ORGANISATIONS.get("unhcr_ru").name("uz-Cyrl").startswith("БМТ")  # type: ignore[union-attr]


def test_an_unverified_hotline_is_known_of_without_its_number() -> None:
    centre = ORGANISATIONS.get("union_of_crisis_centres")
    assert centre and centre.has_unverified_hotline
    assert "11616" not in repr(centre)
    text = (PROJECT / "data" / "guidance" / "contacts.yml").read_text("utf-8")
    assert "11616" not in text
