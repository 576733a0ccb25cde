"""Which translation service is set: none, or one of the kinds that we know."""

from collections.abc import Callable, Mapping

from console.deepl import DeepL
from console.libretranslate import LibreTranslate
from console.translator import Service, Translator, host_of
from foundation.settings import Settings

KINDS: Mapping[str, Callable[[str, str], Service]] = {"libretranslate": LibreTranslate, "deepl": DeepL}


def open_translator(settings: Settings) -> Translator | None:
    """The service of the settings; None where translation is off. Asks nobody."""
    if not settings.translate_url:
        return None
    return Translator(host_of(settings), KINDS[settings.translate_kind](settings.translate_url, settings.translate_key))
