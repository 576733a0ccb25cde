"""Who gets whom: skills, limits, teams, fair hand-out, what goes back to the queue, and passing on with a note."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from conversations.conversation import Conversation
from conversations.database import Database
from conversations.desks import Desk, Desks, UnknownOperatorError
from conversations.fitness import Wanted, misfits, refusals
from conversations.hand_out import HandOut
from conversations.handover import Handovers, NotHolderError
from conversations.operators import Operators
from conversations.reply import Reply
from conversations.returning import Returning
from conversations.transfers import TransferError, Transfers
from tests.conversations.talk import Talk

PATIENCE = timedelta(minutes=15)
NAMES = ("Aziz", "Dilnoza", "Madina")
ROOT = Path(__file__).parents[2]


def words(_conversation: Conversation) -> Reply:
    return Reply("a kind notice", (), "system", answers_question=False)


@pytest.fixture
def desks(talk: Talk) -> Iterator[Desks]:
    """Three operators who are there."""
    found = Desks(talk.database)
    for name in NAMES:
        Operators(talk.database).add(name, "a long password", talk.now)
        found.set(name, seen_at=talk.now)
    yield found


@pytest.fixture
def handovers(talk: Talk) -> Handovers:
    return Handovers(talk.database)


def _waits(talk: Talk, handovers: Handovers, danger: str = "none", **about: str) -> str:
    one = talk.begin()
    if about:
        talk.conversations.remember(one, **about)  # type: ignore[arg-type]
    handovers.open(one, "wish", danger, talk.now)
    talk.wait(1)
    return one


def _hand_out(talk: Talk) -> dict[str, str | None]:
    given = HandOut(talk.database).run(words, talk.now)
    return {each.conversation_id: talk.get(each.conversation_id).operator for each in given}


@pytest.mark.parametrize(
    ("desk", "wanted", "expected"),
    [
        (Desk("a"), Wanted("tg", "work.permit", "RU", None, "none"), ()),
        (Desk("a", languages=("uz",)), Wanted("uz-Cyrl", None, None, None, "none"), ()),
        (Desk("a", languages=("uz",)), Wanted("tg", None, None, None, "none"), ("language",)),
        (Desk("a", topics=("work",)), Wanted(None, "work.permit", None, None, "none"), ()),
        (Desk("a", topics=("work.permit",)), Wanted(None, "work.eaeu", None, None, "none"), ("topic",)),
        (Desk("a", countries=("KZ",)), Wanted(None, None, "RU", None, "none"), ("country",)),
        (Desk("a", countries=("KZ",)), Wanted(None, None, None, None, "none"), ()),
        (Desk("a", teams=("day",)), Wanted(None, None, None, "night", "none"), ("team",)),
        (Desk("a", open_limit=2, open_count=2), Wanted(None, None, None, None, "none"), ("limit",)),
        (Desk("a", languages=("uz",), open_limit=0), Wanted("ru", None, None, None, "none"), ("language", "limit")),
    ],
)
def test_what_stands_against_a_conversation_is_named(desk: Desk, wanted: Wanted, expected: tuple[str, ...]) -> None:
    assert misfits(desk, wanted) == expected


def test_urgent_danger_may_be_taken_by_whoever_chooses_freely_only() -> None:
    desk = Desk("a", languages=("uz",))
    for danger, is_free, is_refused in (("urgent", True, False), ("urgent", False, True), ("concern", True, True)):
        assert bool(refusals(desk, Wanted("ru", None, None, None, danger), is_free_choice=is_free)) == is_refused


def test_who_lacks_the_language_cannot_take_but_in_urgent_danger(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    desks.set("Aziz", languages=["uz"])
    calm, grave = _waits(talk, handovers, variant="tg"), _waits(talk, handovers, "urgent", variant="tg")
    assert handovers.refusals(calm, "Aziz") == ("language",)
    assert not handovers.take(calm, "Aziz", talk.now)
    assert talk.get(calm).state == "waiting"
    assert not Handovers(talk.database, is_free_choice=False).take(grave, "Aziz", talk.now)
    assert handovers.take(grave, "Aziz", talk.now)


def test_the_limit_holds_also_for_one_who_takes_two_at_once(talk: Talk, handovers: Handovers, desks: Desks) -> None:
    desks.set("Aziz", open_limit=1)
    waiting = [_waits(talk, handovers) for _ in range(6)]
    barrier = threading.Barrier(len(waiting))

    def take(one: str) -> bool:
        barrier.wait()
        return handovers.take(one, "Aziz", talk.now)

    with ThreadPoolExecutor(len(waiting)) as threads:
        assert sum(threads.map(take, waiting)) == 1
    assert desks.of("Aziz").open_count == 1


def test_two_processes_that_take_at_once_never_both_hold_one(
    talk: Talk, handovers: Handovers, database: Database, database_url: str
) -> None:
    waiting = [_waits(talk, handovers) for _ in range(12)]
    script = "tests.conversations.taking_process"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", script, database_url, name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in ("Aziz", "Dilnoza")
    ]
    for process in running:
        assert process.stdout and process.stdout.readline() == b"ready\n"
    taken = [process.communicate(b"go\n", timeout=60)[0].decode().split() for process in running]
    assert sorted(taken[0] + taken[1]) == sorted(waiting), "each was taken by exactly one"
    assert {one: talk.get(one).operator for one in waiting} == {
        **dict.fromkeys(taken[0], "Aziz"),
        **dict.fromkeys(taken[1], "Dilnoza"),
    }


def test_hand_out_goes_by_fewest_open_then_longest_idle(talk: Talk, handovers: Handovers, desks: Desks) -> None:
    first = [_waits(talk, handovers) for _ in range(3)]
    assert list(_hand_out(talk).values()) == ["Aziz", "Dilnoza", "Madina"]
    handovers.give_back(first[1], "Dilnoza", "back", talk.now)
    handovers.give_back(first[2], "Madina", "back", talk.now)
    talk.wait(5)
    one = _waits(talk, handovers)
    assert _hand_out(talk) == {one: "Dilnoza"}, "as few as Madina, and idle for as long: the first name"
    two = _waits(talk, handovers)
    assert _hand_out(talk) == {two: "Madina"}
    assert talk.said(two)[-1].text == "a kind notice"
    assert [(step.step, step.who, step.why) for step in handovers.log(two)][-1] == ("handed_out", "queue", "Madina")


def test_hand_out_takes_danger_first_and_leaves_out_who_is_away_full_or_does_not_fit(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    desks.set("Aziz", is_present=False)
    desks.set("Dilnoza", open_limit=1)
    desks.set("Madina", languages=["ky"])
    calm, grave = _waits(talk, handovers, variant="tg"), _waits(talk, handovers, "urgent", variant="tg")
    assert _hand_out(talk) == {grave: "Dilnoza"}
    assert talk.get(calm).state == "waiting"
    desks.set("Aziz", is_present=True, seen_at=talk.now - timedelta(minutes=10))
    assert _hand_out(talk) == {}, "who has had no page open for minutes is not there"


def test_what_is_left_unanswered_returns_to_its_old_place_and_the_person_is_told_once(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    old = _waits(talk, handovers)
    young = _waits(talk, handovers)
    handovers.take(old, "Aziz", talk.now)
    returning = Returning(talk.database)
    for number in (1, 2):
        talk.wait(14 * 60)
        assert returning.run(PATIENCE, words, talk.now) == ()
        talk.wait(60)
        assert returning.run(PATIENCE, words, talk.now) == ((old, "Aziz"),), number
        assert [each.conversation_id for each in handovers.queue()] == [old, young]
        assert handovers.queue()[0].returned_from == "Aziz"
        assert not desks.of("Aziz").is_present
        handovers.take(old, "Aziz", talk.now)
    assert talk.texts(old) == [("system", "a kind notice")], "once"
    assert [(step.step, step.why) for step in handovers.log(old) if step.step == "returned"] == [
        ("returned", "Aziz"),
        ("returned", "Aziz"),
    ]


def test_an_answer_in_time_keeps_the_conversation_and_a_new_message_starts_the_clock_anew(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    one = _waits(talk, handovers)
    handovers.take(one, "Aziz", talk.now)
    handovers.answer(one, "Aziz", "Salom", talk.now)
    returning = Returning(talk.database)
    talk.wait(3600)
    assert returning.run(PATIENCE, words, talk.now) == (), "nothing is unanswered"
    talk.write(one, "m1")
    talk.wait(14 * 60)
    assert returning.run(PATIENCE, words, talk.now) == ()
    talk.wait(60)
    assert returning.run(PATIENCE, words, talk.now) == ((one, "Aziz"),)
    assert talk.transcript.unanswered(one) == ("m1",), "nothing is lost"


def test_a_person_who_hides_the_talk_is_told_nothing(talk: Talk, handovers: Handovers, desks: Desks) -> None:
    one = _waits(talk, handovers)
    talk.conversations.remember(one, is_disguised=True)
    handovers.take(one, "Aziz", talk.now)
    talk.wait(16 * 60)
    assert Returning(talk.database).run(PATIENCE, words, talk.now) == ((one, "Aziz"),)
    assert talk.texts(one) == []


def test_a_transfer_goes_to_a_colleague_who_is_there_with_the_note(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    one, transfers = _waits(talk, handovers), Transfers(talk.database)
    handovers.take(one, "Aziz", talk.now)
    talk.write(one, "m1")
    transfers.to_operator(one, "Aziz", "Madina", "asks for tg", words, talk.now)
    assert talk.get(one).operator == "Madina"
    (written,) = transfers.of(one)
    assert (written.sender, written.to_operator, written.note) == ("Aziz", "Madina", "asks for tg")
    with pytest.raises(NotHolderError):
        handovers.answer(one, "Aziz", "late", talk.now)
    handovers.answer(one, "Madina", "Salom", talk.now)
    assert talk.transcript.unanswered(one) == ()
    assert [text for _, text in talk.texts(one)] == ["savol", "a kind notice", "Salom"]


@pytest.mark.parametrize(
    ("to", "change", "code"),
    [
        ("Aziz", {}, "yourself"),
        ("Nobody", {}, "nobody"),
        ("Madina", {"is_present": False}, "away"),
        ("Madina", {"open_limit": 0}, "full"),
    ],
)
def test_a_transfer_that_would_strand_a_person_is_refused(
    talk: Talk, handovers: Handovers, desks: Desks, to: str, change: dict[str, object], code: str
) -> None:
    one = _waits(talk, handovers)
    handovers.take(one, "Aziz", talk.now)
    if change:
        desks.set(to, **change)  # type: ignore[arg-type]
    with pytest.raises(TransferError, match=code):
        Transfers(talk.database).to_operator(one, "Aziz", to, "", words, talk.now)
    assert talk.get(one).operator == "Aziz"


def test_what_waits_for_a_team_is_for_its_members_until_they_leave_it_too_long(
    talk: Talk, handovers: Handovers, desks: Desks
) -> None:
    desks.set_teams("Madina", ["night"])
    one, transfers, returning = _waits(talk, handovers), Transfers(talk.database), Returning(talk.database)
    handovers.take(one, "Aziz", talk.now)
    with pytest.raises(TransferError, match="nobody"):
        transfers.to_team(one, "Aziz", "day", "", words, talk.now)
    transfers.to_team(one, "Aziz", "night", "", words, talk.now)
    assert handovers.refusals(one, "Dilnoza") == ("team",) and handovers.refusals(one, "Madina") == ()
    talk.wait(14 * 60)
    assert returning.open_to_all(PATIENCE, talk.now) == 0
    talk.wait(60)
    assert returning.open_to_all(PATIENCE, talk.now) == 1
    assert handovers.take(one, "Dilnoza", talk.now)


def test_desks_are_of_operators_and_go_with_them(talk: Talk, desks: Desks) -> None:
    with pytest.raises(UnknownOperatorError):
        desks.set("Nobody", open_limit=1)
    desks.set_teams("Madina", ["night", "night", "day"])
    assert desks.of("Madina").teams == ("day", "night") and desks.teams() == ("day", "night")
    Operators(talk.database).remove("Madina")
    assert desks.teams() == () and desks.of("Madina") == Desk("Madina")
