"""What of danger was noticed stands with the conversation, in the operator's language; and whether others may read."""

from collections.abc import Callable

import pytest

from console.names import read_labels
from conversations.conversation import Conversations
from conversations.handover import Handovers
from conversations.inbox import Inbox, NewMessage
from foundation.settings import PROJECT
from language.variants import LANGUAGES
from tests.console.conftest import Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
LABELS = read_labels(PROJECT / "data")


def _waits_with_signs(street: Street) -> str:
    waiting = street.waits()
    message = NewMessage(waiting, "m2", "Кӯмак", None, "urgent", ("army", "violence", "он меня бьёт"), "tg")
    Inbox(street.database).store(message, street.clock())
    return waiting


@pytest.mark.parametrize("variant", LANGUAGES)
def test_list_and_conversation_name_the_signs_in_the_operators_language(
    visit: Visit, street: Street, variant: str
) -> None:
    waiting = _waits_with_signs(street)
    visitor = visit("Dilnoza", variant)
    for page in (visitor.open("/").text, visitor.open(f"/conversations/{waiting}").text):
        for sign in ("army", "violence"):
            assert LABELS.name(sign, variant) in page


def test_words_of_a_person_are_never_kept_as_a_sign(street: Street) -> None:
    _waits_with_signs(street)
    (row,) = Handovers(street.database).queue()
    assert row.signs == ("army", "violence")


def test_the_operator_is_warned_while_somebody_else_may_be_reading(visit: Visit, street: Street) -> None:
    waiting = street.waits()
    visitor, warning = visit("Dilnoza", "en"), "Somebody else may be reading now"
    assert warning not in visitor.open(f"/conversations/{waiting}").text
    Conversations(street.database).remember(waiting, is_disguised=True)
    page = visitor.open(f"/conversations/{waiting}")
    assert warning in page.text


def test_nobody_is_told_of_an_operator_while_somebody_else_may_be_reading(visit: Visit, street: Street) -> None:
    open_talk, hidden = street.waits(), street.waits()
    Conversations(street.database).remember(hidden, is_disguised=True)
    visitor = visit("Dilnoza", "en")
    for each in (open_talk, hidden):
        assert visitor.step(each, "take").status_code == 303
    said = {each: [message.sender for message in street.transcript.after(each)] for each in (open_talk, hidden)}
    assert said == {open_talk: ["migrant", "system"], hidden: ["migrant"]}
