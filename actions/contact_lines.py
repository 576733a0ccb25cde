"""A contact as people read it: its name, its page, and its number where somebody has verified it."""

from dataclasses import replace

from actions.ground import Ground
from actions.tell_registration_deadline import cited
from guidance.contacts import Organisation
from guidance.source import Source


def contact_line(ground: Ground, variant: str, contact: Organisation) -> str:
    """“Where to turn: the Consulate General …, https://…”."""
    return ground.wording.text(
        "contact_line", variant, name=contact.name(variant), at=_reached(ground, variant, contact)
    )


def contact_entry(ground: Ground, variant: str, contact: Organisation) -> str:
    """Name, what it does, how it is reached, and its source: a paragraph of a list of contacts."""
    kinds = "; ".join(ground.organisations.kinds.name(kind, variant) for kind in contact.kinds)
    reached = _reached(ground, variant, contact)
    source = ground.wording.text("answer_source", variant, source=cited(_source(contact)))
    return f"• {contact.name(variant)}: {kinds}{reached}\n{source}"


def _reached(ground: Ground, variant: str, contact: Organisation) -> str:
    number = contact.hotline
    verified = (
        ground.wording.text("contact_number", variant, number=number.number, source=cited(number.source))
        if number
        else ""
    )
    return ", ".join(["", *(part for part in (contact.page, verified) if part)])


def _source(contact: Organisation) -> Source:
    """The source of a contact; its address only where the page does not stand there already."""
    source = contact.sources[0]
    return replace(source, at="") if source.at == contact.page else source
