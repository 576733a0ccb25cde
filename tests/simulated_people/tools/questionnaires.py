"""Screening, check of a job offer, report for another person: yes, no, skip and choices by chance."""

from collections.abc import Sequence

from actions.ground import Ground
from actions.take_reply import INTENT
from actions.tools import JOB_OFFER_CHECK, REPORT_FOR_OTHER, SCREENING
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool, pieces
from tests.simulated_people.ways import details

WORDS = {
    "yes": {"ru": "да", "uz": "ha", "uz-Cyrl": "ҳа", "tg": "ҳа", "ky": "ооба", "kk": "иә", "en": "yes"},
    "no": {"ru": "нет", "uz": "yoʻq", "uz-Cyrl": "йўқ", "tg": "не", "ky": "жок", "kk": "жоқ", "en": "no"},
}
INTENTS = {"yes": "affirm", "no": "deny"}


def _reply(person: Person, _slots: Slots, offered: Sequence[str]) -> str:
    return person.chance.choice([payload for payload in offered if payload.startswith(f"/{INTENT}")])


def _typed(ground: Ground, person: Person, wanted: str) -> tuple[str, str] | None:
    """Yes and no are typed; choices and “ask me” are tapped."""
    chosen = details(wanted)
    reply, item = chosen["reply"], ground.questionnaires[chosen["questionnaire"]].item(chosen["item"])
    if not item.is_asked or item.kind in ("choices", "text"):
        return None
    return (WORDS[reply][person.variant], INTENTS[reply]) if reply in WORDS else None


def _of_screening(ground: Ground, person: Person) -> Sequence[str]:
    told = {item.id for item in ground.screening.questionnaire.told(person.answers)}
    if "no_consent" in told:
        return pieces(ground, "screening_declined", person.variant)
    if "phone_read" in told:
        return pieces(ground, "screening_not_alone", person.variant)
    return pieces(ground, f"route.{ground.screening.find(person.answers).route}", person.variant)


def _of_offer(ground: Ground, person: Person) -> Sequence[str]:
    signs = ground.job_offer.signs(person.answers)
    if not signs:
        return pieces(ground, "job_offer_no_sign", person.variant)
    return [sign.label[person.variant] for sign in signs]


def _of_report(ground: Ground, person: Person) -> Sequence[str]:
    told = {item.id for item in ground.report_for_other.told(person.answers)}
    keys = ["report_urgent" if "other_now" in told else "report_if_urgent"]
    keys.append("report_unreachable" if "other_unreachable" in told else "report_reachable")
    keys += ["report_child"] if "other_child" in told else []
    return [piece for key in keys for piece in pieces(ground, key, person.variant)]


QUESTIONNAIRES = tuple(
    Tool(name, f"/start_{name}", f"{name}_form", _reply, _typed, expected)
    for name, expected in ((SCREENING, _of_screening), (JOB_OFFER_CHECK, _of_offer), (REPORT_FOR_OTHER, _of_report))
)
