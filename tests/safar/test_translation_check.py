"""`safar doctor` on the translation service, asked of emulated services: what works, what is wrong, what to do."""

import pytest

from foundation.settings import SettingError, Settings, load_settings
from safar.translation_check import translation
from tests.translation_emulator.deepl import DeepLEmulator
from tests.translation_emulator.libretranslate import LibreTranslateEmulator
from tests.translation_emulator.serving import Emulator, Trouble


def _settings(service: Emulator, kind: str, key: str = "") -> Settings:
    own = {"SAFAR_TRANSLATE_URL": service.url, "SAFAR_TRANSLATE_KIND": kind, "SAFAR_TRANSLATE_KEY": key}
    return load_settings(own)


def test_without_an_address_it_is_off() -> None:
    (check,) = translation(load_settings({}))
    assert check.found.startswith("off") and not check.mend


def test_what_a_service_knows_and_lacks_is_told() -> None:
    with LibreTranslateEmulator(("ru", "en", "ky")) as service:
        (check,) = translation(_settings(service, "libretranslate"))
        assert "translates ru, ky, en; it lacks uz, tg, kk" in check.found and not check.mend
        assert [body["q"] for body in service.asked] == ["Hello"]
    with DeepLEmulator() as service:
        (check,) = translation(_settings(service, "deepl", DeepLEmulator.key))
        assert "translates ru, uz, tg, ky, kk, en" in check.found and not check.mend


@pytest.mark.parametrize("kind", ["libretranslate", "deepl"])
def test_a_wrong_key_is_told_without_it(kind: str) -> None:
    with LibreTranslateEmulator(key="right") if kind == "libretranslate" else DeepLEmulator() as service:
        (check,) = translation(_settings(service, kind, "a-wrong-key"))
        assert "(refused)" in check.found and "SAFAR_TRANSLATE_KEY" in check.mend
        assert "a-wrong-key" not in check.found + check.mend


def test_the_wrong_kind_and_a_service_that_is_not_there_are_told() -> None:
    with LibreTranslateEmulator() as service:
        (check,) = translation(_settings(service, "deepl", "k"))
        assert "SAFAR_TRANSLATE_KIND" in check.mend
        service.troubles.append(Trouble(status=429))
        (check,) = translation(_settings(service, "libretranslate"))
        assert "wait a minute" in check.mend
    (check,) = translation(load_settings({"SAFAR_TRANSLATE_URL": "http://127.0.0.1:9"}))
    assert "(unreachable)" in check.found and "SAFAR_TRANSLATE_URL" in check.mend


@pytest.mark.parametrize(
    ("name", "value"), [("SAFAR_TRANSLATE_URL", "translate.example"), ("SAFAR_TRANSLATE_KIND", "google")]
)
def test_a_setting_that_cannot_be_used_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load_settings({name: value})
