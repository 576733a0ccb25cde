"""Language of a word or two, and how sure one can be of it: the first message is often a greeting."""

import pytest

from language.identify import Identifier
from language.variants import language_of

SHORT = {
    "ru": ["здравствуйте", "спасибо большое", "подскажите", "сколько стоит", "не понимаю", "добрый вечер", "где вы"],
    "uz": ["rahmat aka", "yaxshimisiz", "tushunmadim", "qancha turadi", "яхшимисиз", "тушунмадим", "қанча туради"],
    "tg": ["ташаккур", "чӣ хел шумо", "намефаҳмам", "чанд пул", "чи хел", "намефахмам", "субҳ ба хайр"],
    "ky": [
        "саламатсызбы",
        "чоң рахмат",
        "түшүнгөн жокмун",
        "канча турат",
        "кандайсыз",
        "тушунбой жатам",
        "кайда барам",
    ],
    "kk": ["сәлеметсіз бе", "көп рақмет", "түсінбедім", "қанша тұрады", "калайсыз", "рахмет сізге", "қайда барамын"],
    "en": ["hello", "thank you", "good morning", "how much", "i do not understand", "please help", "where are you"],
}
SHARED_GREETINGS = [
    *(
        "Салом",
        "салам",
        "Salom",
        "salam",
        "Ассалому алайкум",
        "ассаламу алейкум",
        "Assalomu alaykum",
        "assalamu aleikum",
    ),
    *(
        "Ас-саламу алейкум",
        "салам алейкум!",
        "salom aleykum",
        "Ваалейкум ассалом",
        "va alaykum assalom",
        "саламалейкум",
    ),
]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier.load()


def test_short_words_of_our_languages_are_known(identifier: Identifier) -> None:
    wrong = [
        (language, found, text)
        for language, texts in SHORT.items()
        for text in texts
        if (found := identifier.identify(text).language) != language
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("text", SHARED_GREETINGS)
def test_a_greeting_that_languages_share_says_little_of_the_language(identifier: Identifier, text: str) -> None:
    assert identifier.identify(text).confidence < 0.6


@pytest.mark.parametrize(
    "text", ["Здравствуйте", "Yaxshimisiz", "Саламатсызбы", "Сәлеметсіз бе", "Чӣ хел шумо", "Hello"]
)
def test_a_greeting_of_one_language_says_which(identifier: Identifier, text: str) -> None:
    assert identifier.identify(text).confidence > 0.7


def test_a_question_behind_a_shared_greeting_says_the_language(identifier: Identifier) -> None:
    found = identifier.identify("Ассалому алайкум, патентни қаердан олсам бўлади?")
    assert (found.language, found.script) == ("uz", "Cyrl") and found.confidence > 0.9


@pytest.mark.parametrize("text", SHARED_GREETINGS)
@pytest.mark.parametrize("previous", ["tg", "uz", "uz-Cyrl", "ky", "kk"])
def test_a_shared_greeting_does_not_change_the_language(identifier: Identifier, text: str, previous: str) -> None:
    found = identifier.identify(text, previous)
    assert (found.language, found.script) == language_of(previous)
