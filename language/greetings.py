"""Takes the greeting off the front of a question: people say salom before they ask, and mean the question."""

from language.folding import skeleton

MIN_WORDS_LEFT = 2
_WORDS = (
    "здравствуйте здравствуй привет добрый доброе день утро вечер приветствую уважаемые пожалуйста "
    "salom assalomu alaykum assalom alekum salam aleykum yaxshimisiz hurmatli "
    "салом салому ассалому алайкум алейкум ва саломалейкум хубед нағзед бародар ака апа акаҷон "
    "салам саламатсызбы саламатсызбыз саламатсыздарбы кандайсыз байке эже "
    "сәлем сәлеметсіз бе сәлеметсіздер ме ассалаумағалейкум ассалаумалейкум қалайсыз аға апай "
    "hello hi hey good morning evening afternoon dear"
)
GREETING_WORDS = frozenset(word for part in _WORDS.split() for word in skeleton(part).split())


def without_greeting(folded: str) -> str:
    """A skeleton (see `language.folding`) without the greeting it begins with; a mere greeting stays as it is."""
    words = folded.split()
    start = 0
    while start < len(words) and words[start] in GREETING_WORDS:
        start += 1
    return " ".join(words[start:]) if len(words) - start >= MIN_WORDS_LEFT else folded


def question_of(text: str) -> str:
    """The same for a text as it was written."""
    words = text.split()
    start = 0
    while start < len(words) and _is_greeting(words[start]):
        start += 1
    return " ".join(words[start:]) if start and len(words) - start >= MIN_WORDS_LEFT else text


def _is_greeting(word: str) -> bool:
    return GREETING_WORDS.issuperset(skeleton(word).split())
