"""Writes a date, a month or a few days so that day and month cannot be mixed up, in each language."""

from datetime import date

_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "uz-Cyrl": "январ феврал март апрел май июн июл август сентабр октабр ноябр декабр",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "January February March April May June July August September October November December",
}
_MONTHS_ALONE = {
    **_MONTHS,
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
_MONTH_PATTERNS = {
    "ru": "{month} {year}",
    "uz": "{year}-yil, {month}",
    "uz-Cyrl": "{year} йил, {month}",
    "tg": "{month} {year}",
    "ky": "{year}-жыл, {month}",
    "kk": "{year} жыл, {month}",
    "en": "{month} {year}",
}
_SHORT = {
    "ru": "Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек",
    "uz": "Yan Fev Mar Apr May Iyn Iyl Avg Sen Okt Noy Dek",
    "uz-Cyrl": "Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек",
    "tg": "Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек",
    "ky": "Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек",
    "kk": "Қаң Ақп Нау Сәу Мам Мау Шіл Там Қыр Қаз Қар Жел",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
"""As in CLDR 47, without its dots."""
_PATTERNS = {
    "ru": "{day} {month} {year} г.",
    "uz": "{year}-yil {day}-{month}",
    "uz-Cyrl": "{year} йил {day} {month}",
    "tg": "{day} {month} соли {year}",
    "ky": "{year}-жылдын {day}-{month}",
    "kk": "{year} жылғы {day} {month}",
    "en": "{day} {month} {year}",
}


def short_months(variant: str) -> tuple[str, ...]:
    """The names of the twelve months in three letters, for a calendar."""
    return tuple(_SHORT[variant].split())


def shown_date(day: date, variant: str) -> str:
    """The date with the name of its month, as one writes it in this variant."""
    month = _MONTHS[variant].split()[day.month - 1]
    return _PATTERNS[variant].format(day=day.day, month=month, year=day.year)


def shown_month(day: date, variant: str) -> str:
    """Month and year of a day, in at most 20 characters."""
    month = _MONTHS_ALONE[variant].split()[day.month - 1]
    return _MONTH_PATTERNS[variant].format(month=month, year=day.year)


def shown_days(first: date, last: date, variant: str) -> str:
    """Some days of one month, without the year: “8–14 сентября”, in at most 20 characters."""
    days = f"{first.day}" if first == last else f"{first.day}–{last.day}"
    return f"{days} {_MONTHS[variant].split()[first.month - 1]}"
