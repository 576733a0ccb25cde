"""The four states of a conversation, and every change between them that is allowed, with who may cause it."""

from dataclasses import dataclass

BOT, WAITING, OPERATOR, CLOSED = "bot", "waiting", "operator", "closed"
STATES = (BOT, WAITING, OPERATOR, CLOSED)
HELD_STATES = (WAITING, OPERATOR)
"""The bot is silent in these."""
MIGRANT, BY_OPERATOR, QUEUE = "migrant", "operator", "queue"
"""Who causes a change: the migrant, an operator, or the queue by itself when a time is over."""


class ForbiddenChangeError(Exception):
    """The table knows no such change: nothing was written."""


@dataclass(frozen=True)
class Change:
    """One row of the table. `step` is its name in the log, `meaning` a few words for the drawing."""

    step: str
    before: tuple[str, ...]
    after: str
    by: str
    meaning: str


CHANGES = (
    Change("opened", (BOT, CLOSED), WAITING, MIGRANT, "wants a person"),
    Change("taken", (WAITING,), OPERATOR, BY_OPERATOR, "takes it"),
    Change("stepped_in", (BOT, CLOSED), OPERATOR, BY_OPERATOR, "steps in"),
    Change("handed_out", (WAITING,), OPERATOR, QUEUE, "hands it to the one with the fewest"),
    Change("transferred", (OPERATOR,), OPERATOR, BY_OPERATOR, "passes it to a colleague"),
    Change("sent_to_team", (OPERATOR,), WAITING, BY_OPERATOR, "passes it to a team"),
    Change("returned", (OPERATOR,), WAITING, QUEUE, "takes it back, unanswered for too long"),
    Change("given_back", (OPERATOR,), BOT, BY_OPERATOR, "gives it back to the bot"),
    Change("closed", (OPERATOR,), CLOSED, BY_OPERATOR, "closes it"),
    Change("withdrawn", HELD_STATES, BOT, MIGRANT, "goes back to the bot"),
    Change("reopened", (CLOSED,), BOT, MIGRANT, "writes again"),
)
BY_STEP = {change.step: change for change in CHANGES}
OTHER_STEPS = ("raised", "answered")
"""Steps of the log that leave the state as it is."""


def change_of(step: str, before: str) -> Change:
    """The change that this step makes from this state; raises `ForbiddenChangeError`."""
    change = BY_STEP.get(step)
    if change is None or before not in change.before:
        raise ForbiddenChangeError(f"{step!r} is not allowed in the state {before!r}")
    return change
