"""Edited and deleted messages: an edit is a version of the first one, what was taken back leaves no word."""

from conversations.commands import Understood
from conversations.export import export_conversation
from conversations.history import History
from conversations.reply import Reply
from conversations.versions import note_taken_back
from tests.conversations.talk import Talk

ADDRESS = "1"


def test_an_edit_is_a_newer_version_and_both_are_kept(talk: Talk) -> None:
    talk.begin("telegram")
    conversation_id = talk.conversations.by_address("telegram", ADDRESS).id  # type: ignore[union-attr]
    talk.write(conversation_id, "m1", "патен", platform_id="7")
    talk.turn(Reply("нашудам"))
    talk.write(conversation_id, "m1e1", "патент", platform_id="7", edits="7")
    talk.write(conversation_id, "m1e2", "патент чанд пул", platform_id="7", edits="7")
    first, _, second, third = History(talk.database).newest(conversation_id).messages
    assert (first.message.replaces, second.message.replaces) == (None, first.message.cursor)
    assert third.message.replaces == first.message.cursor
    assert [each.newer for each in (first, second, third)] == [third.message.cursor, third.message.cursor, None]
    assert first.message.revision == 2, "who shows the first version sees that there are newer ones"


def test_an_edit_of_what_is_not_known_is_a_message(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    talk.write(conversation_id, "m1", "салом", platform_id="b", edits="a")
    assert talk.said(conversation_id)[0].replaces is None


def test_what_is_taken_back_leaves_no_word_and_is_answered_by_nobody(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    talk.write(conversation_id, "m1", "номи ман Фаррух", platform_id="a", danger="concern")
    talk.turn(Reply("Фаҳмидам"), commands=[Understood("work.permit", 0.9, "work/permit-ru")])
    talk.write(conversation_id, "m2", "Фаррух ҳастам", platform_id="b", edits="a")
    assert note_taken_back(talk.database, "whatsapp", ADDRESS, "a", talk.now)
    assert talk.inbox.claim("worker", talk.now, 30) is None, "its turn is over"
    assert not talk.transcript.unanswered(conversation_id)
    assert "Фаррух" not in str(export_conversation(talk.database, conversation_id))
    first, _, second = talk.said(conversation_id)
    assert (first.text, first.topic, first.entry, first.danger) == ("", None, None, "concern")
    assert first.taken_back_at == second.taken_back_at == talk.now


def test_a_turn_in_work_of_what_was_taken_back_writes_nothing(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    talk.write(conversation_id, "m1", "номи ман Фаррух", platform_id="a")
    claimed = talk.claim()
    assert note_taken_back(talk.database, "whatsapp", ADDRESS, "a", talk.now)
    assert not talk.finish(claimed, Reply("Салом, Фаррух"))
    talk.write(conversation_id, "m2", "салом", platform_id="b")
    assert talk.claim().message_id == "m2", "the conversation goes on"
    assert [text for _, text in talk.texts(conversation_id)] == ["", "салом"]


def test_nobody_takes_back_a_message_of_ours_or_of_another_person(talk: Talk) -> None:
    conversation_id, other = talk.begin("whatsapp"), talk.begin("whatsapp")
    talk.write(conversation_id, "m1", "савол", platform_id="a")
    talk.write(other, "m1", "боқӣ", platform_id="b")
    assert not note_taken_back(talk.database, "whatsapp", ADDRESS, "b", talk.now)
    assert not note_taken_back(talk.database, "whatsapp", "nobody", "a", talk.now)
    assert not note_taken_back(talk.database, "whatsapp", ADDRESS, "unknown", talk.now)
    assert [text for _, text in talk.texts(conversation_id) + talk.texts(other)] == ["савол", "боқӣ"]
