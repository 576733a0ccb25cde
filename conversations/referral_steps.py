"""The steps of a referral, inside an open transaction that has locked its conversation: which may follow which."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from conversations import writing
from conversations.tables import referral_log, referrals

OUTCOMES = ("answered", "no_answer", "helped", "closed")
"""What an operator may write down of a referral that was passed on."""
_UNDER_WAY = frozenset({"withdrawn", *OUTCOMES})
NEXT: Mapping[str, frozenset[str]] = {
    "offered": frozenset({"agreed", "refused", "closed"}),
    "agreed": frozenset({"withdrawn", "passed_on", "closed"}),
    "passed_on": _UNDER_WAY,
    "answered": _UNDER_WAY - {"answered"},
    "no_answer": _UNDER_WAY - {"no_answer"},
    "withdrawn": frozenset({"closed"}),
}
"""The states that may follow each open one; from any other no step leads on: it is over."""


class ReferralStateError(Exception):
    """This step cannot follow the state in which the referral is: nothing was changed."""


@dataclass(frozen=True)
class Referral:
    """A request that goes to an organisation if the migrant agrees; `country` and `variant` are what is passed on.

    `state`: offered, agreed, refused, withdrawn, passed_on, answered, no_answer, helped or closed. `operator` has
    offered it; `note` is what an operator wrote of the outcome.
    """

    code: str
    conversation_id: str
    organisation: str
    need: str
    country: str | None
    variant: str
    state: str
    operator: str
    offered_at: datetime
    consented_at: datetime | None
    passed_on_at: datetime | None
    note: str

    @property
    def is_open(self) -> bool:
        """Whether something may still follow."""
        return self.state in NEXT

    def may_become(self, state: str) -> bool:
        """Whether this state may follow."""
        return state in NEXT.get(self.state, ())


@dataclass(frozen=True)
class ReferralStep:
    """One line of the log: `who` is an operator's name or “migrant”."""

    code: str
    step: str
    who: str
    at: datetime


FIELDS = tuple(referrals.c[each.name] for each in fields(Referral))


def read_referral(connection: Connection, code: str) -> Referral | None:
    """The referral of this code, or None."""
    row = connection.execute(select(*FIELDS).where(referrals.c.code == code)).first()
    return referral_of(row) if row else None


def referral_of(row: Row) -> Referral:
    """The referral of a row that consists of `FIELDS`."""
    return Referral(*row)


def write_offer(connection: Connection, referral: Referral) -> None:
    """Write a new referral down; the transcript's end has to be locked."""
    connection.execute(insert(referrals).values(**vars(referral)))
    _log(connection, referral, referral.state, referral.operator, referral.offered_at)


def change_state(
    connection: Connection, referral: Referral, state: str, who: str, now: datetime, **changes: Any
) -> None:
    """Let this state follow, with other columns changed too; raises `ReferralStateError`. Locks as `write_offer`."""
    if not referral.may_become(state):
        raise ReferralStateError(f"{referral.code}: {referral.state} → {state}")
    changed = update(referrals).where(referrals.c.code == referral.code)
    connection.execute(changed.values(state=state, **changes))
    _log(connection, referral, state, who, now)


def _log(connection: Connection, referral: Referral, step: str, who: str, now: datetime) -> None:
    row = {"conversation_id": referral.conversation_id, "code": referral.code, "step": step, "who": who, "at": now}
    connection.execute(insert(referral_log).values(**row))
    writing.count(connection, f"referrals_{step}")
