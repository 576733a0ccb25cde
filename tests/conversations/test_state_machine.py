"""Whatever happens in which order: one holder, a silent bot, nothing lost, limits kept, and a log that tells it all."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from benchmarks.handover_violations import FAR, spans_of, violations
from conversations.commands import CloseHandover, OpenHandover
from conversations.conversation import Conversation
from conversations.database import Database
from conversations.desks import Desks
from conversations.first_note import Tried
from conversations.fitness import refusals
from conversations.hand_out import HandOut
from conversations.handover import Handovers, NotHolderError
from conversations.operators import Operators
from conversations.reply import Reply
from conversations.returning import Returning
from conversations.states import BY_STEP, STATES
from conversations.transfers import TransferError, Transfers
from tests.conversations.talk import Talk

NAMES = ("Aziz", "Dilnoza", "Madina")
OPERATORS = st.sampled_from(NAMES)
CONVERSATIONS = st.integers(0, 2)
DANGER = st.sampled_from(["none", "none", "concern", "urgent"])
PATIENCE = timedelta(minutes=15)


def words(_conversation: Conversation) -> Reply:
    return Reply("a notice", (), "system", answers_question=False)


class Queue(RuleBasedStateMachine):
    """Three migrants, a worker, three operators: one with a limit, one with one language, one in a team."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.talk = Talk(database)
        self.handovers = Handovers(database)
        self.desks = Desks(database)
        self.transfers = Transfers(database)
        self.returning = Returning(database)
        self.hand_out = HandOut(database)
        self.ids = [self.talk.begin() for _ in range(3)]
        self.sent = dict.fromkeys(self.ids, 0)
        for name in set(NAMES) - set(Operators(database).names()):
            Operators(database).add(name, "a long password", self.talk.now)
        self._sit_down()

    def _sit_down(self) -> None:
        for name in NAMES:
            self.desks.set(name, is_present=True, seen_at=self.talk.now, open_limit=None, languages=[])
        self.desks.set("Aziz", open_limit=1)
        self.desks.set("Dilnoza", languages=["uz"])
        self.desks.set_teams("Madina", ["night"])

    @rule(which=CONVERSATIONS, danger=DANGER, variant=st.sampled_from(["tg", "uz", "uz-Cyrl"]))
    def migrant_writes(self, which: int, danger: str, variant: str) -> None:
        one = self.ids[which]
        self.sent[one] += 1
        assert self.talk.write(one, f"m{self.sent[one]}", danger=danger, variant=variant)

    @rule(end=st.sampled_from(["answers", "answers", "hands over", "goes back", "dies"]))
    def worker_takes_a_turn(self, end: str) -> None:
        claimed = self.talk.inbox.claim("worker", self.talk.now, 30)
        if claimed is None or end == "dies":
            self.talk.wait(31 if claimed else 0)
            return
        commands = {"hands over": [OpenHandover("wish")], "goes back": [CloseHandover()]}.get(end, [])
        is_held = claimed.conversation.is_held
        replies = [] if is_held and end != "goes back" else [Reply("answer")]
        self.talk.finish(claimed, *replies, commands=[Tried("work.permit", None, "shown"), *commands])

    @rule(which=CONVERSATIONS, operator=OPERATORS)
    def operator_takes(self, which: int, operator: str) -> None:
        one = self.ids[which]
        before, waiting = self.talk.get(one), self.handovers.waiting(one)
        refused = waiting and refusals(self.desks.of(operator), waiting.wanted, is_free_choice=True)
        can = (before.state == "waiting" and not refused) or before.operator == operator
        assert self.handovers.take(one, operator, self.talk.now) == can

    @rule(which=CONVERSATIONS, operator=OPERATORS, step=st.sampled_from(["answer", "give_back", "close"]))
    def operator_acts(self, which: int, operator: str, step: str) -> None:
        one, is_holder = self.ids[which], self.talk.get(self.ids[which]).operator == operator
        try:
            getattr(self.handovers, step)(one, operator, "words", self.talk.now)
            assert is_holder
        except NotHolderError:
            assert not is_holder

    @rule(which=CONVERSATIONS, operator=OPERATORS, to=st.sampled_from([*NAMES, "night", "day"]))
    def operator_passes_on(self, which: int, operator: str, to: str) -> None:
        one, before = self.ids[which], self.talk.get(self.ids[which])
        way = self.transfers.to_operator if to in NAMES else self.transfers.to_team
        try:
            way(one, operator, to, "a note", words, self.talk.now)
        except (NotHolderError, TransferError):
            assert self.talk.get(one) == before
        else:
            after = self.talk.get(one)
            assert (after.state, after.operator) == (("operator", to) if to in NAMES else ("waiting", None))

    @rule(which=CONVERSATIONS)
    def migrant_goes_back(self, which: int) -> None:
        is_held = self.talk.get(self.ids[which]).is_held
        assert self.handovers.withdraw(self.ids[which], "back", self.talk.now) == is_held

    @rule()
    def queue_hands_out(self) -> None:
        self.hand_out.run(words, self.talk.now)

    @rule(minutes=st.sampled_from([1, 16]))
    def time_passes_and_the_queue_takes_back(self, minutes: int) -> None:
        self.talk.wait(60 * minutes)
        for one, operator in self.returning.run(PATIENCE, words, self.talk.now):
            assert self.talk.get(one).state == "waiting"
            assert not self.desks.of(operator).is_present
        self.returning.open_to_all(PATIENCE, self.talk.now)

    @rule()
    def operators_come_back(self) -> None:
        self._sit_down()

    @invariant()
    def the_log_tells_the_state_and_nothing_forbidden_has_happened(self) -> None:
        for one in self.ids:
            log, conversation = self.handovers.log(one), self.talk.get(one)
            assert violations(log, self.talk.said(one)) == []
            last = next(span for span in spans_of(log) if span.up_to == FAR)
            assert (last.state, last.holder) == (conversation.state, conversation.operator)

    @invariant()
    def queue_and_held_are_what_the_conversations_say(self) -> None:
        states = {one: self.talk.get(one) for one in self.ids}
        queue = {each.conversation_id for each in self.handovers.queue()} & set(self.ids)
        held = {each.conversation_id: each.operator for each in self.handovers.held() if each.conversation_id in states}
        assert queue == {one for one, each in states.items() if each.state == "waiting"}
        assert held == {one: each.operator for one, each in states.items() if each.state == "operator"}

    @invariant()
    def nobody_holds_more_than_the_limit_without_urgent_danger(self) -> None:
        held = [each for each in self.handovers.held("Aziz") if each.danger != "urgent"]
        assert len(held) <= 1 or any(each.danger == "urgent" for each in self.handovers.held("Aziz"))

    @invariant()
    def no_message_is_lost_or_answered_twice(self) -> None:
        for one in self.ids:
            settled = [each for message in self.talk.said(one) for each in message.answers]
            assert len(settled) == len(set(settled))
            everything = {f"m{number}" for number in range(1, self.sent[one] + 1)}
            assert set(settled) | set(self.talk.transcript.unanswered(one)) == everything

    def teardown(self) -> None:
        """Leave nothing that another example would see in the queue."""
        for one in self.ids:
            self.handovers.withdraw(one, "back", self.talk.now)
        self.talk.wait(60)
        while claimed := self.talk.inbox.claim("worker", self.talk.now, 30):
            self.talk.finish(claimed, Reply("answer"))
        assert not any(self.talk.transcript.unanswered(one) for one in self.ids)


def test_any_order_of_steps_keeps_the_rules_of_the_queue(database: Database) -> None:
    run_state_machine_as_test(
        lambda: Queue(database),
        settings=settings(
            max_examples=25 if database.is_sqlite else 10,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_state_can_be_reached_and_left() -> None:
    assert {change.after for change in BY_STEP.values()} == set(STATES)
    for state in STATES:
        assert any(state in change.before and change.after != state for change in BY_STEP.values())
