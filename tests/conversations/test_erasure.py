"""Erasure: nothing of a conversation is left, in rows or in files; export shows all of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from conversations.commands import CountNeeds, Erase, OpenHandover, QuickExit
from conversations.dialogue_state import DialogueStates
from conversations.erased_messages import ErasedMessages
from conversations.erasure import erase, silence, sweep, tidy
from conversations.export import OF_NOBODY, export_conversation, owned_tables, owner_column
from conversations.farewells import Farewells
from conversations.handover import Handovers
from conversations.needs import NeedsCounted
from conversations.notes import Note, Notes
from conversations.referral import Referrals
from conversations.referral_buttons import new_code
from conversations.referral_steps import Referral
from conversations.reply import Reply
from conversations.statistics import read_statistics
from conversations.tables import metadata
from tests.conversations.talk import Talk

SECRET = "Рӯзгори махфӣ"
NOTE = Note(("papers_kept",), ("SI3",), "legal_aid_first", ("shelter",))
KEPT = {"totals", "erased_dialogues", "needs_counted", "erased_messages", "erasure_keys"}


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


def test_a_migrant_who_asks_for_erasure_gets_the_confirmation_and_is_unknown(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", SECRET, danger="urgent", variant="tg")
    talk.turn(Reply(SECRET), commands=[OpenHandover("wish")])
    talk.conversations.remember(one, country="RU")
    talk.write(one, "m2", SECRET)
    talk.turn(Reply("erased"), commands=[Erase()])
    assert _rows(talk) == {"farewells": 1}
    (farewell,) = Farewells(talk.database).due(talk.now, 9, ["telegram"])
    assert (farewell.channel, farewell.address, farewell.text, farewell.reply_to) == ("telegram", "1", "erased", None)
    assert Farewells(talk.database).due(talk.now, 9, ["telegram"]) == (), "nobody else says it too"
    Farewells(talk.database).done(farewell.id)
    assert _rows(talk) == {}
    assert talk.conversations.by_address("telegram", "1") is None
    assert read_statistics(talk.database, talk.now).totals["erased_by_person"] == 1


@pytest.mark.parametrize("channel", ["web", "telegram"])
def test_what_was_written_after_the_erasure_begins_another_conversation(talk: Talk, channel: str) -> None:
    one = talk.conversations.create(channel, "7" if channel == "telegram" else None, "token", talk.now).id
    for number, text in enumerate((SECRET, "erase"), 1):
        talk.write(one, f"m{number}", text, platform_id=f"{number}")
    claimed = talk.turn(Reply(SECRET))
    talk.write(one, "m3", "after", danger="concern", signs=("papers_kept",), variant="tg", platform_id="3")
    claimed = talk.turn(Reply("erased"), commands=[Erase()])
    assert claimed.message_id == "m2"
    assert talk.conversations.get(one) is None
    other = talk.conversations.by_token_hash("token")
    assert other is not None and other.id != one
    assert other.address == ("7" if channel == "telegram" else other.id)
    assert (other.variant, other.danger, other.signs) == ("tg", "concern", ("papers_kept",))
    told = [("bot", "erased")] if channel == "web" else []
    assert talk.texts(other.id) == [("migrant", "after"), *told]
    assert SECRET not in json.dumps(export_conversation(talk.database, other.id), ensure_ascii=False)
    assert talk.turn(Reply("x")).message_id == "m3"
    assert not talk.write(other.id, "m3", "after"), "known"


def test_a_second_delivery_of_an_erased_message_is_known_for_a_week_and_nothing_tells_whose_it_was(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", SECRET)
    talk.turn(Reply("erased"), commands=[Erase()])
    erased = ErasedMessages(talk.database)
    assert erased.is_erased("telegram", "1", "m1")
    assert not erased.is_erased("telegram", "2", "m1") and not erased.is_erased("telegram", "1", "m2")
    talk.wait(6 * 86_400)
    tidy(talk.database, talk.now)
    assert erased.is_erased("telegram", "1", "m1")
    talk.wait(3 * 86_400)
    tidy(talk.database, talk.now)
    assert not erased.is_erased("telegram", "1", "m1")
    assert not set(_rows(talk)) & {"erased_messages", "erasure_keys"}


def test_a_confirmation_that_nobody_can_be_told_is_forgotten_after_an_hour(talk: Talk) -> None:
    one = talk.begin("telegram")
    talk.write(one, "m1", SECRET)
    talk.turn(Reply("erased"), commands=[Erase()])
    talk.wait(3601)
    tidy(talk.database, talk.now)
    assert _rows(talk) == {}


@pytest.mark.parametrize(("channel", "left"), [("web", []), ("telegram", [("bot", "goodbye")])])
def test_note_and_referrals_go_and_counted_needs_stay(talk: Talk, channel: str, left: list[tuple[str, str]]) -> None:
    one = _live(talk, channel)
    talk.write(one, "m2")
    talk.turn(Reply("goodbye"), commands=[Erase() if left else QuickExit()])
    assert Notes(talk.database).newest(one) is None
    assert Referrals(talk.database).of(one) == Referrals(talk.database).log(one) == ()
    assert not set(_rows(talk)) & {"referrals", "referral_log", "handovers", "handover_log"}
    assert [(each.need, each.count) for each in NeedsCounted(talk.database).by_month()] == [("shelter", 1)]


@pytest.mark.parametrize(("channel", "left"), [("web", []), ("telegram", ["goodbye"])])
def test_a_quick_exit_leaves_no_trace(talk: Talk, channel: str, left: list[str]) -> None:
    one = talk.begin(channel)
    talk.write(one, "m1", SECRET)
    talk.write(one, "m2", SECRET)
    talk.turn(Reply("goodbye"), commands=[QuickExit()])
    assert talk.conversations.get(one) is None
    assert [each.text for each in Farewells(talk.database).due(talk.now, 9, [channel])] == left


def test_a_long_silence_ends_in_erasure(talk: Talk) -> None:
    silent = _live(talk)
    Handovers(talk.database).close(silent, "Dilnoza", "goodbye", talk.now)
    talk.wait(86_400 * 60)
    recent = _live(talk)
    talk.wait(86_400 * 31)
    steps: list[tuple[int, int]] = []
    assert sweep(talk.database, timedelta(days=90), talk.now, lambda *step: steps.append(step)) == 1
    assert steps == [(1, 1)]
    assert talk.conversations.get(silent) is None
    assert talk.conversations.get(recent) is not None
    assert [each.conversation_id for each in Referrals(talk.database).open()] == [recent]
    assert NeedsCounted(talk.database).by_month()[0].count == 1
    assert read_statistics(talk.database, talk.now).totals["erased_silent"] == 1
    assert sweep(talk.database, timedelta(days=90), talk.now) == 0


def test_of_many_gateways_that_sweep_at_once_each_conversation_is_erased_by_one(talk: Talk) -> None:
    silent = [talk.begin() for _ in range(6)]
    for conversation_id in silent:
        talk.write(conversation_id, "m1")
    talk.wait(31 * 24 * 3600)
    recent = talk.begin()
    with ThreadPoolExecutor(6) as threads:
        erased = list(threads.map(lambda _: sweep(talk.database, timedelta(days=30), talk.now), range(6)))
    assert sum(erased) == len(silent)
    assert [bool(export_conversation(talk.database, each)) for each in (*silent, recent)] == [False] * 6 + [True]


@pytest.mark.parametrize("state", ["waiting", "operator"])
def test_who_is_with_an_operator_is_kept_until_the_handover_ends_and_that_is_said(talk: Talk, state: str) -> None:
    one, handovers, retention = talk.begin("telegram"), Handovers(talk.database), timedelta(days=90)
    handovers.open(one, "wish", "none", talk.now)
    if state == "operator":
        handovers.take(one, "Dilnoza", talk.now)
    talk.wait(86_400 * 91)
    found = silence(talk.database, retention, talk.now)
    assert (found.ids, found.with_operators) == ((), 1)
    assert sweep(talk.database, retention, talk.now) == 0 and talk.conversations.get(one)
    handovers.withdraw(one, "bye", talk.now)
    assert silence(talk.database, retention, talk.now).ids == (one,)
    assert sweep(talk.database, retention, talk.now) == 1


def test_every_table_belongs_to_a_conversation_and_goes_with_it_or_is_of_nobody() -> None:
    assert set(metadata.tables) >= OF_NOBODY, "a table that is gone is still named"
    for table in owned_tables():
        column = owner_column(table)
        keys = [(key.column.table.name, key.ondelete) for key in column.foreign_keys]
        is_of_engine = column.name == "sender_id"
        assert is_of_engine or keys == [("conversations", "CASCADE")], f"{table.name} outlives its conversation"


def test_an_export_has_every_table_of_a_conversation(talk: Talk) -> None:
    one = _live(talk)
    document = export_conversation(talk.database, one)
    assert document is not None
    assert set(document) == {"conversation"} | {table.name for table in owned_tables()}


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
