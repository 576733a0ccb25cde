"""Tells how many days of stay are used and left, and the last day by the count: rule, advice, source and date."""

from dataclasses import replace
from datetime import date

from actions.ask_another_trip import trip_list
from actions.ask_entered_on import for_whom
from actions.ask_stay_country import TOPIC
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
from actions.counted_days import counted_days
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.shown_date import shown_date
from actions.stay_picture import stay_picture
from actions.tell_registration_deadline import cited, newest
from actions.trip_telling import NOTHING_TOLD, told_trips
from actions.turn import DialogueAction
from guidance.stay import Stay
from guidance.stay_rules import NoLimitError, StayRule
from knowledge_base.entry import Entry

MAX_RELATED = 2
REMINDER = "stay_limit"
DETAILS = ("country", "citizenship", "stay_permit", "trips")


class TellStay(DialogueAction):
    """All details of the form of stay are known, or it is known that there is nothing to count."""

    action_name = "action_tell_stay"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_stay`."""
        return tell_stay(self._ground, heard)


def tell_stay(ground: Ground, heard: Heard) -> Answered:
    """The days for what is remembered; a kind sentence where there is no rule, or where the limit does not bind."""
    country, citizenship = heard.slots.get("country") or "", heard.slots.get("citizenship") or ""
    try:
        rule = ground.stays.rules.rule_for(country, citizenship)
        if heard.slots.get("stay_permit") == "yes":
            return _told(ground, heard, _exempt(ground, heard, rule), rule, is_over=False)
        trips = told_trips(heard.slots)
        stay = ground.stays.count(country, citizenship, trips, heard.today)
    except NoLimitError as error:
        return _no_limit(ground, heard, error.reason)
    told = _told(ground, heard, _counted(ground, heard, stay), rule, stay.is_over)
    told = replace(told, attachments=(stay_picture(ground, heard, stay, trips),))
    return _with_reminder(ground, heard, told, stay.advised_day) if stay.advised_day else told


def _told(ground: Ground, heard: Heard, paragraphs: list[str], rule: StayRule, is_over: bool) -> Answered:
    recheck = [ground.wording.text("deadline_recheck", heard.variant)] if rule.recheck else []
    return Answered(
        text="\n\n".join([for_whom(ground, heard), *paragraphs, *recheck, _sources(ground, heard, rule)]),
        buttons=_buttons(ground, heard, is_over),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
        slots={
            **after_answer(heard),
            **NOTHING_TOLD,
            "deadline_for": {name: heard.slots.get(name) for name in DETAILS},
            "question": None,
            "pending": "feedback",
        },
    )


def _with_reminder(ground: Ground, heard: Heard, told: Answered, day: date) -> Answered:
    """The offer to be reminded of the advised day, which lies before the last one."""
    remind = remind_button(ground, heard.variant, REMINDER, day, heard.today)
    remind_of = {"reminder": REMINDER, "date": day.isoformat()}
    return replace(told, buttons=unique((*remind, *told.buttons)), slots={**told.slots, "remind_of": remind_of})


def _exempt(ground: Ground, heard: Heard, rule: StayRule) -> list[str]:
    days = counted_days(ground, rule.days, heard.variant)
    return [ground.wording.text(f"stay_not_bound_{rule.exempt}", heard.variant, days=days)]


def _counted(ground: Ground, heard: Heard, stay: Stay) -> list[str]:
    say, variant, rule = ground.wording.text, heard.variant, stay.rule
    goes_on = stay.last_day is not None and stay.last_day.year > heard.today.year and rule.window_days is None
    return [
        *([trips] if (trips := trip_list(ground, heard)) else []),
        f"{_used(ground, heard, stay)}\n{_state(ground, heard, stay)}",
        " ".join(_rule(ground, rule, variant)),
        *([say("stay_new_year", variant, year=str(heard.today.year + 1))] if goes_on else []),
        say("stay_how_counted", variant),
        *([say(f"stay_exempt_{rule.exempt}", variant)] if rule.exempt else []),
    ]


def _used(ground: Ground, heard: Heard, stay: Stay) -> str:
    values = {
        "used": counted_days(ground, stay.used, heard.variant),
        "left": counted_days(ground, stay.left, heard.variant),
    }
    window = stay.rule.window_days
    if window is None:
        return ground.wording.text("stay_used_in_year", heard.variant, year=str(heard.today.year), **values)
    return ground.wording.text(
        "stay_used_in_window", heard.variant, window=counted_days(ground, window, heard.variant), **values
    )


def _state(ground: Ground, heard: Heard, stay: Stay) -> str:
    """There is time, it is urgent, the days are over; or one is not there now."""
    say, variant = ground.wording.text, heard.variant
    if stay.last_day is None or stay.advised_day is None:
        return say("stay_over_abroad" if stay.is_over or not stay.left else "stay_abroad", variant)
    last_day = shown_date(stay.last_day, variant)
    if stay.is_over:
        return say("stay_over", variant, last_day=last_day)
    if stay.advised_day <= heard.today:
        return say("stay_soon", variant, last_day=last_day)
    return say("stay_ahead", variant, last_day=last_day, advised_day=shown_date(stay.advised_day, variant))


def _rule(ground: Ground, rule: StayRule, variant: str) -> list[str]:
    days = counted_days(ground, rule.days, variant)
    if rule.window_days is None:
        sentences = [ground.wording.text("stay_rule_year", variant, days=days)]
    else:
        window = counted_days(ground, rule.window_days, variant)
        sentences = [ground.wording.text("stay_rule_window", variant, days=days, window=window)]
    if rule.days_without_leaving:
        longest = counted_days(ground, rule.days_without_leaving, variant)
        sentences.append(ground.wording.text("stay_rule_without_leaving", variant, days=longest))
    return sentences


def _sources(ground: Ground, heard: Heard, rule: StayRule) -> str:
    say, checked_on = ground.wording.text, ground.stays.rules.checked_on
    lines = [say("answer_source", heard.variant, source=cited(source)) for source in newest(rule.sources)]
    return "\n".join([*lines, say("answer_checked_on", heard.variant, date=_shown(checked_on))])


def _shown(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _no_limit(ground: Ground, heard: Heard, reason: str) -> Answered:
    change = button(ground, heard.variant, "button_change", payload("start_stay", change="details"))
    related = entry_buttons(heard.variant, _related(ground, heard))
    buttons = (human_button(ground, heard.variant), change, *related, menu_button(ground, heard.variant))
    return Answered(
        text=ground.wording.text(f"no_rule_{reason}", heard.variant),
        buttons=unique(buttons),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={**after_answer(heard), **NOTHING_TOLD, "deadline_for": None, "question": None, "pending": "human"},
    )


def _buttons(ground: Ground, heard: Heard, is_over: bool) -> tuple[Button, ...]:
    variant = heard.variant
    late = (human_button(ground, variant), button(ground, variant, "topic.bans.check", "/bans.check"))
    told = bool(heard.slots.get("trips")) and heard.slots.get("stay_permit") != "yes"
    wrong = (button(ground, variant, "button_trip_wrong", payload("start_stay", change="last_trip")),) if told else ()
    return unique(
        (
            *(late if is_over else ()),
            *entry_buttons(variant, _related(ground, heard)),
            *wrong,
            button(ground, variant, "button_change", payload("start_stay", change="details")),
            *feedback_buttons(ground, variant),
            menu_button(ground, variant),
        )
    )


def _related(ground: Ground, heard: Heard) -> tuple[Entry, ...]:
    """Entries of the same topic for this country and citizenship."""
    country, citizenship = heard.slots.get("country"), heard.slots.get("citizenship")
    return tuple(e for e in ground.library.of_topic(TOPIC) if e.fits(country, citizenship))[:MAX_RELATED]
