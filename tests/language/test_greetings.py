"""A greeting before a question is taken off; a greeting alone stays."""

import pytest

from language.folding import skeleton
from language.greetings import question_of, without_greeting


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Здравствуйте, как получить патент?", "как получить патент"),
        ("salom, propiska qanday qilaman", "propiska qanday qilaman"),
        ("Ассалому алайкум ака, барои патент чӣ лозим", "барои патент чӣ лозим"),
        ("Саламатсызбы! Каттоону кантип узартам", "Каттоону кантип узартам"),
        ("Сәлеметсіз бе, паспортым жоғалды", "паспортым жоғалды"),
        ("Hello, I lost my passport", "I lost my passport"),
    ],
)
def test_the_question_remains(text: str, left: str) -> None:
    assert without_greeting(skeleton(text)) == skeleton(left)


@pytest.mark.parametrize(
    "text", ["Здравствуйте", "Ассалому алайкум", "Salom aka", "good morning", "салам байке", "", "ок"]
)
def test_a_mere_greeting_stays(text: str) -> None:
    assert without_greeting(skeleton(text)) == skeleton(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Assalomu alaykum, oyligimni berishmayapti, nima qilay?", "oyligimni berishmayapti, nima qilay?"),
        ("Салом алейкум, маошамро намедиҳанд", "маошамро намедиҳанд"),
        ("Hello - my boss has not paid me", "my boss has not paid me"),
        ("Ассалому алайкум", "Ассалому алайкум"),
        ("мне не платят", "мне не платят"),
        ("", ""),
    ],
)
def test_what_was_written_loses_its_greeting_too(text: str, left: str) -> None:
    assert question_of(text) == left
