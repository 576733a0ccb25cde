"""Tells where to complain of unpaid wages in a country, and which office of the own country helps: with sources."""

from dataclasses import replace

from actions.ask_complaint import TOPIC
from actions.attempts import after_answer
from actions.buttons import button, human_button, menu_button, payload, unique
from actions.details import known, remember_command
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.tell_complaint import START
from actions.tell_registration_deadline import cited
from guidance.unpaid_wages import Way

PENDING = "wages_country"
"""The pending question in which country one has worked."""


def tell_where_to_complain(ground: Ground, heard: Heard) -> Answered:
    """The roads of the country that the button or the memory names; asked back where there is none."""
    country = known(heard)["country"]
    if not country:
        return _ask_country(ground, heard)
    way = ground.unpaid_wages.way_in(country)
    return _told(ground, heard, way) if way else _unknown(ground, heard, country)


def _told(ground: Ground, heard: Heard, way: Way) -> Answered:
    say, variant = ground.wording.text, heard.variant
    helps = ground.unpaid_wages.helps_for(way.country, known(heard)["citizenship"])
    recheck = [say("deadline_recheck", variant)] if any(each.recheck for each in (way, *helps)) else []
    paragraphs = [
        say(f"complain.{way.id}", variant),
        *(say(f"wage_help.{each.id}", variant) for each in helps),
        say("complain_when", variant),
        say("complain_without_papers", variant),
        *recheck,
        _sources(ground, heard, (way, *helps)),
    ]
    return _answered(ground, heard, "\n\n".join(paragraphs), _buttons(ground, heard, way.country))


def _sources(ground: Ground, heard: Heard, ways: tuple[Way, ...]) -> str:
    say, variant = ground.wording.text, heard.variant
    shown = dict.fromkeys(source for way in ways for source in way.sources)
    lines = [say("answer_source", variant, source=cited(source)) for source in shown]
    checked_on = ground.unpaid_wages.checked_on.strftime("%d.%m.%Y")
    return "\n".join([*lines, say("answer_checked_on", variant, date=checked_on)])


def _unknown(ground: Ground, heard: Heard, country: str) -> Answered:
    """No fact on how to complain there: an office of the own country where one is known, and a person."""
    say, variant = ground.wording.text, heard.variant
    helps = ground.unpaid_wages.helps_for(country, known(heard)["citizenship"])
    place = ground.places.country_name(country, variant)
    paragraphs = [say("complain_unknown", variant, country=place), *(say(f"wage_help.{h.id}", variant) for h in helps)]
    if helps:
        paragraphs.append(_sources(ground, heard, helps))
    return _answered(ground, heard, "\n\n".join(paragraphs), (human_button(ground, variant), *_others(ground, heard)))


def _ask_country(ground: Ground, heard: Heard) -> Answered:
    question = ground.wording.text("ask_complaint_country", heard.variant)
    return replace(_answered(ground, heard, question, _others(ground, heard)), slots={"pending": PENDING})


def _answered(ground: Ground, heard: Heard, text: str, buttons: tuple[Button, ...]) -> Answered:
    places = {"country": known(heard)["country"]}
    changed = {name: value for name, value in places.items() if value != heard.slots.get(name)}
    return Answered(
        text=text,
        buttons=unique((*buttons, menu_button(ground, heard.variant))),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={**after_answer(heard), **changed, "pending": None},
        commands=remember_command(changed),
    )


def _buttons(ground: Ground, heard: Heard, country: str) -> tuple[Button, ...]:
    variant = heard.variant
    others = tuple(code for code in ground.unpaid_wages.countries() if code != country)
    return (
        button(ground, variant, "button_write_complaint", payload(START, step="complaint", country=country)),
        button(ground, variant, "button_evidence", payload(START, step="evidence")),
        human_button(ground, variant),
        *_of_countries(ground, variant, others),
    )


def _others(ground: Ground, heard: Heard) -> tuple[Button, ...]:
    return _of_countries(ground, heard.variant, ground.unpaid_wages.countries())


def _of_countries(ground: Ground, variant: str, codes: tuple[str, ...]) -> tuple[Button, ...]:
    names = ((code, ground.places.country_name(code, variant)) for code in codes)
    return tuple(Button(name, payload(START, step="where", country=code)) for code, name in names)
