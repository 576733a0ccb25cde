"""The wish to be written to no more, or again: a word becomes a button, a bare “stop” is told by its place."""

from dataclasses import replace

from bot.answering import BotAnswer
from bot.ground import Ground
from bot.notices import answer, notice
from conversations.claim import Claimed
from conversations.commands import OptIn, OptOut, StopReminders
from conversations.conversation import Conversation
from conversations.opt_outs import OptOuts
from conversations.reply import Reply

STOP_CONTACT = "/stop_contact"
START_CONTACT = "/start_contact"


def contact_payload(ground: Ground, text: str, conversation: Conversation, opt_outs: OptOuts) -> str | None:
    """What such a word sends; None for every other text, and for “stop” where a form may be meant."""
    match ground.contact_words.meaning(text):
        case "stop_contact":
            return STOP_CONTACT
        case "stop" if conversation.is_held:
            return STOP_CONTACT
        case "start_contact" if opt_outs.has(conversation.id):
            return START_CONTACT
    return None


def contact_reply(claimed: Claimed, ground: Ground, variant: str) -> tuple[Reply, OptOut | OptIn]:
    """The confirmation; into a talk with an operator it comes as a notice."""
    is_stop = claimed.payload == STOP_CONTACT
    key = "contact_stopped" if is_stop else "contact_started"
    command = OptOut() if is_stop else OptIn()
    if claimed.conversation.is_held:
        return notice(ground, key, variant, settles=True), command
    return answer(ground, key, variant), command


def with_contact_wish(claimed: Claimed, answered: BotAnswer, ground: Ground, variant: str) -> BotAnswer:
    """A bare “stop” that has ended no form means that nothing unasked should come any more."""
    is_bare = claimed.payload is None and ground.contact_words.meaning(claimed.text) == "stop"
    if not is_bare or StopReminders() not in answered.commands:
        return answered
    said = replace(notice(ground, "contact_how_to_start", variant), answers_question=False)
    return replace(answered, replies=(*answered.replies, said), commands=(*answered.commands, OptOut()))
