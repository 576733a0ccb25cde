"""LibreTranslate's API, of its own server or of another program that speaks it.

https://docs.libretranslate.com/api/operations/translate/ and https://docs.libretranslate.com/api/operations/languages/
"""

import time
from typing import Any

from console.translator import TranslationError, call, document_of, quiet_client, refusal
from language.variants import LANGUAGES, language_of

KNOWN_SECONDS = 600.0
"""So long a list of languages is believed."""
_OURS = frozenset(language_of(variant)[0] for variant in LANGUAGES)
_FAULTS = {400: "refused", 401: "refused", 403: "refused", 404: "broken", 413: "too_long", 429: "busy", 503: "busy"}


class LibreTranslate:
    """One server. Which languages it has depends on the models that its host has put there: it is asked for them."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._key = key
        self._client = quiet_client()
        self._targets: dict[str, frozenset[str]] = {}
        self._asked_at = -KNOWN_SECONDS

    async def translate(self, text: str, source: str, target: str) -> str:
        """See `Service`."""
        if target not in (await self._pairs()).get(source, ()):
            raise TranslationError("lacks_language")
        body = {"q": text, "source": source, "target": target, "format": "text"}
        body |= {"api_key": self._key} if self._key else {}
        response = await call(self._client, "POST", f"{self._address}/translate", json=body)
        if not response.is_success:
            raise refusal(response.status_code, _FAULTS)
        document = document_of(response)
        translated = document.get("translatedText") if isinstance(document, dict) else None
        if not isinstance(translated, str) or not translated.strip():
            raise TranslationError("broken")
        return translated

    async def languages(self) -> frozenset[str]:
        """See `Service`; a server may know a language only from or only into another."""
        pairs = await self._pairs()
        return _OURS & frozenset(pairs)

    async def _pairs(self) -> dict[str, frozenset[str]]:
        """From each language those into which it can be translated."""
        if time.monotonic() - self._asked_at > KNOWN_SECONDS:
            response = await call(self._client, "GET", f"{self._address}/languages")
            if not response.is_success:
                raise refusal(response.status_code, _FAULTS)
            self._targets = _targets(document_of(response))
            self._asked_at = time.monotonic()
        return self._targets


def _targets(document: Any) -> dict[str, frozenset[str]]:
    if not isinstance(document, list) or not all(isinstance(row, dict) and "code" in row for row in document):
        raise TranslationError("broken")
    codes = frozenset(str(row["code"]) for row in document)
    return {str(row["code"]): frozenset(map(str, row.get("targets") or codes)) for row in document}
