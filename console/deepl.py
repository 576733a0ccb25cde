"""DeepL's API, version 2. https://developers.deepl.com/api-reference/translate

Russian and English have been there long; Uzbek, Tajik, Kyrgyz and Kazakh came later, as beta languages, which have to
be asked for: https://developers.deepl.com/docs/getting-started/supported-languages and
https://developers.deepl.com/docs/learning-how-tos/examples-and-guides/enable-beta-languages
"""

from typing import Any

from console.translator import TranslationError, call, document_of, quiet_client, refusal

SOURCES = {"ru": "RU", "en": "EN", "uz": "UZ", "tg": "TG", "ky": "KY", "kk": "KK"}
TARGETS = SOURCES | {"en": "EN-GB"}
_BETA = frozenset({"uz", "tg", "ky", "kk"})
QUOTA_EXCEEDED = 456
TOO_MANY_AT_ONCE = 529
_FAULTS = {
    401: "refused",
    403: "refused",
    413: "too_long",
    429: "busy",
    QUOTA_EXCEEDED: "refused",
    503: "busy",
    TOO_MANY_AT_ONCE: "busy",
}


class DeepL:
    """One account; the address is that of the plan: api.deepl.com or api-free.deepl.com."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._client = quiet_client({"authorization": f"DeepL-Auth-Key {key}"})

    async def translate(self, text: str, source: str, target: str) -> str:
        """See `Service`."""
        if source not in SOURCES or target not in TARGETS:
            raise TranslationError("lacks_language")
        body: dict[str, Any] = {"text": [text], "source_lang": SOURCES[source], "target_lang": TARGETS[target]}
        body |= {"enable_beta_languages": True} if {source, target} & _BETA else {}
        response = await call(self._client, "POST", f"{self._address}/v2/translate", json=body)
        if response.status_code == 400:
            raise _bad_request(response.text)
        if not response.is_success:
            raise refusal(response.status_code, _FAULTS)
        return _first(document_of(response))

    async def languages(self) -> frozenset[str]:
        """See `Service`: from the documentation, as DeepL's own list leaves beta languages out; the key is tried."""
        response = await call(self._client, "GET", f"{self._address}/v2/usage")
        if not response.is_success:
            raise refusal(response.status_code, _FAULTS)
        if not isinstance(document_of(response), dict):
            raise TranslationError("broken")
        return frozenset(SOURCES)


def _bad_request(message: str) -> TranslationError:
    """DeepL names the parameter that it does not know: source_lang or target_lang."""
    return TranslationError("lacks_language") if "_lang" in message else refusal(400, {400: "refused"})


def _first(document: Any) -> str:
    rows = document.get("translations") if isinstance(document, dict) else None
    text = rows[0].get("text") if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None
    if not isinstance(text, str) or not text.strip():
        raise TranslationError("broken")
    return text
