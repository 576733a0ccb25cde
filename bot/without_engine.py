"""What the gateway can answer while the engine is away: a person, the menu, emergency numbers, the language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.ground import Ground
from bot.notices import answer, language_buttons, notice
from bot.safety_block import emergency_line
from bot.safety_step import PERSON
from conversations.commands import Command, OpenHandover, SetLanguage
from conversations.reply import Reply

ASKED_WITHOUT_ENGINE = "asked for a person while the bot could not answer"


@dataclass(frozen=True)
class Answered:
    """Replies and commands that answer one button."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()


def answer_without_engine(
    ground: Ground, payload: str | None, variant: str, languages: tuple[str, ...]
) -> Answered | None:
    """The answer to a button's payload; None for everything that only the engine can answer."""
    intent, details = _parts(payload or "")
    match intent:
        case "/meta.human":
            replies = (answer(ground, "called_a_person", variant), notice(ground, "waiting_in_queue", variant))
            return Answered(replies, (OpenHandover(ASKED_WITHOUT_ENGINE),))
        case "/meta.menu":
            return Answered((answer(ground, "menu_without_engine", variant),))
        case "/contacts.emergency_numbers":
            return Answered((_numbers(ground, variant),))
        case "/meta.language":
            return _language(ground, details.get("variant"), variant, languages)
    return None


def is_person_wanted(payload: str | None) -> bool:
    """Whether this button asks for a person."""
    return _parts(payload or "")[0] == PERSON


def _numbers(ground: Ground, variant: str) -> Reply:
    lines = [emergency_line(ground, country, variant) for country in ground.numbers.countries()]
    return answer(ground, "emergency_numbers_list", variant, lines="\n".join(f"• {line}" for line in lines))


def _language(ground: Ground, chosen: str | None, variant: str, languages: tuple[str, ...]) -> Answered:
    if chosen in languages:
        return Answered((answer(ground, "language_kept", chosen),), (SetLanguage(chosen),))
    asked = replace(answer(ground, "choose_language", variant), buttons=language_buttons(languages))
    return Answered((asked,))


def _parts(payload: str) -> tuple[str, Mapping[str, str]]:
    intent, brace, rest = payload.partition("{")
    try:
        details = json.loads(brace + rest) if brace else {}
    except ValueError:
        return payload, {}
    return intent, details
