"""The calendar picture under the count of days of stay; it says nothing that the answer's words do not say."""

from collections.abc import Sequence
from datetime import date

from actions.counted_days import counted_days
from actions.ground import Ground
from actions.heard import Heard
from actions.shown_date import short_months, shown_date
from conversations.reply import Attachment
from guidance.pictures.stay_calendar import CalendarWords, StayCalendar, stay_calendar
from guidance.stay import Stay
from guidance.trips import Trip, stretches

NAME = "days.png"


def stay_picture(ground: Ground, heard: Heard, stay: Stay, trips: Sequence[Trip]) -> Attachment:
    """The picture of this count."""
    rule, today = stay.rule, heard.today
    place = ground.places.country_name(rule.country, heard.variant)
    window = rule.window_days
    period = str(today.year) if window is None else counted_days(ground, window, heard.variant)
    calendar = StayCalendar(
        title=f"{place}: {period}",
        months=short_months(heard.variant),
        first=ground.stays.period_start(rule, today),
        last=date(today.year, 12, 31) if window is None else today,
        used=stretches(trips, today),
        today=today,
        last_day=stay.last_day,
        advised_day=stay.advised_day,
        words=_words(ground, heard, stay),
    )
    return Attachment(NAME, "image/png", stay_calendar(calendar))


def _words(ground: Ground, heard: Heard, stay: Stay) -> CalendarWords:
    variant, today = heard.variant, heard.today

    def days(count: int) -> str:
        return counted_days(ground, count, variant)

    def day(key: str, shown: date | None, is_shown: bool) -> str:
        return ground.wording.text(key, variant, date=shown_date(shown, variant)) if shown and is_shown else ""

    last_day, advised_day = stay.last_day, stay.advised_day
    ahead = (last_day - today).days if last_day else 0
    over = min(-ahead, stay.used) if stay.is_over else 0
    return CalendarWords(
        used=ground.wording.text("stay_picture_used", variant, used=days(stay.used), left=days(stay.left)),
        ahead=ground.wording.text("stay_picture_ahead", variant, days=days(ahead)) if ahead > 1 else "",
        over=ground.wording.text("stay_picture_over", variant, days=days(over)) if over > 0 else "",
        today=day("stay_picture_today", today, True),
        advised=day("stay_picture_advised", advised_day, bool(advised_day and advised_day > today)),
        last=day("stay_picture_last", last_day, ahead > 0),
    )
