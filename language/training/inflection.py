"""Puts endings on words of the lexicon as grammar does, so that the encoder meets more than dictionary forms.

All forms are prepared ones (`language.static_encoder.prepared`): Latin letters, i for ы and й, k for қ, h for х.
An ending need not suit its word's vowels: what is learnt is that endings say little.
"""

import random

ENDED_SHARE = 0.4
"""How often a word gets an ending."""
FEWEST_CHARS = 4
_PREFIXED_SHARE = 0.15
_VOWELS = "aeiou"

_ENDINGS = {
    language: tuple(endings.split())
    for language, endings in {
        "en": "s ed ing er",
        "ru": "a u e i om oi ami am ah ov ei ie oe aia ogo omu ih im uiu al ala ali at it il ila ili et ut iat",
        "uz": "lar ni ning ga da dan im ing i si imiz lari larni larga larda larida ini iga ida li lik chi dir",
        "tg": "ho hoi i ro on a am at ash amon hoe horo u e ie",
        "ky": "lar ler lor dar der dor tar ter tor nin din tin dun tun nun ga ge go ka ke ko da de do ta te to dan den "
        "don tan ten ton ni di ti nu du tu im in i u si su biz lari leri dari dor luk lik li lu",
        "kk": "lar ler dar der tar ter di de ti te ni da ta dan den tan ten ga ge ka ke nin din tin im in i si miz "
        "lari leri dari darin lerin men ben li lik dik",
    }.items()
}
_VERBS = {
    "uz": ("mok", "di dim gan adi ish aman sa ib gani ilgan iapti moda ilishi ishi ishni digan".split()),
    "ky": ("u", "di du ti gan gon kan at et ot ip up uga uda ilgan ildi a e o ar er".split()),
    "kk": ("u", "di ti gan ken adi edi ui uge ip ildi ilgan a e ar er".split()),
}
"""The ending of the verb's name by which it stands in the lexicon, and what stands in its place in sentences."""
_TAJIK_PREFIXES = ("me", "na", "bi", "name")


def inflected(word: str, language: str, chance: random.Random) -> str:
    """The word itself or, at `ENDED_SHARE`, one with an ending of its language in place of its own or behind it."""
    if len(word) < FEWEST_CHARS or not word.isalpha() or chance.random() >= ENDED_SHARE:
        return word
    name, forms = _VERBS.get(language, ("", ()))
    if name and word.endswith(name) and len(word) > FEWEST_CHARS:
        return word.removesuffix(name) + chance.choice(forms)
    if language == "tg" and chance.random() < _PREFIXED_SHARE:
        return chance.choice(_TAJIK_PREFIXES) + word
    stem = word.rstrip(_VOWELS) if language == "ru" else word
    return (stem or word) + chance.choice(_ENDINGS[language])
