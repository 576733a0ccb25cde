"""Counts what must never happen in a handover, from what is stored: the log of steps and everything said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from conversations.handover_steps import Step
from conversations.states import BOT, OPERATOR, OTHER_STEPS, WAITING, ForbiddenChangeError, change_of
from conversations.transcript import Message

FAR = 2**62


@dataclass(frozen=True)
class Span:
    """A stretch of a conversation in one state: the messages behind `after` up to and with `up_to`."""

    state: str
    holder: str | None
    after: int
    up_to: int
    since: datetime | None


def violations(log: Sequence[Step], said: Sequence[Message]) -> list[str]:
    """Each violation as a short sentence; nothing of what was said stands in it."""
    try:
        spans = list(spans_of(log))
    except ForbiddenChangeError as error:
        return [f"two holders, or a change that is not allowed: {error}"]
    found = [f"step {step.step} by {step.who}, who does not hold it" for step in _by_others(log)]
    for message in said:
        span = next(each for each in spans if each.after < message.cursor <= each.up_to)
        if message.sender == "bot" and not _may_bot_speak(span, message):
            found.append(f"the bot spoke at {message.cursor} while it was {span.state}")
        if message.sender == "operator" and (span.state != OPERATOR or span.holder != message.operator):
            found.append(f"{message.operator} spoke at {message.cursor} without holding it")
    return found


def spans_of(log: Sequence[Step]) -> Iterator[Span]:
    """The stretches that the log tells of; raises `ForbiddenChangeError`."""
    state, holder, after, since = BOT, None, -1, None
    for step in log:
        if step.step in OTHER_STEPS:
            continue
        change = change_of(step.step, state)
        cursor = step.after_cursor or 0
        yield Span(state, holder, after, cursor, since)
        state, after, since = change.after, cursor, step.at
        holder = _holder_after(step) if state == OPERATOR else None
    yield Span(state, holder, after, FAR, since)


def _holder_after(step: Step) -> str:
    return step.who if step.step in ("taken", "stepped_in") else step.why


def _by_others(log: Sequence[Step]) -> Iterator[Step]:
    """What an operator did without being the holder."""
    holder = None
    for step in log:
        if step.step in ("answered", "given_back", "closed", "transferred", "sent_to_team") and step.who != holder:
            yield step
        if step.step in ("taken", "stepped_in", "handed_out", "transferred"):
            holder = _holder_after(step)
        elif step.step not in OTHER_STEPS:
            holder = None


def _may_bot_speak(span: Span, message: Message) -> bool:
    """In the turn that opens a handover the bot says so; then it is silent."""
    return span.state not in (WAITING, OPERATOR) or (span.state == WAITING and message.at == span.since)
