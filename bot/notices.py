"""What the gateway says by itself, from `data/responses/gateway.yml`, as replies."""

from bot.ground import Ground
from conversations.reply import Button, Reply
from language.variants import OWN_NAMES


def notice(ground: Ground, key: str, variant: str, *, settles: bool = False) -> Reply:
    """A notice of the system; with `settles` it lists the question in its `answers`, so that nobody waits for more."""
    return Reply(_text(ground, key, variant), _buttons(ground, key, variant), "system", answers_question=settles)


def answer(ground: Ground, key: str, variant: str, **values: object) -> Reply:
    """An answer of the bot that needs no engine."""
    return Reply(ground.wording.text(key, variant, **values), _buttons(ground, key, variant))


def language_buttons(languages: tuple[str, ...]) -> tuple[Button, ...]:
    """One button for each language, in its own name."""
    return tuple(Button(OWN_NAMES[each], f'/meta.language{{"variant": "{each}"}}') for each in languages)


def _text(ground: Ground, key: str, variant: str) -> str:
    return ground.wording.text(key, variant)


def _buttons(ground: Ground, key: str, variant: str) -> tuple[Button, ...]:
    return tuple(Button(*pair) for pair in ground.wording.buttons(key, variant))
