"""Writes a sentence as people type it: in Latin letters, without special letters, with slips and Russian words."""

from random import Random

_ROMAN = dict(
    zip("абвгдезиклмнопрстуфы", ["a", "b", "v", "g", "d", "e", "z", "i", *"klmnoprstuf", "y"], strict=True)
) | {
    "ъ": "",
    "ь": "",
    "э": "e",
}
_ROMAN_HABITS = {
    "ж": ("zh", "j"),
    "й": ("y", "i", "j"),
    "х": ("kh", "x", "h"),
    "ц": ("ts", "c"),
    "ч": ("ch", "ch", "4"),
    "ш": ("sh", "sh", "w"),
    "щ": ("sh", "shch", "sch"),
    "ы": ("y", "y", "i"),
    "ь": ("", "", "'"),
    "ю": ("yu", "u", "iu"),
    "я": ("ya", "ya", "ia"),
    "ё": ("yo", "e", "io"),
    "ғ": ("g", "gh"),
    "ӣ": ("i", "i", "ī", "ee"),
    "қ": ("q", "k"),
    "ӯ": ("u", "o", "ū"),
    "ҳ": ("h", "x"),
    "ҷ": ("j", "j", "dj"),
    "ң": ("n", "ng"),
    "ө": ("o", "o", "ö"),
    "ү": ("u", "u", "ü"),
    "ұ": ("u",),
    "ә": ("a", "e", "ä"),
    "і": ("i",),
    "һ": ("h",),
    "ў": ("o", "o'", "u"),
}
_PLAIN_HABITS = {
    "ғ": ("г",),
    "қ": ("к",),
    "ҳ": ("х",),
    "ҷ": ("ч", "ж", "дж"),
    "ӣ": ("и",),
    "ӯ": ("у",),
    "ў": ("у",),
    "ң": ("н", "нг"),
    "ө": ("о", "о", "е"),
    "ү": ("у",),
    "ұ": ("у",),
    "ә": ("а", "а", "е", "э"),
    "і": ("и", "ы", "i"),
    "һ": ("х",),
    "ё": ("е",),
    "ъ": ("",),
}
_UZBEK_LATIN_HABITS = (
    ("o'", "o"),
    ("g'", "g"),
    ("'", ""),
    ("sh", "w"),
    ("ch", "4"),
    ("q", "k"),
    ("x", "h"),
    ("h", "x"),
)
_MIXED_IN = """
документы паспорт регистрация патент работа зарплата деньги хозяин начальник полиция миграционка штраф справка
договор прописка срок миграционная карта временная регистрация оплата чек банк кредит больница скорая участковый
депортация запрет въезд граница аэропорт билет вокзал общежитие квартира аренда бригадир стройка аванс расчёт
медкомиссия полис ребёнок школа садик гражданство вид на жительство РВП ВНЖ заявление суд юрист приставы перевод
нотариус копия печать просрочил продлить оформить подать нужно можно сразу короче вообще просто значит
"""
_RUSSIAN_WORDS = _MIXED_IN.split()
_FOREIGN_NAMES = (
    *("WhatsApp", "Telegram", "Google", "YouTube", "Western Union", "Samsung", "iPhone", "Yandex Go", "Wildberries"),
    *("Ozon", "MoneyGram", "Golden Crown", "Binance", "TikTok", "Instagram", "Facebook", "Netflix", "Android", "PDF"),
    *("Green House", "New York", "Happy Birthday", "The Best", "Burger King", "Coca Cola", "Hyundai", "Excel", "SMS"),
)


def romanised(text: str, random: Random) -> str:
    """Return Cyrillic `text` in Latin letters, each letter by one habit throughout."""
    habits = _ROMAN | {letter: random.choice(ways) for letter, ways in _ROMAN_HABITS.items()}
    return "".join(habits.get(letter, letter) for letter in text.lower())


def without_special_letters(text: str, random: Random) -> str:
    """Return `text` as typed on a keyboard that lacks the special letters of its alphabet, or some of them."""
    habits = {letter: random.choice(ways) for letter, ways in _PLAIN_HABITS.items() if random.random() < 0.85}
    plain = "".join(habits.get(letter, letter) for letter in text.lower())
    return plain.replace("ь", "") if random.random() < 0.15 else plain


def in_uzbek_habits(text: str, random: Random) -> str:
    """Return Uzbek Latin `text` as typed on a phone: apostrophes lost, w for sh, k for q, x and h mixed up."""
    typed = text.lower().replace("‘", "'").replace("’", "'").replace("ʻ", "'").replace("ʼ", "'")
    if random.random() < 0.2:
        typed = typed.replace("o'", "u")
    for letters, habit in _UZBEK_LATIN_HABITS:
        if random.random() < (0.8 if "'" in letters else 0.15):
            typed = typed.replace(letters, habit)
    return typed


def with_slips(text: str, random: Random, rate: float = 0.04) -> str:
    """Return `text` with letters left out, doubled or swapped at `rate` per letter."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and random.random() < rate:
            slip = random.randrange(3)
            if slip == 0:
                letters[place] = ""
            elif slip == 1:
                letters[place] *= 2
            else:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def with_russian_words(text: str, random: Random, is_latin: bool) -> str:
    """Return `text` with one Russian word for about every four of its own, romanised in Latin text or not."""
    words = text.split()
    for _ in range(random.randint(1, max(1, len(words) // 4))):
        word = random.choice(_RUSSIAN_WORDS)
        words.insert(random.randrange(len(words) + 1), romanised(word, random) if is_latin else word)
    return " ".join(words)


def with_a_foreign_name(text: str, random: Random) -> str:
    """Return `text` with the name of a firm or a program somewhere in it."""
    words = text.split()
    words.insert(random.randrange(len(words) + 1), random.choice(_FOREIGN_NAMES))
    return " ".join(words)


def piece_of(text: str, random: Random, max_words: int = 6) -> str:
    """Return one to `max_words` words of `text` that stand together."""
    words = text.split()
    length = random.randint(1, max_words)
    start = random.randrange(max(1, len(words) - length + 1))
    return " ".join(words[start : start + length])
