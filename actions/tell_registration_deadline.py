"""Tells by which day one must be registered: rule, last day, an earlier one that is advised, source and date."""

from datetime import date
from typing import Any

from actions.ask_country import TOPIC
from actions.ask_entered_on import for_whom
from actions.attempts import after_answer
from actions.buttons import (
    button,
    entry_buttons,
    feedback_buttons,
    human_button,
    menu_button,
    payload,
    remind_button,
    unique,
)
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.shown_date import shown_date, shown_days
from actions.turn import DialogueAction
from guidance.registration import Deadline, NoRuleError
from guidance.source import Source
from knowledge_base.entry import Entry
from language.source_dates import shown_date_of_source

MAX_SOURCES = 2
MAX_RELATED = 2
UNDATED = "undated"
SOON_DAYS = 2
REMINDER = "registration"


class TellRegistrationDeadline(DialogueAction):
    """All details of the form are known, or it is known that there is no rule."""

    action_name = "action_tell_registration_deadline"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_deadline`."""
        return tell_deadline(self._ground, heard)


def tell_deadline(ground: Ground, heard: Heard) -> Answered:
    """The deadline for the remembered country, citizenship and date; a kind sentence where there is no rule."""
    slots = heard.slots
    details = {name: slots.get(name) for name in ("country", "citizenship", "entered_on")}
    try:
        deadline = _deadline(ground, details, heard.today)
    except NoRuleError as error:
        return _no_rule(ground, heard, error.reason)
    return Answered(
        text="\n\n".join(_paragraphs(ground, heard, deadline)),
        buttons=_buttons(ground, heard, deadline),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
        slots={**after_answer(heard), **_finished(details), **_to_remind(deadline), "pending": "feedback"},
    )


def has_no_rule(ground: Ground, country: str | None, citizenship: str | None) -> bool:
    """Whether it is known already that no deadline can be told, so that nothing more need be asked."""
    if country and country not in ground.registration.countries():
        return True
    if not country or not citizenship:
        return False
    try:
        ground.registration.rule_for(country, citizenship)
    except NoRuleError:
        return True
    return False


def _deadline(ground: Ground, details: dict[str, Any], today: date) -> Deadline:
    if details["country"] and details["citizenship"]:
        ground.registration.rule_for(details["country"], details["citizenship"])  # says why there is none
    if not all(details.values()):
        raise NoRuleError("no_fact")
    entered_on = date.fromisoformat(details["entered_on"])
    return ground.registration.deadline(details["country"], details["citizenship"], entered_on, today)


def _paragraphs(ground: Ground, heard: Heard, deadline: Deadline) -> list[str]:
    say, variant = ground.wording.text, heard.variant
    entered_on = shown_date(date.fromisoformat(heard.slots["entered_on"]), variant)
    rule = "deadline_rule_working" if deadline.is_working_days else "deadline_rule_calendar"
    days = {
        "last_day": shown_date(deadline.last_day, variant),
        "advised_day": shown_date(deadline.advised_day, variant),
    }
    return [
        f"{for_whom(ground, heard)} {say('entered_on_line', variant, entered_on=entered_on)}",
        say(_state(deadline, heard.today), variant, days_left=str(deadline.days_left), **days),
        say(rule, variant, days=str(deadline.days)),
        *([_holidays(ground, deadline, variant)] if deadline.holidays else []),
        *([say("deadline_recheck", variant)] if deadline.recheck else []),
        "\n".join(
            [
                *(say("answer_source", variant, source=cited(source)) for source in newest(deadline.sources)),
                say("answer_checked_on", variant, date=deadline.checked_on.strftime("%d.%m.%Y")),
            ]
        ),
    ]


def _holidays(ground: Ground, deadline: Deadline, variant: str) -> str:
    """Holidays that were counted as working days: “1–8 January”."""
    runs: list[list[date]] = []
    for day in deadline.holidays:
        if runs and runs[-1][-1].month == day.month and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    days = ", ".join(shown_days(run[0], run[-1], variant) for run in runs)
    return ground.wording.text("deadline_holidays", variant, days=days)


def _state(deadline: Deadline, today: date) -> str:
    """Which sentence: there is time, it is urgent, it is the last day, or it has passed."""
    if deadline.days_left < 0:
        return "deadline_passed"
    if deadline.days_left == 0:
        return "deadline_today"
    return "deadline_soon" if deadline.advised_day <= today or deadline.days_left <= SOON_DAYS else "deadline_ahead"


def newest(sources: tuple[Source, ...]) -> list[Source]:
    """The sources that an answer shows: the latest ones."""
    return sorted(sources, key=lambda source: "" if _is_undated(source) else source.date, reverse=True)[:MAX_SOURCES]


def cited(source: Source) -> str:
    """A source in one line: title, date and address where it has them."""
    day = "" if _is_undated(source) else f" ({shown_date_of_source(source.date)})"
    return ", ".join(part for part in (f"{source.title}{day}", source.at) if part)


def _is_undated(source: Source) -> bool:
    """Also “undated (rules of 2015)”."""
    return source.date.startswith(UNDATED)


def _no_rule(ground: Ground, heard: Heard, reason: str) -> Answered:
    return Answered(
        text=ground.wording.text(f"no_rule_{reason}", heard.variant),
        buttons=unique(
            (
                human_button(ground, heard.variant),
                button(ground, heard.variant, "button_change", payload("registration.arrival", change="details")),
                *entry_buttons(heard.variant, _related(ground, heard)),
                menu_button(ground, heard.variant),
            )
        ),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={**after_answer(heard), "entered_on": None, "deadline_for": None, "question": None, "pending": "human"},
    )


def _buttons(ground: Ground, heard: Heard, deadline: Deadline) -> tuple[Any, ...]:
    is_late = deadline.days_left < 0
    remind = remind_button(ground, heard.variant, REMINDER, deadline.advised_day, heard.today)
    first = (human_button(ground, heard.variant),) if is_late else ()
    late = (button(ground, heard.variant, "topic.registration.fines", "/registration.fines"),) if is_late else ()
    change = button(ground, heard.variant, "button_change", payload("registration.arrival", change="details"))
    related = entry_buttons(heard.variant, _related(ground, heard))
    feedback = feedback_buttons(ground, heard.variant)
    return unique((*first, *late, *remind, *related, change, *feedback, menu_button(ground, heard.variant)))


def _related(ground: Ground, heard: Heard) -> tuple[Entry, ...]:
    """Entries of the same topic for this country: who files it, which papers."""
    country, citizenship = heard.slots.get("country"), heard.slots.get("citizenship")
    return tuple(e for e in ground.library.of_topic(TOPIC) if e.fits(country, citizenship))[:MAX_RELATED]


def _to_remind(deadline: Deadline) -> dict[str, Any]:
    """Of the advised day, which lies before the last one."""
    return {"remind_of": {"reminder": REMINDER, "date": deadline.advised_day.isoformat()}}


def _finished(details: dict[str, Any]) -> dict[str, Any]:
    """The date is asked anew next time; the details are kept for a correction ("not Tajik, Uzbek")."""
    return {"entered_on": None, "deadline_for": details, "question": None}
