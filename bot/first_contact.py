"""First contact: under the first answer stand the choice of language and one sentence on data."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ground import Ground
from bot.notices import language_buttons, notice
from conversations.claim import Claimed
from conversations.reply import Reply


def with_first_contact(
    ground: Ground, claimed: Claimed, replies: Sequence[Reply], variant: str, languages: tuple[str, ...]
) -> tuple[Reply, ...]:
    """The replies; when they hold the conversation's first answer, the notice stands under them."""
    is_answer = any(reply.sender == "bot" and reply.answers_question for reply in replies)
    if claimed.conversation.is_greeted or not is_answer:
        return tuple(replies)
    said = notice(ground, "first_contact", variant)
    return (*replies, replace(said, buttons=(*language_buttons(languages), *said.buttons)))
