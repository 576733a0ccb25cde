"""Any order of events: the bot is silent while somebody waits or talks, and each message gets exactly one answer."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from conversations.claim import Claimed
from conversations.commands import CloseHandover, OpenHandover
from conversations.database import Database
from conversations.handover import Handovers, NotHolderError
from conversations.reply import Reply
from tests.conversations.talk import Talk

OPERATORS = st.sampled_from(["Aziz", "Dilnoza"])
DANGER = st.sampled_from(["none", "concern", "urgent"])


class OneConversation(RuleBasedStateMachine):
    """A migrant, a worker with one claim at a time, and two operators, against a model of four states."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.talk = Talk(database)
        self.handovers = Handovers(database)
        self.id = self.talk.begin()
        self.state, self.holder = "bot", ""
        self.sent = 0
        self.claimed: Claimed | None = None

    @rule(danger=DANGER)
    def migrant_writes(self, danger: str) -> None:
        self.sent += 1
        assert self.talk.write(self.id, f"m{self.sent}", danger=danger)
        self.state = "bot" if self.state == "closed" else self.state

    @precondition(lambda self: self.sent)
    @rule()
    def channel_delivers_again(self) -> None:
        assert not self.talk.write(self.id, f"m{self.sent}")

    @precondition(lambda self: self.claimed is None)
    @rule()
    def worker_claims(self) -> None:
        claimed = self._claim_own()
        self.claimed = claimed

    @precondition(lambda self: self.claimed)
    @rule(is_wish=st.booleans())
    def worker_finishes(self, is_wish: bool) -> None:
        claimed, self.claimed = self.claimed, None
        assert claimed is not None
        self._finish(claimed, is_wish)

    @precondition(lambda self: self.claimed)
    @rule()
    def worker_gives_the_message_back(self) -> None:
        assert self.claimed is not None
        assert self.talk.inbox.put_back(self.claimed, self.talk.now)
        self.claimed = None

    @precondition(lambda self: self.claimed)
    @rule()
    def worker_dies_and_its_lease_runs_out(self) -> None:
        lost, self.claimed = self.claimed, None
        self.talk.wait(31)
        claimed = self._claim_own()
        assert claimed is not None and lost is not None
        assert not self.talk.finish(lost, Reply("from the dead"))
        self._finish(claimed, is_wish=False)

    @precondition(lambda self: self.state in ("waiting", "operator") and self.claimed)
    @rule()
    def migrant_goes_back_by_a_button(self) -> None:
        claimed, self.claimed = self.claimed, None
        assert claimed is not None
        assert self.talk.finish(claimed, Reply("I am back"), commands=[CloseHandover()])
        self.state, self.holder = "bot", ""

    @rule()
    def migrant_withdraws(self) -> None:
        assert self.handovers.withdraw(self.id, "I am back", self.talk.now) == (self.state in ("waiting", "operator"))
        if self.state in ("waiting", "operator"):
            self.state, self.holder = "bot", ""

    @rule(danger=DANGER)
    def handover_opens(self, danger: str) -> None:
        is_free = self.state in ("bot", "closed")
        assert self.handovers.open(self.id, "wish", danger, self.talk.now) == is_free
        self.state = "waiting" if is_free else self.state

    @rule(operator=OPERATORS)
    def operator_takes(self, operator: str) -> None:
        can = self.state == "waiting" or self.holder == operator
        assert self.handovers.take(self.id, operator, self.talk.now) == can
        if can:
            self.state, self.holder = "operator", operator

    @rule(operator=OPERATORS, step=st.sampled_from(["answer", "give_back", "close"]))
    def operator_acts(self, operator: str, step: str) -> None:
        act = getattr(self.handovers, step)
        if self.holder != operator:
            with pytest.raises(NotHolderError):
                act(self.id, operator, "Salom", self.talk.now)
            return
        act(self.id, operator, "Salom", self.talk.now)
        if step != "answer":
            self.state, self.holder = ("bot" if step == "give_back" else "closed"), ""

    @invariant()
    def the_state_is_as_it_should_be(self) -> None:
        kept = self.talk.get(self.id)
        assert (kept.state, kept.operator or "") == (self.state, self.holder)
        assert [each.conversation_id for each in self.handovers.queue() if each.conversation_id == self.id] == (
            [self.id] if self.state == "waiting" else []
        )

    @invariant()
    def no_message_has_two_answers(self) -> None:
        settled = Counter(each for message in self.talk.said(self.id) for each in message.answers)
        assert not settled or max(settled.values()) == 1
        unanswered = set(self.talk.transcript.unanswered(self.id))
        assert unanswered.isdisjoint(settled)
        assert unanswered | set(settled) == {f"m{number}" for number in range(1, self.sent + 1)}

    def teardown(self) -> None:
        """When the bot has it back and all turns are over, nothing is left unanswered."""
        self.handovers.withdraw(self.id, "I am back", self.talk.now)
        self.state = "bot"
        self.talk.wait(31)
        while (claimed := self._claim_own()) is not None:
            self._finish(claimed, is_wish=False)
        assert self.talk.transcript.unanswered(self.id) == ()
        cursors = [message.cursor for message in self.talk.said(self.id)]
        assert cursors == sorted(set(cursors))

    def _finish(self, claimed: Claimed, is_wish: bool) -> None:
        before = len(self.talk.said(self.id))
        if claimed.conversation.is_held:
            is_done = self.talk.finish(claimed)
            assert is_done or self.state in ("bot", "closed")
            return
        commands = [OpenHandover("wish")] if is_wish else []
        assert self.talk.finish(claimed, Reply("answer"), commands=commands)
        new = self.talk.said(self.id)[before:]
        assert not (self.state in ("waiting", "operator") and new), "the bot has spoken into a handover"
        if is_wish and self.state in ("bot", "closed"):
            self.state = "waiting"

    def _claim_own(self) -> Claimed | None:
        claimed = self.talk.inbox.claim("worker", self.talk.now, 30)
        assert claimed is None or claimed.conversation_id == self.id
        return claimed


def test_any_order_of_events_leaves_one_answer_for_each_message(database: Database) -> None:
    run_state_machine_as_test(
        lambda: OneConversation(database),
        settings=settings(
            max_examples=30 if database.is_sqlite else 12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
