"""Both kinds of translation service, against emulators of their documentation: what they say, and how they fail."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.texts import PROGRAM, Texts
from console.translation_service import open_translator
from console.translator import FAULTS, MAX_CHARS, TranslationError, Translator
from foundation.settings import load_settings
from knowledge_base.canned_replies import REVIEWS, VARIABLES
from tests.translation_emulator.deepl import DeepLEmulator
from tests.translation_emulator.libretranslate import LibreTranslateEmulator
from tests.translation_emulator.serving import Emulator, Trouble

KINDS = ("libretranslate", "deepl")


@pytest.fixture(params=KINDS)
def service(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """A running service of each kind."""
    emulator = LibreTranslateEmulator(key="k") if request.param == "libretranslate" else DeepLEmulator()
    with emulator as running:
        yield running
    assert emulator.violations == []


def _translator(service: Emulator, key: str | None = None) -> Translator:
    kind = "deepl" if isinstance(service, DeepLEmulator) else "libretranslate"
    own_key = service.key if isinstance(service, DeepLEmulator | LibreTranslateEmulator) else ""
    environ = {"SAFAR_TRANSLATE_URL": service.url, "SAFAR_TRANSLATE_KIND": kind}
    found = open_translator(load_settings(environ | {"SAFAR_TRANSLATE_KEY": own_key if key is None else key}))
    assert found is not None
    return found


async def _fault(translator: Translator, text: str = "салом", source: str = "tg", target: str = "ru") -> str:
    with pytest.raises(TranslationError) as error:
        await translator.translate(text, source, target)
    return error.value.fault


def test_without_an_address_there_is_no_translator() -> None:
    assert open_translator(load_settings({})) is None


async def test_every_pair_of_our_languages_is_asked_for_as_the_service_wants_it(service: Emulator) -> None:
    translator = _translator(service)
    for source, target in (("tg", "ru"), ("ru", "kk"), ("ky", "en"), ("en", "uz")):
        said = await translator.translate("text", source, target)
        assert said.startswith(f"[{source}→{target}"), said
    assert await translator.languages() == {"ru", "en", "tg", "kk", "ky", "uz"}
    assert translator.host in service.url


async def test_uzbek_goes_out_in_latin_letters_and_comes_back_in_the_script_of_the_person(service: Emulator) -> None:
    service.words = {"Qayerdasiz?": "Где вы?", "Здравствуйте": "Assalomu alaykum"}
    translator = _translator(service)
    assert await translator.translate("Қаердасиз?", "uz-Cyrl", "ru") == "Где вы?"
    assert await translator.translate("Здравствуйте", "ru", "uz-Cyrl") == "Ассалому алайкум"
    assert await translator.translate("Здравствуйте", "ru", "uz") == "Assalomu alaykum"


async def test_the_other_script_of_a_language_needs_no_service(service: Emulator) -> None:
    assert await _translator(service).translate("Rahmat", "uz", "uz-Cyrl") == "Раҳмат"
    assert service.asked == []


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        (Trouble(status=429), "busy"),
        (Trouble(status=500), "broken"),
        (Trouble(status=403), "refused"),
        (Trouble(status=413), "too_long"),
        (Trouble(body="<html>not JSON"), "broken"),
        (Trouble(body="[]"), "broken"),
        (Trouble(body='{"translations": [], "translatedText": ""}'), "broken"),
        (Trouble(body='{"translations": [{"text": 5}], "translatedText": {"a": 1}}'), "broken"),
        (Trouble(status=301, body="{}"), "broken"),
        (Trouble(slow_seconds=1.0), "slow"),
    ],
)
async def test_whatever_the_service_does_wrong_has_a_name(service: Emulator, trouble: Trouble, fault: str) -> None:
    translator = replace(_translator(service), longest_seconds=0.4)
    service.troubles.append(trouble)
    assert await _fault(translator) == fault
    assert (await translator.translate("салом", "tg", "ru")).endswith("салом"), "the next one works again"


async def test_a_wrong_key_is_a_refusal(service: Emulator) -> None:
    assert await _fault(_translator(service, key="wrong")) == "refused"


@pytest.mark.parametrize("status", [456, 529])
async def test_the_own_codes_of_deepl_are_understood(status: int) -> None:
    with DeepLEmulator() as service:
        service.troubles.append(Trouble(status=status))
        assert await _fault(_translator(service)) == {456: "refused", 529: "busy"}[status]
        service.troubles.append(Trouble(status=400, body='{"message": "Value for \'target_lang\' not supported."}'))
        assert await _fault(_translator(service)) == "lacks_language"


async def test_a_language_that_a_server_lacks_is_told_without_sending_the_words() -> None:
    with LibreTranslateEmulator(("ru", "en", "ky")) as service:
        assert await _fault(_translator(service)) == "lacks_language"
        assert await _fault(_translator(service), "привет", "ru", "kk") == "lacks_language"
        assert service.asked == []
        assert await _translator(service).languages() == {"ru", "en", "ky"}


async def test_a_server_that_is_not_there_is_told() -> None:
    settings = load_settings({"SAFAR_TRANSLATE_URL": "http://127.0.0.1:9"})
    translator = open_translator(settings)
    assert translator is not None
    assert await _fault(translator) == "unreachable"


async def test_a_text_that_is_too_long_is_not_sent(service: Emulator) -> None:
    assert await _fault(_translator(service), "ы" * (MAX_CHARS + 1)) == "too_long"
    assert service.asked == []


async def test_no_word_and_no_key_is_logged(service: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    service.troubles.append(Trouble(status=500))
    await _fault(_translator(service), "Рӯзгори махфӣ")
    logged = caplog.text.replace("httpcore", "")
    assert "махфӣ" not in logged and "emulated-key" not in logged
    assert "HTTP 500" in logged


def test_every_text_that_the_panel_makes_up_is_there() -> None:
    texts = Texts.load(PROGRAM.parent)
    keys = {f"variable_{name}" for name in VARIABLES} | {f"translate_{fault}" for fault in FAULTS}
    keys |= {f"review_{state}" for state in (*REVIEWS, "machine")} | {"suggestions_broken", "suggestions_no_release"}
    assert not [key for key in keys if not texts.has(f"console_{key}")]
