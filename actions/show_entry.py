"""Shows the entry that a button names."""

from actions.answer_question import answer_question, show
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class ShowEntry(DialogueAction):
    """A related question was tapped."""

    action_name = "action_show_entry"

    def answer(self, heard: Heard) -> Answered:
        """See `show_entry`."""
        return show_entry(self._ground, heard)


def show_entry(ground: Ground, heard: Heard) -> Answered:
    """The entry; what is said of an unknown one when a button is older than the release."""
    name = heard.value("entry")
    if name is None or not ground.library.has(name):
        return answer_question(ground, heard)
    return show(ground, heard, ground.library.entry(name))
