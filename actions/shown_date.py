"""Writes a date so that day and month cannot be mixed up, in each language."""

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
_PATTERNS = {
    "ru": "{day} {month} {year} г.",
    "uz": "{year}-yil {day}-{month}",
    "uz-Cyrl": "{year} йил {day} {month}",
    "tg": "{day} {month} соли {year}",
    "ky": "{year}-жылдын {day}-{month}",
    "kk": "{year} жылғы {day} {month}",
    "en": "{day} {month} {year}",
}


def shown_date(day: date, variant: str) -> str:
    """The date with the name of its month, as one writes it in this variant."""
    month = _MONTHS[variant].split()[day.month - 1]
    return _PATTERNS[variant].format(day=day.day, month=month, year=day.year)
