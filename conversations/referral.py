"""Referral: an operator asks, the migrant says yes or no, and only after a yes is anything passed on; all is logged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, lock_conversation
from conversations.database import Database
from conversations.handover import NotHolderError
from conversations.referral_steps import (
    FIELDS,
    NEXT,
    OUTCOMES,
    Referral,
    ReferralStateError,
    ReferralStep,
    change_state,
    read_referral,
    referral_of,
    write_offer,
)
from conversations.reply import Reply
from conversations.tables import referral_log, referrals, totals

MAX_NOTE_CHARS = 300
_TOTAL = "referrals_"


class ReferralExistsError(Exception):
    """The same was offered already and is still open, or its code is taken: nothing was changed."""


class DisguisedError(Exception):
    """Somebody else may be reading along with the migrant: nothing that tells of help can be said now."""


class Referrals:
    """All referrals of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(self, referral: Referral, question: Reply) -> None:
        """Ask the migrant; the referral is `offered` by its operator, who has to hold the conversation.

        Raises `NotHolderError`, `DisguisedError` and `ReferralExistsError`.
        """
        with self._database.begin() as connection:
            conversation = _locked(connection, referral.conversation_id)
            if not _is_holder(conversation, referral.operator):
                raise NotHolderError(referral.conversation_id)
            _check_open_talk(conversation)
            if _is_known(connection, referral):
                raise ReferralExistsError(referral.organisation)
            writing.lock_transcript_end(connection)
            write_offer(connection, referral)
            _say(connection, conversation, question, referral.offered_at)

    def answer(self, conversation_id: str, code: str, is_agreed: bool, now: datetime) -> Referral | None:
        """The migrant's yes or no; gives the referral as it is then. None: this conversation has none of this code.

        A no after the yes takes the consent back. What comes again, or too late, changes nothing.
        """
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            known = read_referral(connection, code)
            if conversation is None or known is None or known.conversation_id != conversation_id:
                return None
            state = "agreed" if is_agreed else "refused" if known.state == "offered" else "withdrawn"
            if known.may_become(state):
                writing.lock_transcript_end(connection)
                consent = {"consented_at": now} if is_agreed else {}
                change_state(connection, known, state, "migrant", now, **consent)
            return read_referral(connection, code)

    def pass_on(self, code: str, operator: str, receipt: Reply, now: datetime) -> None:
        """The operator has passed it on: the migrant gets the receipt.

        Only who holds the conversation may, or, while no colleague holds it, who has offered it. Raises
        `NotHolderError`, `DisguisedError`, and `ReferralStateError` without the migrant's consent.
        """
        with self._database.begin() as connection:
            referral, conversation = _found(connection, code)
            if not may_pass_on(conversation, referral, operator):
                raise NotHolderError(conversation.id)
            _check_open_talk(conversation)
            writing.lock_transcript_end(connection)
            change_state(connection, referral, "passed_on", operator, now, passed_on_at=now)
            _say(connection, conversation, receipt, now)

    def record(self, code: str, operator: str, outcome: str, note: str, now: datetime) -> None:
        """Write down what became of it, one of `OUTCOMES`.

        Raises `ReferralStateError`, also for a code that is not known (any more), and ValueError for another outcome
        and for a note that is longer than `MAX_NOTE_CHARS`.
        """
        if outcome not in OUTCOMES or len(note) > MAX_NOTE_CHARS:
            raise ValueError(outcome)
        with self._database.begin() as connection:
            referral, _ = _found(connection, code)
            writing.lock_transcript_end(connection)
            change_state(connection, referral, outcome, operator, now, note=note or referral.note)

    def get(self, code: str) -> Referral | None:
        """The referral of this code, or None."""
        with self._database.read() as connection:
            return read_referral(connection, code)

    def of(self, conversation_id: str) -> tuple[Referral, ...]:
        """Those of a conversation, oldest first."""
        return self._read(referrals.c.conversation_id == conversation_id)

    def open(self) -> tuple[Referral, ...]:
        """All that are not over, oldest first."""
        return self._read(referrals.c.state.in_(tuple(NEXT)))

    def log(self, conversation_id: str) -> tuple[ReferralStep, ...]:
        """Who did what and when with the referrals of a conversation, oldest first."""
        columns = (referral_log.c.code, referral_log.c.step, referral_log.c.who, referral_log.c.at)
        found = select(*columns).where(referral_log.c.conversation_id == conversation_id).order_by(referral_log.c.id)
        with self._database.read() as connection:
            return tuple(ReferralStep(*row) for row in connection.execute(found))

    def totals(self) -> Mapping[str, int]:
        """How often each state was reached in all; erasure does not lower it."""
        with self._database.read() as connection:
            rows = connection.execute(select(totals).where(totals.c.name.startswith(_TOTAL, autoescape=True)))
            return {row.name.removeprefix(_TOTAL): int(row.value) for row in rows}

    def _read(self, condition: Any) -> tuple[Referral, ...]:
        with self._database.read() as connection:
            rows = connection.execute(select(*FIELDS).where(condition).order_by(referrals.c.id))
            return tuple(referral_of(row) for row in rows)


def may_pass_on(conversation: Conversation, referral: Referral, operator: str) -> bool:
    """Whether this operator may do so: who holds the conversation, or, while nobody does, who has asked."""
    is_free = conversation.state != "operator"
    return _is_holder(conversation, operator) or (is_free and referral.operator == operator)


def _locked(connection: Connection, conversation_id: str) -> Conversation:
    conversation = lock_conversation(connection, conversation_id)
    if conversation is None:
        raise NotHolderError(conversation_id)
    return conversation


def _found(connection: Connection, code: str) -> tuple[Referral, Conversation]:
    """The referral as it is once its conversation is locked."""
    known = read_referral(connection, code)
    conversation = lock_conversation(connection, known.conversation_id) if known else None
    referral = read_referral(connection, code)
    if referral is None or conversation is None:
        raise ReferralStateError(f"{code}: unknown")
    return referral, conversation


def _check_open_talk(conversation: Conversation) -> None:
    if conversation.is_disguised:
        raise DisguisedError(conversation.id)


def _is_holder(conversation: Conversation, operator: str) -> bool:
    return conversation.state == "operator" and conversation.operator == operator


def _is_known(connection: Connection, referral: Referral) -> bool:
    same = (referrals.c.organisation == referral.organisation) & (referrals.c.need == referral.need)
    of_person = (referrals.c.conversation_id == referral.conversation_id) & referrals.c.state.in_(tuple(NEXT))
    found = select(referrals.c.id).where((same & of_person) | (referrals.c.code == referral.code))
    return connection.execute(found).first() is not None


def _say(connection: Connection, conversation: Conversation, said: Reply, now: datetime) -> None:
    writing.append(connection, conversation, "system", said.text, now, buttons=said.buttons)
