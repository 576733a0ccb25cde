"""What a referral says to the migrant, and how its parts are called for the operator."""

from datetime import datetime, timedelta

from console.office import Office
from conversations.referral_buttons import consent_buttons
from conversations.referral_steps import Referral
from conversations.reply import Reply
from guidance.contacts import Organisation
from language.variants import OWN_NAMES

DAY_BEGINS = timedelta(hours=3)
"""The date on a receipt is that of Moscow's clock, where most of those who write are: UTC+3."""


class ReferralWords:
    """Question, receipt and names; what is said to be passed on is the same in all of them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def question(self, referral: Referral) -> Reply:
        """The question for the migrant's consent, in the migrant's variant."""
        return self._said("referral_question", referral)

    def receipt(self, referral: Referral, now: datetime) -> Reply:
        """What was passed on, when and to whom, and the button to take the consent back."""
        date = (now + DAY_BEGINS).strftime("%d.%m.%Y")
        return self._said("referral_receipt", referral, code=referral.code, date=date)

    def passed(self, referral: Referral, variant: str) -> str:
        """All that is passed on, in words."""
        values = {"need": self.need(referral.need, variant), "language": OWN_NAMES[referral.variant]}
        if referral.country is None:
            return self._office.texts.text("referral_passed_without_country", variant, **values)
        country = self._office.places.country_name(referral.country, variant)
        return self._office.texts.text("referral_passed", variant, country=country, **values)

    def organisation(self, organisation_id: str, variant: str) -> str:
        """The organisation's name; its id where the content has it no more."""
        found = self._office.organisations.get(organisation_id)
        return found.name(variant) if found else organisation_id

    def place(self, organisation: Organisation, variant: str) -> str:
        """Name and country of an organisation."""
        country = organisation.country if len(organisation.country) == 2 else None
        parts = (organisation.name(variant), self._office.places.country_name(country, variant) if country else "")
        return " · ".join(filter(None, parts))

    def need(self, need: str, variant: str) -> str:
        """What a kind of help is called."""
        return self._office.organisations.kinds.name(need, variant)

    def _said(self, key: str, referral: Referral, **values: str) -> Reply:
        variant = referral.variant
        about = {
            "organisation": self.organisation(referral.organisation, variant),
            "passed": self.passed(referral, variant),
        }
        buttons = consent_buttons(self._office.texts.buttons(key, variant), referral.code)
        text = self._office.texts.text(key, variant, **about, **values)
        return Reply(text, buttons, "system", answers_question=False)
