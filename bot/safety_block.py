"""The first words of a path: “can you write safely?”, the emergency number with its source, and the ways on."""

from collections.abc import Sequence

from bot.channels.whatsapp.limits import MAX_REPLY_BUTTONS
from bot.ground import Ground
from bot.limits import QUICK_EXIT
from bot.safety_step import SafetyStep
from conversations.conversation import Conversation
from conversations.reply import Button, Reply
from guidance.contacts import EmergencyNumber
from guidance.safety_paths import SafetyPath
from guidance.source import Source
from language.source_dates import shown_date_of_source

MOST_BUTTONS = {"whatsapp": MAX_REPLY_BUTTONS}
"""On this channel more buttons than these hide behind a list, which costs a frightened person another step."""


def safety_block(
    ground: Ground, conversation: Conversation, path: SafetyPath, variant: str, default_country: str
) -> Reply:
    """The block of a path, as a notice. Whoever has called a person already is left to talk with them."""
    number = emergency_line(ground, conversation.country or default_country, variant, path.numbers)
    text = ground.wording.text(f"safety_{path.id}", variant, number=number)
    buttons = first_buttons(ground, conversation, path, variant)
    if conversation.channel in MOST_BUTTONS and not conversation.is_held:
        word = ground.words.word("exit", variant)
        text = f"{text} {ground.wording.text('safety_exit_hint', variant, exit_word=word)}"
    return Reply(text, buttons, "system", answers_question=False)


def first_buttons(ground: Ground, conversation: Conversation, path: SafetyPath, variant: str) -> tuple[Button, ...]:
    """Yes, no, a person, the exit, a false alarm; of a held conversation the exit alone."""
    leave = exit_button(ground, variant)
    if conversation.is_held:
        return (leave,)
    steps = (step_button(ground, name, path, variant) for name in ("can_write", "cannot_write", "person"))
    return fitting(conversation, (*steps, leave, step_button(ground, "no_danger", path, variant)))


def step_button(ground: Ground, step: str, path: SafetyPath, variant: str) -> Button:
    """The button of a step."""
    return Button(ground.wording.text(f"safety_button_{step}", variant), SafetyStep(step, path.id).payload)


def exit_button(ground: Ground, variant: str) -> Button:
    """The button of the quick exit."""
    return Button(ground.wording.text("safety_button_exit", variant), QUICK_EXIT)


def fitting(conversation: Conversation, buttons: Sequence[Button]) -> tuple[Button, ...]:
    """As many of these as the channel shows under a message without a list, the weightier first."""
    return tuple(buttons[: MOST_BUTTONS.get(conversation.channel, len(buttons))])


def emergency_line(ground: Ground, country: str, variant: str, kinds: Sequence[str] = ("all",)) -> str:
    """“call 112 (Russia; source: …)”, or the local police where no number has a source."""
    found = ground.numbers.for_country(country)
    if found is None:
        return ground.wording.text("emergency_line_unknown", variant)
    name, source = ground.places.country_name(country, variant), named_source(found.sources[0])
    numbers = ", ".join(_numbers(found, kinds))
    return ground.wording.text("emergency_line", variant, numbers=numbers, country=name, source=source)


def named_source(source: Source) -> str:
    """A source as it is named to people: its title, with its date where it has one."""
    has_date = source.date[:1].isdigit()
    return f"{source.title}, {shown_date_of_source(source.date)}" if has_date else source.title


def _numbers(found: EmergencyNumber, kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.numbers[kind] for kind in kinds if kind in found.numbers)) or (found.first,)
