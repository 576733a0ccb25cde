"""A person's own data: told, handed over as files, erased. The gateway itself does it, in every state.

It needs no engine and asks nobody: an operator who holds the conversation cannot stand in the way.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.ground import Ground
from bot.notices import answer
from bot.own_data_file import files_of
from bot.store import Store
from conversations.claim import Claimed
from conversations.commands import Command, Erase
from conversations.conversation import Conversation
from conversations.export import export_conversation
from conversations.referral import Referrals
from conversations.reply import Button, Reply
from foundation.clock import Clock
from guidance.data_words import DataWish
from guidance.own_data import erased, told

INTENT = "/meta.my_data"
STEPS = ("tell", "erase", "confirmed", "keep", "export", "export_confirmed", "not_now")
_TEXTS = {"erase": "confirm_erase", "keep": "data_kept", "export": "confirm_export", "not_now": "data_not_sent"}
_YES = ("confirmed", "export_confirmed")
_NO = ("keep", "not_now")


@dataclass(frozen=True)
class DataAnswer:
    """What is said to a step, and what it wants done."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()


def payload_of_wish(wish: DataWish) -> str:
    """What a button of this wish sends."""
    return INTENT if wish == "tell" else f'{INTENT}{{"step": "{wish}"}}'


def is_data_step(payload: str | None) -> bool:
    """Whether a payload is about a person's own data."""
    return payload is not None and (payload == INTENT or payload.startswith(INTENT + "{"))


def reply_to_question(buttons: Sequence[Button], is_yes: bool) -> str | None:
    """What a typed yes or no presses, where one of the two questions was asked last; None: it means something else."""
    wanted = _YES if is_yes else _NO
    return next(
        (each.payload for each in buttons if is_data_step(each.payload) and _step(each.payload) in wanted), None
    )


class OwnData:
    """Carries out the steps. Blocks: run it in a thread."""

    def __init__(self, store: Store, retention_days: int, clock: Clock) -> None:
        self._store = store
        self._referrals = Referrals(store.database)
        self._retention_days = retention_days
        self._clock = clock

    def answer(self, claimed: Claimed, ground: Ground, variant: str) -> DataAnswer:
        """The answer to a step. To a held conversation it is a notice that settles the message."""
        said = self._answer(claimed.conversation, _step(claimed.payload), ground, variant)
        if not claimed.conversation.is_held:
            return said
        return replace(said, replies=tuple(replace(each, sender="system") for each in said.replies))

    def _answer(self, conversation: Conversation, step: str, ground: Ground, variant: str) -> DataAnswer:
        if step == "confirmed":
            return DataAnswer((self._farewell(conversation, ground, variant),), (Erase(),))
        if step == "tell":
            return DataAnswer((self._told(conversation, ground, variant),))
        if step == "export_confirmed" and not conversation.is_disguised:
            return DataAnswer((self._files(conversation, ground, variant),))
        return DataAnswer((answer(ground, _TEXTS.get(step, "button_has_expired"), variant),))

    def _told(self, conversation: Conversation, ground: Ground, variant: str) -> Reply:
        text = told(ground.wording, variant, conversation.channel, self._retention_days)
        return Reply(text, tuple(Button(*pair) for pair in ground.wording.buttons("my_data", variant)))

    def _farewell(self, conversation: Conversation, ground: Ground, variant: str) -> Reply:
        is_passed_on = any(each.passed_on_at for each in self._referrals.of(conversation.id))
        return Reply(erased(ground.wording, variant, conversation.channel, is_passed_on=is_passed_on))

    def _files(self, conversation: Conversation, ground: Ground, variant: str) -> Reply:
        document = export_conversation(self._store.database, conversation.id) or {}
        files = files_of(document, ground, variant, self._clock().date())
        return replace(answer(ground, "data_sent", variant), attachments=files)


def _step(payload: str | None) -> str:
    """The step of a payload: `tell` for the bare one; empty for one that no button of ours sends."""
    rest = (payload or "").removeprefix(INTENT)
    if not rest:
        return "tell"
    try:
        values = json.loads(rest)
    except (ValueError, RecursionError):
        return ""
    step = str(values.get("step")) if isinstance(values, dict) else ""
    return step if step in STEPS else ""
