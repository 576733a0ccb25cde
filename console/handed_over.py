"""What stands beside the answer belongs to a conversation that was handed over, as its page does."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from console.office import Office
from conversations.conversation import Conversation
from conversations.transcript import Message

FALLBACK_VARIANT = "ru"


@dataclass(frozen=True)
class Reader:
    """An operator who reads a conversation: in the operator's variant, to answer in the migrant's."""

    operator: str
    variant: str
    conversation: Conversation

    @property
    def migrant_variant(self) -> str:
        """The variant in which the migrant is answered."""
        return self.conversation.variant or FALLBACK_VARIANT


def handed_over(office: Office, conversation_id: str) -> Conversation:
    """The conversation; raises HTTP 404 where there is none for operators."""
    conversation = office.conversations.get(conversation_id)
    if conversation is None or not office.handovers.log(conversation_id):
        raise HTTPException(404, "gone")
    return conversation


def message_at(office: Office, conversation_id: str, cursor: int) -> Message:
    """One message of a conversation; raises HTTP 404 where there is none."""
    found = office.transcript.after(conversation_id, cursor - 1, 1)
    if not found or found[0].cursor != cursor:
        raise HTTPException(404, "gone")
    return found[0]
