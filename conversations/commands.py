"""What a turn of the dialogue wants done outside of it; carried out in the transaction that writes the replies."""

from dataclasses import dataclass
from datetime import date

from conversations.notes import Note


@dataclass(frozen=True)
class OpenHandover:
    """Put the conversation into the queue for an operator, with the bot's first note where it has one.

    Danger and signs (ids) are added to those of the conversation itself.
    """

    reason: str
    danger: str = "none"
    note: Note | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CloseHandover:
    """The migrant goes back to the bot; this turn's answer then settles every older open question too."""


@dataclass(frozen=True)
class SetLanguage:
    """The migrant has chosen a language variant; it is no longer guessed."""

    variant: str


@dataclass(frozen=True)
class Remember:
    """Keep country and citizenship; None leaves what is known."""

    country: str | None = None
    citizenship: str | None = None


@dataclass(frozen=True)
class CountNeeds:
    """Count these needs (ids) for a day, a country and a language; nothing of the person is kept with them."""

    needs: tuple[str, ...]
    country: str | None = None
    citizenship: str | None = None


@dataclass(frozen=True)
class SafetySaid:
    """The safety block of this level stands in the replies: the count of messages since then begins anew."""

    level: str


@dataclass(frozen=True)
class Disguise:
    """Somebody else may be reading: hide what was said up to and with this message, and speak of no danger.

    The messenger takes back what it can; nothing is erased here. With `is_on` false the talk is itself again.
    """

    is_on: bool = True


@dataclass(frozen=True)
class SetReminder:
    """Remind of the day `on` by a message some days before; `kind` is one of `reminder_days.KINDS`."""

    kind: str
    on: date


@dataclass(frozen=True)
class StopReminders:
    """Remind no more of this kind; None: of nothing."""

    kind: str | None = None


@dataclass(frozen=True)
class Erase:
    """Erase everything up to and with this message; the replies of the turn are still delivered."""


@dataclass(frozen=True)
class QuickExit:
    """Leave no trace: as `Erase`; on the web the conversation itself goes too, and its replies with it."""


Command = (
    OpenHandover
    | CloseHandover
    | SetLanguage
    | Remember
    | CountNeeds
    | SafetySaid
    | Disguise
    | SetReminder
    | StopReminders
    | Erase
    | QuickExit
)
