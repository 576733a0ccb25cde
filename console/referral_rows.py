"""Referrals as the pages show them: in words, with what this operator may do next."""

from dataclasses import dataclass

from console.office import Office
from console.referral_words import ReferralWords
from conversations.conversation import Conversation
from conversations.referral import may_pass_on
from conversations.referral_steps import OUTCOMES, Referral

URGENCY = ("withdrawn", "agreed", "answered", "passed_on", "no_answer", "offered")
"""In the list first what an operator has to do something about."""


@dataclass(frozen=True)
class ReferralRow:
    """One referral; `state` is a key of the texts, `outcomes` what may be written down now."""

    referral: Referral
    state: str
    organisation: str
    need: str
    passed: str
    may_pass_on: bool
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One organisation and the kinds of help that it offers: (value of the form, name of the help)."""

    place: str
    options: tuple[tuple[str, str], ...]


class ReferralRows:
    """Makes them for one operator in one variant."""

    def __init__(self, office: Office, words: ReferralWords) -> None:
        self._office = office
        self._words = words

    def open(self, operator: str, variant: str) -> list[ReferralRow]:
        """All open ones, those with something to do first. Blocks."""
        found = sorted(self._office.referrals.open(), key=lambda each: URGENCY.index(each.state))
        get = self._office.conversations.get
        return [self.row(each, get(each.conversation_id), operator, variant) for each in found]

    def choices(self, country: str | None, variant: str) -> list[Choice]:
        """Whom one may ask the migrant about: first in the migrant's country."""
        shown = [each for each in self._office.organisations.all() if each.is_shown]
        near = sorted(shown, key=lambda each: not each.helps_in(country))
        return [
            Choice(
                self._words.place(each, variant),
                tuple((f"{each.id}:{kind}", self._words.need(kind, variant)) for kind in each.kinds),
            )
            for each in near
        ]

    def unverified(self, variant: str) -> list[str]:
        """Organisations that may not be named to a migrant before an operator has checked them."""
        return [self._words.place(each, variant) for each in self._office.organisations.all() if not each.is_shown]

    def row(self, referral: Referral, conversation: Conversation | None, operator: str, variant: str) -> ReferralRow:
        """One referral of this conversation; None: it was erased a moment ago."""
        may = conversation is not None and may_pass_on(conversation, referral, operator)
        is_to_tell = referral.state == "withdrawn" and referral.passed_on_at is not None
        return ReferralRow(
            referral,
            "referral_to_tell" if is_to_tell else f"referral_{referral.state}",
            self._words.organisation(referral.organisation, variant),
            self._words.need(referral.need, variant),
            self._words.passed(referral, variant),
            may and referral.may_become("passed_on"),
            tuple(each for each in OUTCOMES if referral.may_become(each)),
        )
