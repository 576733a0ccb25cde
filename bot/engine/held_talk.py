"""What was said while a person held the conversation goes into the tracker, without a turn, a form or an answer."""

import json
from dataclasses import dataclass
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.payload import without_prefix
from bot.engine.turn import MalformedTurnError
from bot.engine.turn_output import CHANNEL_NAME, TurnOutput, reply_of
from bot.engine.whole_turns import failing_loudly

ACTION = "action_learn_held"
HELD = "held"
SENDERS = ("migrant", "operator")
MAX_MESSAGES = 20


@dataclass(frozen=True)
class HeldTalk:
    """The talk: its id, and its messages as (sender, text, metadata), the oldest first."""

    conversation_id: str
    id: str
    messages: tuple[tuple[str, str, dict[str, Any]], ...]


def read_talk(body: bytes) -> HeldTalk:
    """Parse a request's body; raises `MalformedTurnError`."""
    try:
        document = json.loads(body)
        rows = [(row["sender"], str(row["text"]), dict(row.get("metadata") or {})) for row in document["messages"]]
        talk = HeldTalk(str(document["sender"]), str(document["id"]), tuple(rows[-MAX_MESSAGES:]))
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedTurnError("the body is not a talk: sender, id and messages are needed") from error
    if not talk.conversation_id or not talk.id or any(row[0] not in SENDERS for row in rows):
        raise MalformedTurnError("a talk has an id, and messages of migrant and operator only")
    return talk


async def learn(agent: Agent, talk: HeldTalk) -> dict[str, Any]:
    """Learn from a talk once; gives what is to be remembered beyond the dialogue (`country`, `citizenship`).

    A talk in which the migrant has said nothing teaches nothing. Raises `ActionFailedError`, `StateChangedError`.
    """
    if not any(sender == "migrant" for sender, _, _ in talk.messages):
        return {}
    async with agent.lock_store.lock(talk.conversation_id):
        if await agent.tracker_store.answer_to(talk.conversation_id, talk.id) is not None:
            return {}
        output = TurnOutput()
        metadata = talk.messages[-1][2]
        tracker = await agent.processor.fetch_tracker_and_update_session(talk.conversation_id, output, metadata)
        for sender, text, about in talk.messages:
            await _add(agent, tracker, talk, sender, text, about)
        events = await _let_action_learn(agent, tracker, output)
        await agent.processor.save_tracker(tracker)
    return _remembered(events)


async def _add(
    agent: Agent, tracker: DialogueStateTracker, talk: HeldTalk, sender: str, text: str, about: dict[str, Any]
) -> None:
    if sender == "operator":
        tracker.update(BotUttered(text, metadata={HELD: talk.id, "sender": sender}), agent.domain)
        return
    metadata, plain = about | {HELD: talk.id}, without_prefix(text)
    message = UserMessage(plain, None, talk.conversation_id, metadata=metadata)
    parsed = await agent.processor.parse_message(message, tracker)
    said = {"input_channel": CHANNEL_NAME, "message_id": talk.id, "metadata": metadata}
    tracker.update(UserUttered(plain, parsed["intent"], parsed["entities"], parsed, **said), agent.domain)


async def _let_action_learn(agent: Agent, tracker: DialogueStateTracker, output: TurnOutput) -> list[Event]:
    """What the action has brought. Only actions set slots; one that this release lacks is left out."""
    processor = agent.processor
    action = RemoteAction(ACTION, processor.action_endpoint)
    running = action.run(output, processor.nlg, tracker, agent.domain)
    events = await failing_loudly(ACTION, running)
    known = {slot.name for slot in agent.domain.slots}
    tracker.update(ActionExecuted(ACTION), agent.domain)
    for event in events:
        if isinstance(event, SlotSet) and event.key in known:
            tracker.update(event, agent.domain)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME), agent.domain)
    return list(events)


def _remembered(events: list[Event]) -> dict[str, Any]:
    said = (reply_of(event.message())["custom"] for event in events if isinstance(event, BotUttered))
    commands = (custom for custom in said if custom.get("command") == "remember")
    return {name: value for command in commands for name, value in command.items() if name != "command"}
