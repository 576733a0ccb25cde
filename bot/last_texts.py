"""The last text of each conversation, in memory only: a very short message is looked at together with it."""

from collections import OrderedDict

MAX_CONVERSATIONS = 5_000
KEPT_CHARS = 500


class LastTexts:
    """Of the conversations that wrote most recently."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()

    def before(self, conversation_id: str) -> tuple[str, ...]:
        """The last text, or nothing."""
        text = self._texts.get(conversation_id)
        return (text,) if text else ()

    def keep(self, conversation_id: str, text: str) -> None:
        """This is now the last text."""
        self._texts[conversation_id] = text[-KEPT_CHARS:]
        self._texts.move_to_end(conversation_id)
        while len(self._texts) > MAX_CONVERSATIONS:
            self._texts.popitem(last=False)

    def forget(self, conversation_id: str) -> None:
        """The person has erased the conversation."""
        self._texts.pop(conversation_id, None)
