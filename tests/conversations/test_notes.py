"""The bot's first note: it comes with the handover in the turn's transaction, and goes with it."""

from conversations.commands import OpenHandover
from conversations.handover import Handovers
from conversations.notes import Note, Notes
from conversations.reply import Reply
from tests.conversations.talk import Talk

NOTE = Note(signs=("papers_kept",), factors=("SI3", "FA1"), route="legal_aid_first", needs=("documents",))
SCREENED = OpenHandover("screening", "concern", note=NOTE)


def test_a_note_stands_on_the_handover_that_it_came_with(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    talk.turn(Reply("a person will answer"), commands=[SCREENED])
    assert Notes(talk.database).newest(one) == NOTE
    (waiting,) = Handovers(talk.database).queue()
    assert (waiting.reason, waiting.danger) == ("screening", "concern")


def test_a_turn_that_is_tried_again_writes_the_note_once(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    first = talk.claim()
    talk.inbox.put_back(first, talk.now)
    again = talk.claim()
    assert not talk.finish(first, Reply("late"), commands=[OpenHandover("screening", note=Note(route="late"))])
    assert talk.finish(again, Reply("answer"), commands=[SCREENED])
    assert not talk.finish(again, Reply("answer"), commands=[OpenHandover("screening", note=Note(route="twice"))])
    assert Notes(talk.database).newest(one) == NOTE
    assert [step.step for step in Handovers(talk.database).log(one)] == ["opened"]


def test_a_note_for_one_who_waits_already_joins_the_open_handover(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    Handovers(talk.database).open(one, "asked for a person", "none", talk.now)
    assert talk.finish(claimed, Reply("answer"), commands=[SCREENED])
    assert Notes(talk.database).newest(one) == NOTE
    (waiting,) = Handovers(talk.database).queue()
    assert (waiting.reason, waiting.danger) == ("asked for a person", "concern")


def test_the_note_of_another_conversation_or_none_is_not_shown(talk: Talk) -> None:
    one, other = talk.begin(), talk.begin()
    talk.write(one, "m1")
    talk.turn(Reply("x"), commands=[SCREENED])
    talk.write(other, "m1")
    talk.turn(Reply("x"), commands=[OpenHandover("wish")])
    assert Notes(talk.database).newest(other) is None
