"""Patch of rasa 3.6.21: a turn in which an action failed, or which says nothing, is an error and leaves no trace.

Rasa logs the error of an action, goes on, and stores the turn as answered: a retry would replay the silence.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.processor import MessageProcessor

from bot.engine.turn_output import TurnOutput, is_answer

AsyncFunction = Callable[..., Awaitable[Any]]


class EmptyAnswerError(Exception):
    """The turn said nothing; nothing of it was stored, it can be run again."""


class ActionFailedError(Exception):
    """An action of the turn failed; nothing of the turn was stored, it can be run again."""


class _Failure(BaseException):
    """Carries an action's error past Rasa's `except Exception`."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


def apply() -> None:
    """Let the error of an action, and an empty answer, end the turn before its tracker is saved."""
    RemoteAction.run = _loud_remote_action(RemoteAction.run)
    MessageProcessor._run_action = _loud_action(MessageProcessor._run_action)
    MessageProcessor._run_prediction_loop = _never_empty(MessageProcessor._run_prediction_loop)
    MessageProcessor.handle_message = _failing(MessageProcessor.handle_message)


def _loud_remote_action(run: AsyncFunction) -> AsyncFunction:
    async def loud(self: RemoteAction, *arguments: Any) -> Any:
        return await _loudly(self.name(), run(self, *arguments))

    return loud


def _loud_action(run_action: AsyncFunction) -> AsyncFunction:
    async def loud(self: MessageProcessor, action: Any, *arguments: Any, **keywords: Any) -> Any:
        run = action.run
        action.run = lambda *details: _loudly(action.name(), run(*details))
        return await run_action(self, action, *arguments, **keywords)

    return loud


async def _loudly(action: str, running: Awaitable[Any]) -> Any:
    try:
        return await running
    except ActionExecutionRejection:
        raise
    except Exception as error:
        raise _Failure(action) from error


def _never_empty(run_loop: AsyncFunction) -> AsyncFunction:
    async def run(self: MessageProcessor, output_channel: Any, tracker: Any) -> None:
        await run_loop(self, output_channel, tracker)
        if isinstance(output_channel, TurnOutput) and not is_answer(output_channel.messages):
            raise EmptyAnswerError("the dialogue has nothing to say to this message")

    return run


def _failing(handle_message: AsyncFunction) -> AsyncFunction:
    async def handle(self: MessageProcessor, message: Any) -> Any:
        try:
            return await handle_message(self, message)
        except _Failure as failure:
            raise ActionFailedError(f"{failure.action} failed") from failure.__cause__

    return handle
