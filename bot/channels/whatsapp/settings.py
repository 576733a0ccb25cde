"""What WhatsApp needs to be on, out of the settings; a half-set channel stops the start."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.channels.whatsapp.template import Template
from foundation.settings import SettingError, Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TEMPLATE = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_GUIDE = "See docs/guides/messengers.md."


@dataclass(frozen=True)
class WhatsAppSettings:
    """The number that Safar speaks from, the secrets on both ways, and the variant for people of unknown language."""

    token: str
    phone_number_id: str
    app_secret: str
    verify_token: str
    api_url: str
    first_variant: str
    template: Template | None

    def __repr__(self) -> str:
        """The number's id only: the rest is secret."""
        return f"WhatsAppSettings(phone_number_id={self.phone_number_id!r})"

    @classmethod
    def from_settings(cls, settings: Settings) -> "WhatsAppSettings | None":
        """None when no token is set (the channel is off); raises `SettingError` when something else is missing."""
        if not settings.whatsapp_token:
            return None
        _check_secret("SAFAR_WHATSAPP_TOKEN", settings.whatsapp_token, "the token of a system user")
        _check_secret("SAFAR_WHATSAPP_APP_SECRET", settings.whatsapp_app_secret, "the secret of the app")
        _check_secret("SAFAR_WHATSAPP_VERIFY_TOKEN", settings.whatsapp_verify_token, "a word of your own")
        _check_number(settings.whatsapp_phone_number_id)
        _check_address(settings.whatsapp_api_url)
        return cls(
            token=settings.whatsapp_token,
            phone_number_id=settings.whatsapp_phone_number_id,
            app_secret=settings.whatsapp_app_secret,
            verify_token=settings.whatsapp_verify_token,
            api_url=settings.whatsapp_api_url.rstrip("/"),
            first_variant=settings.languages[0],
            template=_template(settings.whatsapp_template, settings.whatsapp_template_languages),
        )


def _template(name: str, languages: tuple[str, ...]) -> Template | None:
    if not name:
        return None
    if not _TEMPLATE.fullmatch(name):
        sentence = "must be the name of an approved template: small letters, digits and _"
        raise SettingError(f"SAFAR_WHATSAPP_TEMPLATE={name!r}: {sentence}. {_GUIDE}")
    wrong = [code for code in languages if not _LANGUAGE.fullmatch(code)]
    if wrong or not languages:
        sentence = "must be the codes of the template's languages, such as ru, uz, ky_KG"
        raise SettingError(f"SAFAR_WHATSAPP_TEMPLATE_LANGUAGES={','.join(languages)!r}: {sentence}. {_GUIDE}")
    return Template(name, languages)


def _check_secret(name: str, value: str, what: str) -> None:
    if not value:
        raise SettingError(f"{name}: is not set, but SAFAR_WHATSAPP_TOKEN is. Set {what}. {_GUIDE}")
    if not _VISIBLE.fullmatch(value):
        raise SettingError(f"{name}=(not shown): must be plain letters, digits and signs without spaces. {_GUIDE}")


def _check_number(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        sentence = "must be the id of the phone number (digits; not the phone number itself)"
        raise SettingError(f"SAFAR_WHATSAPP_PHONE_NUMBER_ID={value!r}: {sentence}. {_GUIDE}")


def _check_address(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise SettingError(f"SAFAR_WHATSAPP_API_URL={value!r}: must begin with https://, the token travels there.")
