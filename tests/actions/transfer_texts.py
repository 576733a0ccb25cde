"""What people tap and write in the form of a transfer, by variant."""

from collections.abc import Callable

from tests.actions.rule_conversation import RuleConversation

Begin = Callable[..., RuleConversation]
START = "/start_transfer"
TEN_THOUSAND, TO_UZ = '/inform{"money": "10000 RUB"}', '/inform{"country": "UZ"}'
IN_UZS, IN_RUB = '/inform{"step": "currency", "reply": "UZS"}', '/inform{"step": "currency", "reply": "RUB"}'
NO_FEE = '/inform{"step": "fee", "reply": "0"}'
DONE, ANOTHER = '/inform{"step": "offers_done"}', '/inform{"step": "another_offer"}'
WRONG, CHANGE = '/inform{"step": "wrong_offer"}', '/inform{"change": "details"}'
RATE_UNKNOWN, REFERENCE_UNKNOWN = '/inform{"step": "rate_unknown"}', '/inform{"step": "reference_unknown"}'

SUM = {
    "ru": "10 тысяч рублей",
    "uz": "10 ming rubl",
    "uz-Cyrl": "10 минг рубль",
    "tg": "даҳ ҳазор рубл",
    "ky": "он миң рубль",
    "kk": "10 мың рубль",
    "en": "ten thousand rubles",
}
WHOLE_OFFER = {
    "ru": "комиссия 150, получат 1 390 000 сум",
    "uz": "150 rubl komissiya, 1390000 so'm oladi",
    "uz-Cyrl": "комиссия 150, 1390000 сўм олади",
    "tg": "комиссия 150, 1390000 сӯм мегиранд",
    "ky": "комиссия 150, үйдө 1390000 сум алышат",
    "kk": "комиссия 150, үйде 1390000 сум алады",
    "en": "fee 150, they get 1,390,000 soum",
}
FREE_AT_138 = {
    "ru": "без комиссии, 1 рубль = 138 сум",
    "uz": "komissiyasiz, 1 rubl = 138 so'm",
    "uz-Cyrl": "комиссиясиз, 1 рубль = 138 сўм",
    "tg": "бе комиссия, 1 рубл = 138 сӯм",
    "ky": "комиссиясыз, 1 рубль = 138 сум",
    "kk": "комиссиясыз, 1 рубль = 138 сум",
    "en": "no fee, 1 rouble = 138 sum",
}
NOT_150_BUT_200 = {
    "ru": "не 150, а 200",
    "uz": "150 emas, 200",
    "uz-Cyrl": "150 эмас, 200",
    "tg": "150 не, 200",
    "ky": "150 эмес, 200",
    "kk": "150 емес, 200",
    "en": "not 150, 200",
}
