"""What people tap and write in the tool for unpaid wages, by variant."""

from collections.abc import Callable

from tests.actions.rule_conversation import RuleConversation

Begin = Callable[..., RuleConversation]
COMPLAIN = '/start_wages{"step": "complaint"}'
IN_RUSSIA, IN_KAZAKHSTAN = (
    '/answer_complaint{"item": "country", "reply": "RU"}',
    ('/answer_complaint{"item": "country", "reply": "KZ"}'),
)
MAKE = '/answer_complaint{"item": "finish", "reply": "make"}'
CHANGE = '/answer_complaint{"item": "change", "reply": "list"}'
EMPLOYER, PLACE, WORK, TRIED = "ООО Ромашка-7391", "склад в Туле", "носил ящики", "звонил мастеру Кириллу"

SIXTY_A_MONTH = {
    "ru": "60 000 рублей в месяц",
    "uz": "oyiga 60 ming rubl",
    "uz-Cyrl": "ойига 60 минг рубл",
    "tg": "моҳе 60 ҳазор рубл",
    "ky": "айына 60 миң рубль",
    "kk": "айына 60 мың рубль",
    "en": "60,000 roubles a month",
}
NOT_FIFTY = {
    "ru": "не 60 000, а 70 000",
    "uz": "60 000 emas, 70 000",
    "uz-Cyrl": "60 000 эмас, 70 000",
    "tg": "60 000 не, 70 000",
    "ky": "60 000 эмес, 70 000",
    "kk": "60 000 емес, 70 000",
    "en": "not 60 000, 70 000",
}
DAYS = {
    "ru": "с 1 марта по 15 июня 2026",
    "uz": "01.03.2026 dan 15.06.2026 gacha",
    "uz-Cyrl": "01.03.2026–15.06.2026",
    "tg": "аз 1 марти 2026 то 15 июни 2026",
    "ky": "01.03.2026 - 15.06.2026",
    "kk": "01.03.2026 - 15.06.2026",
    "en": "from 1 March 2026 to 15 June 2026",
}


def tick(item: str) -> str:
    """The button of one thing of the checklist."""
    return f'/start_wages{{"step": "tick", "item": "{item}"}}'


def reply(item: str, value: str) -> str:
    """A button under a question of the complaint."""
    return f'/answer_complaint{{"item": "{item}", "reply": "{value}"}}'


async def tell_all(talk: RuleConversation, variant: str = "ru", country: str = IN_RUSSIA) -> str:
    """Tells a whole complaint; gives the preview."""
    await talk.tap(COMPLAIN)
    await talk.tap(country)
    if country == IN_KAZAKHSTAN:
        await talk.tap(reply("language", "kk"))
    await talk.say(EMPLOYER, "nlu_fallback")
    await talk.say(PLACE, "work.find_job")
    await talk.say(WORK, "health.mental")
    await talk.say(DAYS[variant], "registration.stay_limits")
    await talk.say(SIXTY_A_MONTH[variant], "labour_rights.unpaid_wages")
    await talk.tap(reply("paid", "nothing"))
    await talk.say("180 000 RUB", "remittances.limits")
    last = await talk.say(TRIED, "labour_rights.unpaid_wages")
    return await talk.tap(reply("name_kept_back", "yes")) if country == IN_RUSSIA else last
