"""Unpaid wages: ticks, the complaint with skips and corrections, its document, where to complain."""

from collections.abc import Iterator, Sequence

from actions.ask_complaint import INTENT
from actions.buttons import payload
from actions.complaint_telling import CHANGEABLE, END, SLOT, TEXTS, complaint_of
from actions.ground import Ground
from actions.tick_evidence import TICKED
from tests.actions.wages_texts import COMPLAIN, EMPLOYER, NOT_FIFTY, PLACE, TRIED, WORK, reply, tick
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool
from tests.simulated_people.visit import Visit
from tests.simulated_people.ways import details

SAID = {"employer": EMPLOYER, "place": PLACE, "work": WORK, "tried": TRIED}
PERIODS = {"01.03.2026 - 15.06.2026": "2026-03-01/2026-06-15", "10.01.2026": "2026-01-10/"}
AMOUNTS = {"agreed": "60 000", "paid": "12 500", "owed": "180 000"}
RIGHT_AMOUNT = "70000"
"""In place of the agreed sum, as in `NOT_FIFTY`."""


async def _tick(visit: Visit, ground: Ground) -> None:
    """Some of what is on the list; what is turned over twice is open again."""
    evidence = [each.id for each in ground.unpaid_wages.evidence]
    ticked: set[str] = set((await visit.slots()).get("evidence") or ())
    for item in visit.person.chance.choices(evidence, k=visit.person.chance.randint(0, 4)):
        await visit.tap(tick(item))
        ticked ^= {item}
        if visit.text.count(TICKED) != len(ticked):
            visit.complain(f"{len(ticked)} things are ticked: {visit.text}")
    visit.person.answers["ticked"] = " ".join(sorted(ticked))


def _reply(person: Person, slots: Slots, offered: Sequence[str]) -> str:
    """By the buttons under the question; what is told is noted as the dialogue should remember it."""
    ours = [each for each in offered if each.startswith(f"/{INTENT}")]
    item = details(ours[0])["item"]
    if not slots.get("evidence"):
        person.answers["ticked"] = ""
    if item == "finish":
        return _at_preview(person, slots.get(SLOT) or {}, ours)
    if item == "change":
        wrong = _wrong(person, slots.get(SLOT) or {}) or [details(person.chance.choice(ours))["reply"]]
        person.answers["changed"] = "yes"
        return reply("change", wrong[0])
    if item == "currency":
        return _with_currency(person, person.chance.choice(ours))
    return _at_question(person, item, ours)


def _at_preview(person: Person, told: dict[str, str], ours: Sequence[str]) -> str:
    """What stands there wrong is changed; once something else may be, by a button or in words; then it is made."""
    if _wrong(person, told):
        return reply("change", "list")
    if "changed" not in person.answers and person.chance.random() < 0.4:
        person.answers["changed"] = "yes"
        if person.types == 1 and told.get("agreed", "").startswith("60000 "):
            currency = told["agreed"].partition(" ")[2]
            person.answers["agreed"] = f"{RIGHT_AMOUNT} {currency}"
            return payload(INTENT, item="agreed", said=NOT_FIFTY[person.variant])
        return reply("change", "list")
    languages = [each for each in ours if details(each)["item"] == "language"]
    if languages and person.chance.random() < 0.3:
        person.answers["language"] = details(languages[0])["reply"]
        return languages[0]
    return reply("finish", "make")


def _wrong(person: Person, told: dict[str, str]) -> list[str]:
    return [name for name in CHANGEABLE if name in told and person.answers.get(name) != told[name]]


def _with_currency(person: Person, chosen: str) -> str:
    name, _, amount = person.answers.pop("number", "").partition(" ")
    if name:
        person.answers[name] = f"{amount} {details(chosen)['reply']}"
    return chosen


def _at_question(person: Person, item: str, ours: Sequence[str]) -> str:
    if item == "country":
        own = reply(item, person.country)
        chosen = own if own in ours else person.chance.choice(list(ours))
    else:
        chosen = person.chance.choice(list(ours))
    if person.types == 1 and person.chance.random() < 0.7 and item in (*TEXTS, *AMOUNTS, "period"):
        return _in_words(person, item, ours)
    return _noted(person, item, chosen)


def _noted(person: Person, item: str, chosen: str) -> str:
    said = details(chosen)["reply"]
    if said == "still":
        person.answers["period"] = PERIODS["10.01.2026"]
    elif said == "nothing":
        person.answers[item] = f"0 {'KZT' if person.answers['country'] == 'KZ' else 'RUB'}"
    else:
        person.answers[item] = "" if said == "skip" else said
    return chosen


def _in_words(person: Person, item: str, ours: Sequence[str]) -> str:
    if item == "period" and (still := reply(item, "still")) in ours:
        return _noted(person, item, still)
    if item == "period":
        text = person.chance.choice(list(PERIODS))
        person.answers[item] = PERIODS[text]
    elif item in AMOUNTS:
        currency = person.chance.choice(("", "RUB", "USD"))
        amount = AMOUNTS[item].replace(" ", "")
        person.answers.pop("number", None)
        person.answers["number" if not currency else item] = f"{amount} {currency}" if currency else f"{item} {amount}"
        text = f"{AMOUNTS[item]} {currency}".strip()
    else:
        text = person.answers[item] = SAID[item]
    return payload(INTENT, item=item, said=text)


def _typed(_ground: Ground, _person: Person, wanted: str) -> tuple[str, str] | None:
    said = details(wanted).get("said")
    return (said, "nlu_fallback") if said else None


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    country = person.answers["country"]
    if country == "other":
        return (ground.wording.text("complaint_no_country", person.variant),)
    return (ground.wording.text("complaint_made", person.variant), *_document(ground, person, country))


def _document(ground: Ground, person: Person, country: str) -> Iterator[str]:
    """Each paragraph, as the template alone has it for what was told."""
    language = person.answers.get("language") or ground.complaints.languages(country)[0]
    enclosures = ground.unpaid_wages.enclosed(tuple(person.answers["ticked"].split()))
    for paragraph in ground.complaints.write(complaint_of(person.answers, enclosures), country, language):
        yield " ".join(paragraph.text.split())


async def _after(visit: Visit, ground: Ground) -> None:
    """Nothing is kept of what was told; then the roads of the own country, and the three ways."""
    slots, person = await visit.slots(), visit.person
    if slots.get(SLOT) or slots.get(END):
        visit.complain(f"the complaint is kept: {slots.get(SLOT)}, {slots.get(END)}")
    await visit.tap(payload("start_wages", step="where", country=person.country))
    way = ground.unpaid_wages.way_in(person.country)
    name = ground.places.country_name(person.country, person.variant)
    told = ground.wording.text(f"complain.{way.id}", person.variant) if way else ""
    if (told or ground.wording.text("complain_unknown", person.variant, country=name)) not in visit.text:
        visit.complain(f"where to complain in {person.country}: {visit.text}")
    await visit.tap("/start_wages")


WAGES = Tool("wages", COMPLAIN, "complaint_form", _reply, _typed, _expected, before=_tick, after=_after)
