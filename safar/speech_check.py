"""What `safar doctor` asks the service that turns voice into text: a second of silence, so key and model are tried."""

import asyncio
import io
import wave
from collections.abc import Iterator

from bot.speech.recogniser import Recogniser, RecogniserError
from bot.speech.settings import SpeechSettings
from conversations.reply import Attachment
from foundation.settings import SettingError, Settings
from safar.check import Check

GUIDE = "docs/guides/host.md, “Voice”"
SAMPLES_PER_SECOND = 16_000
ADVICE = {
    "http_401": "set SAFAR_SPEECH_KEY to a key that the service knows",
    "http_403": "set SAFAR_SPEECH_KEY to a key that may use the service",
    "http_404": "set SAFAR_SPEECH_URL to what stands before /v1/audio/transcriptions, or another SAFAR_SPEECH_MODEL",
    "http_429": "the service is busy, or what was paid for is used up",
    "no_answer": "the service is too slow: people then read that they should write",
    "no_connection": "start the service, or correct SAFAR_SPEECH_URL",
    "bad_answer": "SAFAR_SPEECH_URL must name a service with OpenAI's interface for transcriptions",
}


def speech(settings: Settings) -> Iterator[Check]:
    """Whether it answers; its answer to silence does not matter."""
    try:
        chosen = SpeechSettings.from_settings(settings)
    except SettingError as error:
        yield Check("Voice", str(error), f"correct it in .env; see {GUIDE}")
        return
    if chosen is None:
        yield Check("Voice", "not understood (no SAFAR_SPEECH_URL); people are asked to write")
        return
    try:
        asyncio.run(_ask(chosen))
    except RecogniserError as error:
        advice = ADVICE.get(error.reason, f"see the service's own log, and {GUIDE}")
        yield Check("Voice", f"{chosen.host} does not answer as it should ({error.reason})", advice)
        return
    where = "outside: people are told" if chosen.is_outside else "on your own machine or network"
    yield Check("Voice", f"{chosen.host} understands with {chosen.model} ({where})")


async def _ask(chosen: SpeechSettings) -> None:
    recogniser = Recogniser(chosen)
    try:
        await recogniser.text_of(_silence())
    finally:
        await recogniser.close()


def _silence() -> Attachment:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLES_PER_SECOND)
        sound.writeframes(bytes(2 * SAMPLES_PER_SECOND))
    return Attachment("silence.wav", "audio/wav", written.getvalue())
