"""Lets one name a past day by buttons alone: today, yesterday, this week; or a month, its days, the day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from actions.buttons import button, payload
from actions.ground import Ground
from actions.heard import Button, Heard
from actions.more_choices import INTENT, is_wanted
from actions.show_menu import page_of
from actions.shown_date import shown_date, shown_days, shown_month

ITEM = "date"
MONTHS_OF_A_PAGE = 7
DAYS_OF_A_WEEK = 7
MAX_BUTTONS_OF_A_STEP = 8
"""Two more fit beside them: a change, and a way out."""


def is_picking(heard: Heard) -> bool:
    """Whether a day is being chosen step by step."""
    return is_wanted(heard, ITEM)


def day_question(ground: Ground, heard: Heard, question: str) -> str:
    """The question; while a day is being chosen, that of the step."""
    if not is_picking(heard):
        return question
    if _day(heard.value("week")):
        return ground.wording.text("pick_day", heard.variant)
    return ground.wording.text("pick_days" if _month(heard) else "pick_month", heard.variant)


def day_buttons(ground: Ground, heard: Heard, earliest: date | None = None) -> tuple[Button, ...]:
    """Buttons under a question for a day that is past; at their end each sends `/inform{"date": …}`.

    `earliest` is the first day that can be meant. Never more than `MAX_BUTTONS_OF_A_STEP`.
    """
    first = earliest or date.min
    if not is_picking(heard):
        return _near(ground, heard, first)
    if week := _day(heard.value("week")):
        return (*_days(heard, week, first), _step(ground, heard, "button_other_month", page="0"))
    if month := _month(heard):
        return (*_weeks(heard, month, first), _step(ground, heard, "button_other_month", page="0"))
    return _months(ground, heard, first)


def _near(ground: Ground, heard: Heard, first: date) -> tuple[Button, ...]:
    yesterday, week = heard.today - timedelta(days=1), heard.today - timedelta(days=DAYS_OF_A_WEEK - 1)
    near = (("button_today", heard.today), ("button_yesterday", yesterday))
    days = [button(ground, heard.variant, key, _sent(day)) for key, day in near if day >= first]
    this_week = _step(ground, heard, "button_this_week", week=f"{week}")
    return (*days, this_week, _step(ground, heard, "button_other_day", page="0"))


def _months(ground: Ground, heard: Heard, first: date) -> tuple[Button, ...]:
    """The latest first, seven on a page, and the way to earlier ones; a page too far is the first one."""
    page = page_of(heard.value("page"))
    months = _possible(heard.today, page, first) or _possible(heard.today, page := 0, first)
    buttons = tuple(Button(shown_month(month, heard.variant), _sends(month=f"{month:%Y-%m}")) for month in months)
    if len(months) <= MONTHS_OF_A_PAGE:
        return buttons
    return (*buttons[:-1], _step(ground, heard, "button_earlier", page=str(page + 1)))


def _possible(today: date, page: int, first: date) -> list[date]:
    """The first days of the months of a page, and of one month more where there is one."""
    numbers = range(page * MONTHS_OF_A_PAGE, (page + 1) * MONTHS_OF_A_PAGE + 1)
    months = (today.year * 12 + today.month - 1 - back for back in numbers)
    begins = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [begin for begin in begins if _last_of(begin) >= first]


def _weeks(heard: Heard, month: date, first: date) -> Iterator[Button]:
    """Seven days to a button, from the first of the month on."""
    last = min(_last_of(month), heard.today)
    for start in range(0, last.day, DAYS_OF_A_WEEK):
        begin = month + timedelta(days=start)
        end = min(begin + timedelta(days=DAYS_OF_A_WEEK - 1), last)
        if end >= first:
            yield Button(shown_days(begin, end, heard.variant), _sends(week=f"{begin}"))


def _days(heard: Heard, week: date, first: date) -> Iterator[Button]:
    """Up to seven days of one month, or the last seven."""
    is_latest = week > heard.today - timedelta(days=DAYS_OF_A_WEEK)
    for number in range(DAYS_OF_A_WEEK):
        day = week + timedelta(days=number)
        is_of_month = is_latest or day.month == week.month
        if first <= day <= heard.today and is_of_month:
            yield Button(shown_date(day, heard.variant), _sent(day))


def _step(ground: Ground, heard: Heard, key: str, **details: str) -> Button:
    return button(ground, heard.variant, key, _sends(**details))


def _sends(**details: str) -> str:
    return payload(INTENT, item=ITEM, **details)


def _sent(day: date) -> str:
    return payload("inform", date=day.isoformat())


def _last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _month(heard: Heard) -> date | None:
    """The first day of the month that was tapped; None for none, and for one that has not come yet."""
    begin = _day(f"{heard.value('month')}-01")
    return begin if begin and begin <= heard.today else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
