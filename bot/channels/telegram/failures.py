"""What an error of the Bot API means: for a message that was not taken, and as one line for whoever runs Safar.

Codes and words: https://core.telegram.org/bots/api#making-requests and the server's own source,
https://github.com/tdlib/telegram-bot-api (they are documented nowhere else).
"""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import SendError
from bot.failures import failure_code

WRONG_TOKEN_PAUSE_SECONDS = 60.0
_NOT_THERE = ("chat not found", "user not found", "peer_id_invalid", "private chat not found")
_TOO_LONG = ("message is too long", "message_too_long", "text is too long", "caption is too long")


def send_error(error: TelegramError) -> SendError:
    """Why a message was not taken, and whether another attempt can help."""
    if isinstance(error, RetryAfter):
        return SendError("throttled", is_retryable=True, retry_after_seconds=wait_of(error))
    if isinstance(error, Forbidden):
        return SendError("blocked", is_retryable=False)
    if isinstance(error, InvalidToken):
        return SendError("wrong_token", is_retryable=True, retry_after_seconds=WRONG_TOKEN_PAUSE_SECONDS)
    if isinstance(error, BadRequest):
        return SendError(_refusal(error.message.lower()), is_retryable=False)
    if isinstance(error, ChatMigrated):
        return SendError("refused", is_retryable=False)
    is_away = _is_without_answer(error)
    return SendError("no_connection" if is_away else "server_error", is_retryable=True)


def wait_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def sentence_of(error: BaseException) -> str:
    """What is wrong and what to do, for the log; no token, no words of a person."""
    if isinstance(error, InvalidToken):
        return "Telegram does not know this token; set SAFAR_TELEGRAM_TOKEN to the one from BotFather and start again"
    if isinstance(error, Conflict):
        return (
            "another program fetches the updates of this bot, or a webhook is set; let only one Safar run with this "
            f"token (Telegram says: {error.message})"
        )
    if isinstance(error, RetryAfter):
        return f"Telegram asks for {wait_of(error):g} seconds of rest"
    if _is_without_answer(error):
        return "Telegram cannot be reached; see the network, a proxy (HTTPS_PROXY) and SAFAR_TELEGRAM_API_URL"
    if isinstance(error, TelegramError):
        return f"Telegram answers with an error ({error.message[:200]})"
    return failure_code(error)


def _refusal(words: str) -> str:
    """A chat that is gone is treated as one that is blocked: nothing can be said there until the person writes."""
    if any(part in words for part in _NOT_THERE):
        return "blocked"
    return "too_long" if any(part in words for part in _TOO_LONG) else "refused"


def _is_without_answer(error: BaseException) -> bool:
    """Whether no answer of Telegram stands behind it: python-telegram-bot keeps the failure of its HTTP client."""
    cause = error.__cause__
    is_broken_off = isinstance(error, NetworkError) and cause is not None and not isinstance(cause, TelegramError)
    return is_broken_off or isinstance(error, TimedOut)
