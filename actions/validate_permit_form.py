"""Takes country, citizenship and what is known of a work permit out of a message of its form."""

from collections.abc import Mapping
from typing import Any

from actions.ask_permit import DETAILS, FORM, TOPIC
from actions.details import named, remember_command
from actions.form_validation import FormValidation, not_caught
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.permit_details import NOT_ASKED, UNKNOWN, is_permit_reply, permit_details
from guidance.permit_rules import NoPermitRuleError

BEGIN = "start_permit"


class ValidatePermitForm(FormValidation):
    """Called by the form of work permits."""

    form = FORM

    def take(self, heard: Heard, requested: str | None) -> Answered | None:
        """See `take_permit_details`."""
        return take_permit_details(self._ground, heard, requested)


def take_permit_details(ground: Ground, heard: Heard, requested: str | None) -> Answered | None:
    """Slots that the message fills, with a sentence where something cannot be; None when it is no reply.

    A form that was left is gone on with where it was: what was told stays until it is answered or changed.
    """
    if heard.value("change") == "details":
        return Answered(text="", topic=TOPIC, slots=dict.fromkeys(("country", "citizenship", "pending", *DETAILS)))
    if requested is None:
        told = settled(ground, heard.slots, {"pending": None, **named(heard)})
        return Answered(text="", topic=TOPIC, slots=told, commands=remember_command(told))
    if heard.slots.get("pending") == "human" and heard.intent in ("affirm", "deny") and not heard.value("step"):
        return None
    reply = permit_details(ground, heard, requested)
    if reply is None or not is_permit_reply(ground, heard, requested):
        return not_caught(ground, heard, requested, BEGIN, TOPIC)
    told = settled(ground, heard.slots, {"pending": None, **reply.slots})
    text = ground.wording.text(reply.refusal, heard.variant) if reply.refusal else ""
    return Answered(text=text, topic=TOPIC, slots=told, commands=remember_command(told), answered=not reply.refusal)


def settled(ground: Ground, was: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from what was told: what need not be asked, what is to be asked anew, whether the form ends."""
    told = dict(told)
    if any(name in told and told[name] != was.get(name) for name in ("country", "citizenship")):
        told = {**_asked_anew(was), **told}
    after = {**was, **told}
    country, citizenship = after.get("country"), after.get("citizenship")
    if country and country not in ground.permits.countries():
        return {**told, "requested_slot": None}
    if not (country and citizenship):
        return told
    try:
        rule = ground.permits.rule_for(country, citizenship)
    except NoPermitRuleError:
        return {**told, "requested_slot": None}
    held = after.get("permit_held")
    return {**told, **_not_asked(after, rule.asks(held if held in ("yes", "no") else None))}


def _asked_anew(was: Mapping[str, Any]) -> dict[str, Any]:
    """Another country or citizenship: what was not asked may be asked now; days and purpose that were told stay."""
    return {name: None for name in DETAILS if was.get(name) == NOT_ASKED}


def _not_asked(after: Mapping[str, Any], asks: tuple[str, ...]) -> dict[str, Any]:
    """Slots that need no question, and those that need one after all."""
    asked = {name: None for name in asks if after.get(name) == NOT_ASKED}
    if asks == ("permit_held",):
        return asked
    skipped = {name: NOT_ASKED for name in DETAILS if name not in asks}
    if "permit_purpose" in asks and after.get("permit_entered_on") == UNKNOWN and not after.get("permit_purpose"):
        skipped["permit_purpose"] = UNKNOWN
    if after.get("permit_issued_on") == UNKNOWN and "permit_months" in asks:
        skipped["permit_months"] = UNKNOWN
    return {**asked, **skipped}
