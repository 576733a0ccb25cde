"""The tools that ask: their names are those of their slots, forms and buttons; and what entries and menu offer."""

import json

SCREENING = "screening"
JOB_OFFER_CHECK = "job_offer_check"
REPORT_FOR_OTHER = "report_for_other"
PERMIT = "permit"
"""No questionnaire: a form of its own, offered and begun as the others are."""
TRANSFER = "transfer"
STEPS = "steps"
CONTACTS = "contacts"
TOOLS = (SCREENING, JOB_OFFER_CHECK, REPORT_FOR_OTHER, STEPS, CONTACTS)
STEP_LISTS = ("lost_passport", "entry_ban", "going_home", "reintegration")
"""The lists of the tool `steps`: each has a button of its own."""
OFFERED = tuple(tool for tool in TOOLS if tool != STEPS) + STEP_LISTS


def start_of(offered: str) -> str:
    """What the button sends that begins a tool, or a step list."""
    if offered in STEP_LISTS:
        return f"/start_{STEPS}{json.dumps({'item': offered})}"
    return f"/start_{offered}"
