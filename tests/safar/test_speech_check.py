"""`safar doctor` and the start on the service of speech: what works, what is wrong, what to do."""

import pytest

from bot.speech.settings import SpeechSettings
from foundation.settings import SettingError, Settings, load_settings
from safar.messenger_checks import require_messengers
from safar.speech_check import speech
from tests.speech_emulator.emulator import SpeechEmulator


def _chosen(**environ: str) -> SpeechSettings:
    found = SpeechSettings.from_settings(_settings(**environ))
    assert found is not None
    return found


def _settings(**environ: str) -> Settings:
    return load_settings({f"SAFAR_SPEECH_{name.upper()}": value for name, value in environ.items()})


def test_without_a_service_nothing_is_to_be_mended() -> None:
    (check,) = speech(load_settings({}))
    assert "not understood" in check.found and not check.mend


def test_a_service_that_answers_is_told_with_its_model() -> None:
    with SpeechEmulator() as emulator:
        (check,) = speech(load_settings(emulator.environ()))
        assert "understands with whisper-1" in check.found and "own machine" in check.found and not check.mend
        assert len(emulator.heard) == 1 and emulator.violations == []


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"SAFAR_SPEECH_KEY": "sk-wrong"}, "http_401"), ({"SAFAR_SPEECH_URL": "http://127.0.0.1:9"}, "no_connection")],
)
def test_a_service_that_refuses_or_is_away_is_told_without_the_key(more: dict[str, str], reason: str) -> None:
    with SpeechEmulator() as emulator:
        (check,) = speech(load_settings(emulator.environ() | more))
    assert reason in check.found and check.mend and "sk-" not in check.found + check.mend


def test_a_wrong_path_is_told() -> None:
    with SpeechEmulator() as emulator:
        (check,) = speech(load_settings(emulator.environ() | {"SAFAR_SPEECH_URL": f"{emulator.url}/other"}))
    assert "http_404" in check.found and "SAFAR_SPEECH_URL" in check.mend


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"url": "speech.example"}, "SAFAR_SPEECH_URL"),
        ({"url": "http://speech.example"}, "https://"),
        ({"url": "https://name:word@speech.example"}, "SAFAR_SPEECH_URL"),
        ({"url": "https://[broken"}, "SAFAR_SPEECH_URL"),
        ({"url": "https://speech.example", "key": "with a space"}, "SAFAR_SPEECH_KEY"),
    ],
)
def test_what_cannot_work_stops_the_start_and_names_the_setting(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named) as stopped:
        require_messengers(_settings(**environ))
    assert "with a space" not in str(stopped.value)
    (check,) = speech(_settings(**environ))
    assert named in check.found and check.mend


def test_people_are_told_of_what_is_outside_and_of_nothing_else() -> None:
    for url in ("http://127.0.0.1:8000", "http://localhost:8000", "http://10.0.0.7", "http://whisper:9000/v1"):
        assert not _chosen(url=url).is_outside, url
    for url in ("https://api.openai.com/v1", "https://speech.example", "https://8.8.8.8"):
        assert _chosen(url=url).is_outside, url
    assert _chosen(url="https://api.openai.com/v1").url == "https://api.openai.com"
    assert "sk-secret" not in repr(_chosen(url="http://whisper", key="sk-secret"))
