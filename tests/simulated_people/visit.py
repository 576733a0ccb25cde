"""One person in one conversation: says and taps, looks at every message, and notes what is wrong with it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from actions.heard import MAX_BUTTONS
from conversations.reply import Attachment
from guidance.complaint_pdf import MEDIA_TYPE
from tests.actions.button_walk import ENDS, OF_THE_GATEWAY
from tests.actions.rule_conversation import RuleConversation
from tests.guidance.pdf_text import text_of_pdf
from tests.simulated_people.person import Person
from tests.simulated_people.ways import details

SECONDS_OF_A_DAY = 86_400
TELLING = ("/inform", "/answer_questionnaire", "/answer_complaint")
ENDING = ("/meta.human", "/meta.language", "/meta.my_data", "/share_note", "/continue_questionnaire")


class Visit:
    """The conversation of a person; `complaints` holds what was wrong."""

    def __init__(self, agent: Any, person: Person, seed: int) -> None:
        self._agent, self.person = agent, person
        self.sender = f"person {seed} {person.number}"
        self.text = ""
        """What was said last, and what stands in the documents that came with it."""
        self.offered: list[str] = []
        """Payloads under the latest messages."""
        self.commands: list[dict[str, str]] = []
        """What the gateway is to do after the latest messages."""
        self.turns = 0
        self.complaints: list[str] = []

    async def tap(self, payload: str) -> None:
        """Press a button."""
        talk = self._talk()
        self._hear(await talk.tap(payload), talk, payload)
        self._keep(payload)

    async def say(self, text: str, intent: str, meant: str = "") -> None:
        """Type something that is understood as `intent`, in place of the button `meant`."""
        self._keep(meant)
        talk = self._talk()
        self._hear(await talk.say(text, intent), talk, f"“{text}”")

    def _keep(self, payload: str) -> None:
        if payload.startswith("/answer_questionnaire"):
            chosen = details(payload)
            self.person.answers[chosen["item"]] = chosen["reply"]

    async def leave_for_days(self, days: int) -> None:
        """Nobody writes for so long: Rasa begins a new session at the next message."""
        self.person.today += timedelta(days=days)
        tracker = await self._agent.tracker_store.retrieve(self.sender)
        for event in tracker.events:
            event.timestamp -= days * SECONDS_OF_A_DAY
        await self._agent.tracker_store.save(tracker)

    async def slots(self) -> Mapping[str, Any]:
        """What the dialogue remembers, and under `form` the form that is open."""
        tracker = await self._agent.tracker_store.retrieve(self.sender)
        if tracker is None:
            return {"form": None}
        return {**tracker.current_slot_values(), "form": tracker.active_loop_name}

    def complain(self, what: str) -> None:
        """Note what is wrong, with who and when."""
        self.complaints.append(f"person {self.person.number} ({self.person.variant}), turn {self.turns}: {what}")

    def _talk(self) -> RuleConversation:
        return RuleConversation(self._agent, self.sender, self.person.variant, self.person.today)

    def _hear(self, text: str, talk: RuleConversation, after: str) -> None:
        self.turns += 1
        self.text = "\n\n".join((text, *_written(talk.attached)))
        lists = [message.get("buttons") or [] for message in talk.messages]
        customs = [message.get("custom") or {} for message in talk.messages]
        self.commands = [custom for custom in customs if "command" in custom]
        commands = {custom["command"] for custom in self.commands}
        self.offered = [button["payload"] for buttons in lists for button in buttons]
        if not text.strip():
            self.complain(f"no answer to {after}")
        if not self.offered and not commands & set(ENDS):
            self.complain(f"a dead end after {after}: {text}")
        if max(map(len, lists), default=0) > MAX_BUTTONS:
            self.complain(f"too many buttons after {after}")
        if "{" in text:
            self.complain(f"something was not filled in after {after}: {text}")

    def harmless(self) -> list[str]:
        """Offered buttons that tell nothing, end nothing and that the dialogue itself answers."""
        return [payload for payload in self.offered if not payload.startswith((*TELLING, *ENDING, *OF_THE_GATEWAY))]


def _written(files: Sequence[Attachment]) -> Iterator[str]:
    """The text of the documents, its words apart by single blanks."""
    for file in files:
        if file.media_type == MEDIA_TYPE:
            yield " ".join(text_of_pdf(file.content).split())


def as_payload(intent: str, **values: str) -> str:
    """A payload as buttons carry it."""
    return f"/{intent}{json.dumps(values, ensure_ascii=False)}" if values else f"/{intent}"
