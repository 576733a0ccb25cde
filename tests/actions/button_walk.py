"""Taps every button that comes, breadth first from the menu, each in the state of the dialogue in which it stood."""

import json
import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.actions.rule_conversation import RuleConversation

OF_THE_GATEWAY = ("quick_exit", "/safety")
"""Payloads that the gateway answers without the dialogue."""
ENDS = ("open_handover", "erase")
"""Commands after which no button is needed: a person comes, or everything is gone."""
SAME_EVERYWHERE = ("/meta.", "/show_entry", "/start_", "/answer_questionnaire")
"""What these open depends on little but themselves; a topic's button is one of them."""


_DAYS = ('/inform{"date"',)
_WEEKS = ('/more_choices{"item": "date", "month"', '/more_choices{"item": "date", "week"')
_CITIZENSHIPS = ('/inform{"citizenship"',)
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


@dataclass(frozen=True)
class Step:
    """One answer: after which taps, to which one, and what came back."""

    taps: tuple[str, ...]
    messages: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n\n".join(message.get("text") or "" for message in self.messages).strip()

    @property
    def buttons(self) -> tuple[tuple[dict[str, str], ...], ...]:
        """The buttons of each message."""
        return tuple(tuple(message.get("buttons") or ()) for message in self.messages)

    @property
    def place(self) -> str:
        """Where the dialogue stands: the topic, and the buttons without the days in them."""
        told = [(message.get("custom") or {}).get("answer") or {} for message in self.messages]
        payloads = " ".join(button["payload"] for buttons in self.buttons for button in buttons)
        return f"{told[-1].get('topic') if told else ''} {_DAY.sub('', payloads)}"

    @property
    def commands(self) -> tuple[str, ...]:
        """What the gateway is to do."""
        told = (message.get("custom") or {} for message in self.messages)
        return tuple(each["command"] for each in told if "command" in each)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that were shown."""
        told = ((message.get("custom") or {}).get("answer") or {} for message in self.messages)
        return tuple(each["entry"] for each in told if each.get("entry"))


@dataclass
class ButtonWalk:
    """One walk in one variant; buttons whose payload begins with one of `left_out` are not tapped."""

    agent: Any
    variant: str
    today: date
    left_out: tuple[str, ...] = OF_THE_GATEWAY
    steps: list[Step] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    async def from_the_menu(self) -> list[Step]:
        """All answers that tapping alone leads to."""
        waiting: deque[tuple[tuple[str, ...], str, str]] = deque([((), "/meta.menu", "")])
        while waiting:
            taps, payload, sender = waiting.popleft()
            step, now = await self._tap(taps, payload, sender)
            self.steps.append(step)
            waiting += [(step.taps, following, now) for following in self._following(step)]
        return self.steps

    async def _tap(self, taps: tuple[str, ...], payload: str, before: str) -> tuple[Step, str]:
        """Tap in a copy of the conversation, so that the others go on from where they were."""
        sender = f"walk {self.variant} {len(self.steps)}"
        kept = self.agent.tracker_store.store
        if before:
            kept[sender] = kept[before]
        talk = RuleConversation(self.agent, sender, self.variant, self.today)
        await talk.tap(payload)
        return Step((*taps, payload), tuple(talk.messages)), sender

    def _following(self, step: Step) -> list[str]:
        """The buttons of an answer that nobody has tapped yet in this place."""
        payloads = [button["payload"] for buttons in step.buttons for button in buttons]
        new = []
        for payload in _without_similar(payloads):
            key = (payload, "" if _is_same_everywhere(payload) else step.place)
            if key not in self._seen and not payload.startswith(self.left_out) and _is_near(payload):
                self._seen.add(key)
                new.append(payload)
        return new


def _without_similar(payloads: list[str]) -> list[str]:
    """Of days, weeks, months and citizenships under one question the first and the last."""
    for alike in (_DAYS, _WEEKS, _CITIZENSHIPS):
        found = [each for each in payloads if each.startswith(alike)]
        payloads = [each for each in payloads if each not in found[1:-1]]
    return payloads


def _is_near(payload: str) -> bool:
    """Months long ago are like those of the page before."""
    details = json.loads(payload[payload.index("{") :]) if "{" in payload else {}
    return details.get("item") != "date" or details.get("page", "0") in ("0", "1")


def _is_same_everywhere(payload: str) -> bool:
    name = payload.partition("{")[0]
    return payload.startswith(SAME_EVERYWHERE) or "." in name
