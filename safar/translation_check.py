"""What `safar doctor` asks the translation service: address, key and languages. No word of a migrant is sent."""

import asyncio
from collections.abc import Iterator

from console.translation_service import open_translator
from console.translator import TranslationError, Translator
from foundation.settings import Settings
from language.variants import LANGUAGES, language_of
from safar.check import Check

NAME = "Translation"
TRIED = ("Hello", "en", "ru")
MENDS = {
    "refused": "correct SAFAR_TRANSLATE_KEY, or buy more: the key is wrong or the quota is used up",
    "unreachable": "correct SAFAR_TRANSLATE_URL, or start the service",
    "slow": "the service took longer than five seconds: give it more power, or take another",
    "busy": "wait a minute and try again; if it stays so, raise the service's limit",
    "broken": "is SAFAR_TRANSLATE_KIND right for this address? The answer is not what that kind of service says",
}


def translation(settings: Settings) -> Iterator[Check]:
    """Whether the service answers, knows the key, and which of our languages it lacks."""
    translator = open_translator(settings)
    if translator is None:
        yield Check(NAME, "off (no SAFAR_TRANSLATE_URL); no word leaves the server for it")
        return
    try:
        known = asyncio.run(_languages(translator))
    except TranslationError as error:
        mend = MENDS.get(error.fault, "see docs/guides/host.md")
        yield Check(NAME, f"{translator.host} does not translate ({error.fault})", mend)
        return
    ours = dict.fromkeys(language_of(variant)[0] for variant in LANGUAGES)
    lacking = [language for language in ours if language not in known]
    lacks = f"; it lacks {', '.join(lacking)}: operators are told so" if lacking else ""
    yield Check(NAME, f"{translator.host} translates {', '.join(each for each in ours if each in known)}{lacks}")


async def _languages(translator: Translator) -> frozenset[str]:
    """The languages; one greeting is translated, as only that shows that the key is right."""
    known = await translator.languages()
    if {TRIED[1], TRIED[2]} <= known:
        await translator.translate(*TRIED)
    return known
