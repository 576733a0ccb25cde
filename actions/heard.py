"""What an action hears and what it answers: plain values, the same for the bot and for `safar ask`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conversations.reply import Attachment

DIALOGUE_INTENTS = frozenset(
    {"inform", "affirm", "deny", "stop_form", "helped", "not_helped", "show_entry", "nlu_fallback", "start_stay"}
    | {"start_permit", "start_transfer", "more_choices"}
    | {"start_screening", "start_job_offer_check", "start_report_for_other"}
    | {"start_wages", "answer_complaint"}
    | {"answer_questionnaire", "continue_questionnaire", "share_note"}
    | {"set_reminder", "list_reminders", "stop_reminders"}
    | {"start_steps", "show_step", "start_contacts"}
)
"""Intents that are no topic of data/topics.yml."""
MAX_BUTTONS = 10
"""The longest list that every channel shows: https://developers.facebook.com/docs/whatsapp list messages."""


@dataclass(frozen=True)
class Detail:
    """One thing found in a message: kind (country, date, entry, …), value, place in the text."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Heard:
    """One message as it was understood, with what the conversation remembers."""

    text: str
    """As written; empty for a button."""
    variant: str
    today: date
    ranking: Mapping[str, float]
    """Intents and topics with their confidence, best first."""
    details: tuple[Detail, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    """The form that is open, by its name in domain.yml."""
    channel: str = ""
    """Where the person writes: web, telegram, whatsapp; empty where nobody says."""
    retention_days: int = 0
    """After so many days of silence everything is erased; 0: never."""
    reminders: Mapping[str, date] = field(default_factory=dict)
    """What the person is to be reminded of: kind and date, the nearest first."""

    @property
    def intent(self) -> str:
        """The likeliest intent; `nlu_fallback` when there is none."""
        return next(iter(self.ranking), "nlu_fallback")

    @property
    def confidence(self) -> float:
        """Of the likeliest intent, 0 to 1."""
        return next(iter(self.ranking.values()), 0.0)

    @property
    def topic_ranking(self) -> dict[str, float]:
        """The ranking without the intents of the dialogue itself."""
        return {name: confidence for name, confidence in self.ranking.items() if name not in DIALOGUE_INTENTS}

    def value(self, kind: str) -> str | None:
        """The last detail of this kind, or None."""
        return next((detail.value for detail in reversed(self.details) if detail.kind == kind), None)


@dataclass(frozen=True)
class Button:
    """What one can tap, and the payload that it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Answered:
    """What is said, and what it means to those who count, hand over and remember."""

    text: str
    buttons: tuple[Button, ...] = ()
    entry: str | None = None
    topic: str = "meta.out_of_scope"
    topics: tuple[str, ...] = ()
    answered: bool = True
    handover: bool = False
    confidence: float = 0.0
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What the dialogue remembers from now on."""
    attachments: tuple[Attachment, ...] = ()
    """Pictures and documents that go with the text."""
    commands: tuple[Mapping[str, Any], ...] = ()
    """What the gateway carries out: {"command": …}."""
    next_action: str | None = None
    """An action or form that goes on from here."""
    is_end_of_form: bool = False
    """Whether an open form is left: nothing more is asked."""
