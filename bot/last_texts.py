"""The last texts of each conversation, in memory only: several messages may tell together what none tells alone."""

from collections import OrderedDict

from guidance.danger import CONTEXT_TEXTS

MAX_CONVERSATIONS = 5_000
KEPT_CHARS = 200


class LastTexts:
    """Of the conversations that wrote most recently."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def before(self, conversation_id: str) -> tuple[str, ...]:
        """The last texts, at most `CONTEXT_TEXTS`, oldest first."""
        return self._texts.get(conversation_id, ())

    def keep(self, conversation_id: str, text: str) -> None:
        """This is now the last text."""
        self._texts[conversation_id] = (*self.before(conversation_id), text[-KEPT_CHARS:])[-CONTEXT_TEXTS:]
        self._texts.move_to_end(conversation_id)
        while len(self._texts) > MAX_CONVERSATIONS:
            self._texts.popitem(last=False)

    def forget(self, conversation_id: str) -> None:
        """The person has erased the conversation."""
        self._texts.pop(conversation_id, None)
