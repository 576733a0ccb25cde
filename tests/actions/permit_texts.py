"""What people tap and write in the form on papers for work, by variant."""

from tests.actions.stay_texts import NOT_UZBEK, QUESTION, UNSURE

__all__ = ["ENTERED", "HELD", "MONTHS", "NOT_HELD", "NOT_UZBEK", "OTHER", "QUESTION", "RU_UZ", "UNSURE", "WORK"]

RU_UZ = '/start_permit{"country": "RU", "citizenship": "UZ"}'
HELD, NOT_HELD = '/inform{"step": "permit"}', '/inform{"step": "no_permit"}'
WORK, OTHER = '/inform{"step": "work"}', '/inform{"step": "other"}'

ENTERED = {
    "ru": "5 ноября",
    "uz": "5-noyabrda keldim",
    "uz-Cyrl": "5 ноябрда келдим",
    "tg": "5 ноябр омадам",
    "ky": "5-ноябрда келдим",
    "kk": "5 қарашада келдім",
    "en": "on 5 November",
}
MONTHS = {
    "ru": "за три месяца",
    "uz": "uch oyga",
    "uz-Cyrl": "уч ойга",
    "tg": "барои се моҳ",
    "ky": "үч айга",
    "kk": "үш айға",
    "en": "three months",
}
