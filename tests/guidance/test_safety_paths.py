"""The paths of the safety dialogue: every sign has one, and what they say is whole, sourced, and right for all."""

import re
from pathlib import Path

import pytest
import yaml

from foundation.settings import PROJECT
from guidance.contacts import EmergencyNumbers
from guidance.labels import Labels
from guidance.safety_paths import FILE, SafetyPaths
from language.variants import LANGUAGES
from language.wording import Wording

DATA = PROJECT / "data"
PATHS = SafetyPaths.load(DATA / "guidance")
WORDING = Wording.load(DATA / "responses")
KEYS = [key for key in WORDING.keys() if key.startswith("safety_")]  # noqa: SIM118
DIGITS = re.compile(r"\d[\d \-()]{1,}\d")
CONSULATE = ("консул", "konsul", "consul", "посольств", "elchixona", "сафорат", "элчилик", "елшілік", "embassy")


@pytest.mark.parametrize(
    ("level", "signs", "before", "path"),
    [
        ("urgent", ("suicide", "violence"), (), "suicide"),
        ("urgent", ("violence",), (), "urgent"),
        ("urgent", ("violence", "family_violence"), (), "urgent"),
        ("concern", ("threats", "family_violence"), (), "family_violence"),
        ("urgent", ("taken_away", "army"), (), "army"),
        ("urgent", ("violence",), ("army",), "urgent"),
        ("urgent", ("papers_kept",), (), "urgent"),
        ("urgent", (), ("papers_kept",), "urgent"),
        ("concern", (), ("violence",), "concern"),
        ("concern", (), ("fear_of_return",), "fear_of_return"),
        ("concern", ("papers_kept",), ("fear_of_return",), "fear_of_return"),
        ("concern", ("forced_marriage",), (), "family_violence"),
        ("concern", ("debt_bondage",), (), "concern"),
        ("concern", ("a phrase of an older release",), (), "concern"),
        ("urgent", (), (), "urgent"),
    ],
)
def test_a_danger_leads_by_its_own_signs_then_by_those_before_then_by_its_level(
    level: str, signs: tuple[str, ...], before: tuple[str, ...], path: str
) -> None:
    assert PATHS.path_of(level, signs, before).id == path


def test_every_sign_of_the_detector_has_one_path_and_every_path_knows_only_such_signs() -> None:
    listed = [sign for path_id in PATHS.ids() if (path := PATHS.get(path_id)) for sign in path.signs]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(Labels.load(DATA / "danger" / "signs.yml").ids())


def test_every_text_and_entry_of_a_path_is_there() -> None:
    for path_id in PATHS.ids():
        path = PATHS.get(path_id)
        assert path
        for key in (f"safety_{path_id}", *(each.text for each in path.says)):
            assert key in KEYS
        for entry in path.entries.values():
            assert (DATA / "faq" / f"{entry}.yml").is_file(), entry
        assert "all" in path.numbers


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_first_words_of_every_path_ask_whether_one_can_write(variant: str) -> None:
    asks = WORDING.text("safety_again", variant).split(". ", 1)[1].rstrip("?")
    for path_id in PATHS.ids():
        assert WORDING.text(f"safety_{path_id}", variant, number="").startswith(asks), path_id


@pytest.mark.parametrize("key", KEYS)
def test_no_number_stands_in_a_text_and_none_says_what_somebody_is(key: str) -> None:
    values = dict.fromkeys("number code_word resume_word exit_word country lines name at source".split(), "")
    for variant in LANGUAGES:
        said = WORDING.text(key, variant, **values)
        assert not DIGITS.search(said), (key, variant)
        assert not re.search("жертв|qurbon|қурбон|құрбан|курман|victim", said.casefold()), (key, variant)


def test_only_one_text_names_a_consulate_and_the_paths_of_fear_never_use_it() -> None:
    values = dict.fromkeys("number code_word resume_word exit_word country lines name at source".split(), "")
    naming = {
        key
        for key in KEYS
        for variant in LANGUAGES
        if any(word in WORDING.text(key, variant, **values).casefold() for word in CONSULATE)
    }
    assert naming == {"safety_army_consulate"}
    for path_id in ("fear_of_return", "asylum", "lone_child"):
        path = PATHS.get(path_id)
        assert path and "safety_army_consulate" not in path.texts(())


@pytest.mark.parametrize("variant", LANGUAGES)
def test_buttons_fit_every_channel(variant: str) -> None:
    titles = [WORDING.text(key, variant) for key in KEYS if key.startswith("safety_button_")]
    titles += [title for key in KEYS for title, _ in WORDING.buttons(key, variant)]
    assert titles and all(len(title) <= 20 for title in titles)
    assert len(EmergencyNumbers.load(DATA / "guidance").countries()) < 10, "the countries fit into WhatsApp's list"


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize("key", ["safety_cannot_write", "safety_disguise"])
def test_what_a_stranger_may_read_speaks_of_nothing(key: str, variant: str) -> None:
    said = WORDING.text(key, variant, resume_word="").casefold()
    told = ("опасн", "помощ", "хатар", "xavf", "коркунуч", "қауіп", "danger", "help", "кумак", "жардам", "yordam")
    assert not [word for word in told if word in said]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    document = yaml.safe_load((DATA / "guidance" / FILE).read_text("utf-8"))
    del document["paths"][0]["says"]
    (tmp_path / FILE).write_text(yaml.safe_dump(document), "utf-8")
    with pytest.raises(ValueError, match=f"{FILE}: suicide"):
        SafetyPaths.load(tmp_path)
