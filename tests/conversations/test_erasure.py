"""Erasure: nothing of a conversation is left, in rows or in files; export shows all of it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from conversations.commands import CountNeeds, Erase, OpenHandover, QuickExit
from conversations.dialogue_state import DialogueStates
from conversations.erasure import erase, export_conversation, sweep
from conversations.handover import Handovers
from conversations.needs import NeedsCounted
from conversations.notes import Note, Notes
from conversations.outbox import Outbox
from conversations.referral import Referrals
from conversations.referral_buttons import new_code
from conversations.referral_steps import Referral
from conversations.reply import Reply
from conversations.tables import metadata
from tests.conversations.talk import Talk

SECRET = "Рӯзгори махфӣ"
NOTE = Note(("papers_kept",), ("SI3",), "legal_aid_first", ("shelter",))
KEPT = {"totals", "erased_dialogues", "needs_counted"}


def _live(talk: Talk, channel: str = "telegram") -> str:
    one = talk.begin(channel)
    talk.write(one, "m1", SECRET)
    DialogueStates(talk.database).save(one, None, f'"{SECRET}"', "m1", f'["{SECRET}"]', talk.now)
    talk.turn(Reply(SECRET), commands=[OpenHandover("wish", note=NOTE), CountNeeds(("shelter",), "RU", "TJ")])
    Handovers(talk.database).take(one, "Dilnoza", talk.now)
    _refer(talk, one)
    return one


def _refer(talk: Talk, conversation_id: str) -> None:
    place = ("alternativa", "shelter", "RU", "tg", "offered", "Dilnoza")
    referral = Referral(new_code(), conversation_id, *place, talk.now, None, None, "")
    Referrals(talk.database).offer(referral, Reply(SECRET, sender="system", answers_question=False))


def _rows(talk: Talk) -> dict[str, int]:
    with talk.database.read() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count and name not in KEPT}


def test_erasing_leaves_no_row(talk: Talk) -> None:
    one = _live(talk)
    assert erase(talk.database, one, talk.now)
    assert _rows(talk) == {}
    assert not erase(talk.database, one, talk.now)


def test_erasing_one_conversation_leaves_the_others(talk: Talk) -> None:
    one, other = _live(talk), _live(talk)
    erase(talk.database, one, talk.now)
    assert len(talk.said(other)) == 3
    assert len(Referrals(talk.database).of(other)) == 1
    assert Notes(talk.database).newest(other) == NOTE
    assert DialogueStates(talk.database).load(other) is not None


def test_erased_words_are_gone_from_the_files_too(talk: Talk, tmp_path: Path) -> None:
    if not talk.database.is_sqlite:
        return
    one = _live(talk)
    assert SECRET.encode() in _bytes(tmp_path)
    erase(talk.database, one, talk.now)
    assert SECRET.encode() not in _bytes(tmp_path)


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("safar.db*"))


def test_a_turn_of_an_erased_conversation_writes_nothing(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    claimed = talk.claim()
    erase(talk.database, one, talk.now)
    assert not talk.finish(claimed, Reply("answer"))
    assert not talk.inbox.put_back(claimed, talk.now)
    assert not talk.inbox.extend(claimed, talk.now, 30)
    assert _rows(talk) == {}


def test_a_migrant_who_asks_for_erasure_gets_the_confirmation_and_a_fresh_start(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", SECRET, danger="urgent", variant="tg")
    talk.turn(Reply(SECRET), commands=[OpenHandover("wish")])
    talk.conversations.remember(one, country="RU")
    talk.write(one, "m2", SECRET)
    talk.write(one, "m3", "after")
    talk.turn(Reply("erased"), commands=[Erase()])
    assert talk.texts(one) == [("migrant", "after"), ("bot", "erased")]
    assert (talk.said(one)[-1].reply_to, talk.said(one)[-1].answers) == ("m2", ("m2",))
    kept = talk.get(one)
    assert (kept.state, kept.danger, kept.country, kept.variant, kept.is_greeted) == ("bot", "none", None, None, False)
    assert Handovers(talk.database).queue() == Handovers(talk.database).log(one) == ()
    assert [each.text for each in Outbox(talk.database).due(talk.now, 9, ["telegram"])] == ["erased"]
    assert not talk.write(one, "m2")
    assert talk.turn(Reply("x")).message_id == "m3"


@pytest.mark.parametrize(("channel", "left"), [("web", []), ("telegram", [("bot", "goodbye")])])
def test_note_and_referrals_go_and_counted_needs_stay(talk: Talk, channel: str, left: list[tuple[str, str]]) -> None:
    one = _live(talk, channel)
    talk.write(one, "m2")
    talk.turn(Reply("goodbye"), commands=[Erase() if left else QuickExit()])
    assert Notes(talk.database).newest(one) is None
    assert Referrals(talk.database).of(one) == Referrals(talk.database).log(one) == ()
    assert not set(_rows(talk)) & {"referrals", "referral_log", "handovers", "handover_log"}
    assert [(each.need, each.count) for each in NeedsCounted(talk.database).by_month()] == [("shelter", 1)]


@pytest.mark.parametrize(("channel", "left"), [("web", []), ("telegram", [("bot", "goodbye")])])
def test_a_quick_exit_leaves_no_trace(talk: Talk, channel: str, left: list[tuple[str, str]]) -> None:
    one = talk.begin(channel)
    talk.write(one, "m1", SECRET)
    talk.turn(Reply("goodbye"), commands=[QuickExit()])
    assert talk.texts(one) == left
    assert (talk.conversations.get(one) is None) == (channel == "web")


def test_a_long_silence_ends_in_erasure(talk: Talk) -> None:
    silent = _live(talk)
    talk.wait(86_400 * 60)
    recent = _live(talk)
    talk.wait(86_400 * 31)
    assert sweep(talk.database, timedelta(days=90), talk.now) == 1
    assert talk.conversations.get(silent) is None
    assert talk.conversations.get(recent) is not None
    assert [each.conversation_id for each in Referrals(talk.database).open()] == [recent]
    assert NeedsCounted(talk.database).by_month()[0].count == 1
    assert sweep(talk.database, timedelta(days=90), talk.now) == 0


def test_a_dialogue_without_a_conversation_is_swept_after_a_day(talk: Talk) -> None:
    states = DialogueStates(talk.database)
    states.save("nobody", None, "{}", "m1", "[]", talk.now)
    sweep(talk.database, timedelta(days=90), talk.now)
    assert states.sender_ids() == ("nobody",)
    talk.wait(86_401)
    sweep(talk.database, timedelta(days=90), talk.now)
    assert states.sender_ids() == ()


def test_an_export_holds_everything_but_secrets_and_is_json(talk: Talk) -> None:
    made = talk.conversations.create("web", None, "token-hash", talk.now)
    talk.write(made.id, "m1", SECRET)
    talk.turn(Reply("answer"), commands=[OpenHandover("wish", note=NOTE)])
    Handovers(talk.database).take(made.id, "Dilnoza", talk.now)
    _refer(talk, made.id)
    document = export_conversation(talk.database, made.id)
    assert document is not None
    assert [each["organisation"] for each in document["referrals"]] == ["alternativa"]
    assert [each["step"] for each in document["referral_log"]] == ["offered"]
    assert document["handovers"][0]["note"]["route"] == "legal_aid_first"
    text = json.dumps(document, ensure_ascii=False)
    assert SECRET in text
    assert "wish" in text
    assert "token-hash" not in text
    assert export_conversation(talk.database, "x") is None
