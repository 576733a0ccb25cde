"""What people tap and write in the form of stay, by variant, and how its count reads."""

from collections.abc import Callable
from datetime import date

from actions.counted_days import counted_days
from actions.ground import Ground
from tests.actions.rule_conversation import RuleConversation

BEGIN = '/start_stay{"country": "RU", "citizenship": "UZ"}'
NO_PERMIT, PERMIT = '/inform{"step": "no_permit"}', '/inform{"step": "permit"}'
NO_MORE, STILL_HERE = '/inform{"step": "no_more_trips"}', '/inform{"step": "still_here"}'
WRONG = '/inform{"change": "last_trip"}'
SPRING = (date(2026, 1, 10), date(2026, 3, 20))
Begin = Callable[..., RuleConversation]

TWO_TRIPS = {
    "ru": "приехал 10 января, уехал 20 марта, потом с 1 ноября и ещё здесь",
    "uz": "10-yanvarda keldim, 20-martda ketdim, keyin 1-noyabrda keldim, hali shu yerdaman",
    "uz-Cyrl": "10 январда келдим, 20 мартда кетдим, кейин 1 ноябрда келдим, ҳали шу ердаман",
    "tg": "10 январ омадам, 20 март рафтам, баъд 1 ноябр омадам, ҳоло ҳамин ҷоям",
    "ky": "10-январда келдим, 20-мартта кеттим, анан 1-ноябрда келдим, азыр да ушул жердемин",
    "kk": "10 қаңтарда келдім, 20 наурызда кеттім, кейін 1 қарашада келдім, әлі осындамын",
    "en": "came 10 January left 20 March, then 1 November and I am still here",
}
UNSURE = {
    "ru": "не помню",
    "uz": "esimda yo'q",
    "uz-Cyrl": "билмайман",
    "tg": "намедонам",
    "ky": "билбейм",
    "kk": "есімде жоқ",
    "en": "I don't remember",
}
TAKEN_BACK = {
    "ru": "нет, это неправильно",
    "uz": "bu noto'g'ri",
    "uz-Cyrl": "бу нотўғри",
    "tg": "ин нодуруст аст",
    "ky": "бул туура эмес",
    "kk": "бұл дұрыс емес",
    "en": "no, that trip is wrong",
}
NOT_UZBEK = {
    "ru": "я не узбек, а таджик",
    "uz": "men oʻzbek emas, tojikman",
    "uz-Cyrl": "мен ўзбек эмас, тожикман",
    "tg": "ман ӯзбек нестам, тоҷик",
    "ky": "мен өзбек эмес, тажикмин",
    "kk": "мен өзбек емес, тәжікпін",
    "en": "not Uzbek, Tajik",
}
QUESTION = {
    "ru": "как проверить запрет на въезд?",
    "uz": "kirish taqiqini qanday tekshiraman?",
    "uz-Cyrl": "кириш тақиқини қандай текшираман?",
    "tg": "манъи вурудро чӣ тавр санҷам?",
    "ky": "кирүүгө тыюуну кантип текшерем?",
    "kk": "кіруге тыйымды қалай тексеремін?",
    "en": "how do I check for an entry ban?",
}


def used_in_year(ground: Ground, variant: str, used: int, left: int) -> str:
    """The sentence with days used and left in 2026."""
    days = {"used": counted_days(ground, used, variant), "left": counted_days(ground, left, variant)}
    return ground.wording.text("stay_used_in_year", variant, year="2026", **days)
