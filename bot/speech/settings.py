"""The service that turns voice into text, out of the settings; None of it set: voice is not understood."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from foundation.settings import SettingError, Settings

_GUIDE = "See “Voice” in docs/guides/host.md."
_KEY = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class SpeechSettings:
    """`url` is the address before `/v1/audio/transcriptions`. `is_outside`: it is nobody's own machine or network."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The name of the machine that hears the voice, as people are told."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_outside(self) -> bool:
        """Whether people have to be told that their voice leaves."""
        return not _is_own(self.host)

    @classmethod
    def from_settings(cls, settings: Settings) -> "SpeechSettings | None":
        """None when no address is set. Raises `SettingError`."""
        if not settings.speech_url:
            return None
        url = settings.speech_url.rstrip("/").removesuffix("/v1")
        try:
            parts = urlsplit(url)
            is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        except ValueError:
            is_address = False
        if not is_address:
            raise SettingError(
                f"SAFAR_SPEECH_URL={settings.speech_url!r}: must be an address such as https://speech.example or "
                f"http://127.0.0.1:8000. {_GUIDE}"
            )
        if parts.scheme == "http" and not _is_own(parts.hostname or ""):
            raise SettingError(
                f"SAFAR_SPEECH_URL={settings.speech_url!r}: must begin with https://, people's voices travel there; "
                f"http:// is for this machine and private networks only. {_GUIDE}"
            )
        if not settings.speech_model:
            raise SettingError(f"SAFAR_SPEECH_MODEL: is not set, but SAFAR_SPEECH_URL is. {_GUIDE}")
        if settings.speech_key and not _KEY.fullmatch(settings.speech_key):
            raise SettingError(f"SAFAR_SPEECH_KEY=(not shown): must be plain letters, digits and signs. {_GUIDE}")
        return cls(url, settings.speech_model, settings.speech_key)


def _is_own(host: str) -> bool:
    """This machine, a private address, or a name without a dot, such as another container's."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(".localhost")
    return address.is_private or address.is_loopback
