"""The one message that WhatsApp lets through outside the window: a template that Meta has approved.

It says that something is here to read, and has one quick-reply button. Pressing it opens the window.
https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview, languages:
https://developers.facebook.com/docs/whatsapp/api/messages/message-templates (Kyrgyz is ky_KG; there is no Tajik).
"""

from dataclasses import dataclass

from bot.channels.whatsapp.interactive import Content
from bot.limits import READ_HELD
from language.variants import language_of


@dataclass(frozen=True)
class Template:
    """Its name at Meta, and the codes of the languages in which it is approved; the first serves all others."""

    name: str
    languages: tuple[str, ...]

    def content(self, variant: str) -> Content:
        """The message for a person of this variant, as the platform takes it."""
        pressed = {"type": "payload", "payload": READ_HELD}
        button = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [pressed]}
        language = {"code": self._language(variant)}
        return {"type": "template", "template": {"name": self.name, "language": language, "components": [button]}}

    def _language(self, variant: str) -> str:
        language, _ = language_of(variant)
        return next((code for code in self.languages if code.partition("_")[0] == language), self.languages[0])
