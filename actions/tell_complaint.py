"""Makes the document of a complaint, hands it over and forgets what was told; or stops and keeps it for later."""

from dataclasses import replace
from datetime import datetime, time

from actions.ask_complaint import TOPIC
from actions.attempts import after_answer
from actions.buttons import button, human_button, menu_button, payload
from actions.complaint_telling import (
    DONE,
    END,
    EVIDENCE,
    FORGET,
    FORGOTTEN,
    NO_COUNTRY,
    Told,
    complaint_of,
    language_of_text,
    told_of,
)
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.turn import DialogueAction
from conversations.reply import Attachment
from guidance import complaint_docx, complaint_pdf

START = "start_wages"
FILE_NAME = "document"
"""Says nothing on what it is: others may see a phone's list of files."""


class TellComplaint(DialogueAction):
    """The form has ended."""

    action_name = "action_tell_complaint"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_complaint`."""
        return tell_complaint(self._ground, heard)


def tell_complaint(ground: Ground, heard: Heard) -> Answered:
    """As the form ended: the document, or that it is kept, forgotten, or cannot be written for this country."""
    end = heard.slots.get(END)
    if end == DONE:
        return _made(ground, heard)
    if end == FORGET:
        return forget_complaint(ground, heard)
    if end == NO_COUNTRY:
        answered = _said(ground, heard, "complaint_no_country", (human_button(ground, heard.variant),))
        return replace(answered, slots={**answered.slots, **FORGOTTEN})
    return stop_complaint(ground, heard)


def stop_complaint(ground: Ground, heard: Heard) -> Answered:
    """What was told stays for later, today or in a week, unless the person wants it forgotten."""
    if not told_of(heard):
        return forget_complaint(ground, heard)
    buttons = (
        button(ground, heard.variant, "button_resume", payload(START, step="complaint")),
        button(ground, heard.variant, "button_forget", payload(START, step=FORGET)),
        human_button(ground, heard.variant),
    )
    answered = _said(ground, heard, "complaint_stopped", buttons)
    return replace(answered, slots={**answered.slots, END: None}, is_end_of_form=True)


def forget_complaint(ground: Ground, heard: Heard) -> Answered:
    """Nothing of it is left in the dialogue's memory; the checklist goes, too."""
    answered = _said(ground, heard, "answers_forgotten", ())
    return replace(answered, slots={**answered.slots, **FORGOTTEN, EVIDENCE: None}, is_end_of_form=True)


def complaint_files(ground: Ground, heard: Heard, told: Told) -> tuple[Attachment, ...]:
    """The same text as PDF, to print and sign, and as DOCX, to fill in on a phone."""
    enclosures = ground.unpaid_wages.enclosed(tuple(heard.slots.get(EVIDENCE) or ()))
    language = language_of_text(ground, told)
    paragraphs = ground.complaints.write(complaint_of(told, enclosures), told["country"], language)
    as_pdf = complaint_pdf.complaint_as_pdf(paragraphs, datetime.combine(heard.today, time()))
    as_docx = complaint_docx.complaint_as_docx(paragraphs)
    return (
        Attachment(f"{FILE_NAME}.pdf", complaint_pdf.MEDIA_TYPE, as_pdf),
        Attachment(f"{FILE_NAME}.docx", complaint_docx.MEDIA_TYPE, as_docx),
    )


def _made(ground: Ground, heard: Heard) -> Answered:
    told = told_of(heard)
    where = button(
        ground, heard.variant, "button_where_to_complain", payload(START, step="where", country=told["country"])
    )
    answered = _said(ground, heard, "complaint_made", (where, human_button(ground, heard.variant)))
    return replace(
        answered,
        attachments=complaint_files(ground, heard, told),
        slots={**answered.slots, **after_answer(heard), **FORGOTTEN},
    )


def _said(ground: Ground, heard: Heard, key: str, buttons: tuple[Button, ...]) -> Answered:
    return Answered(
        text=ground.wording.text(key, heard.variant),
        buttons=(*buttons, menu_button(ground, heard.variant)),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={"pending": None},
    )
