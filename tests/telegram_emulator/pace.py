"""The limits of sending that Telegram documents, kept by the emulator: who sends faster gets 429, and it is noted.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second in all, one
a second in a chat. A short burst in a chat is let through; how long it may be is not said, so here it is five.
"""

import time
from collections import deque

from tests.telegram_emulator.rules import ApiError

OVERALL_PER_SECOND = 30
CHAT_BURST = 5


class Pace:
    """Counts what is sent."""

    def __init__(self) -> None:
        self._sent: deque[float] = deque()
        self._left: dict[int, tuple[float, float]] = {}
        self.most_in_a_second = 0

    def sent(self, chat_id: int) -> None:
        """One message to this chat now; raises `ApiError` when it is too fast."""
        now = time.monotonic()
        while self._sent and now - self._sent[0] >= 1.0:
            self._sent.popleft()
        tokens, at = self._left.get(chat_id, (float(CHAT_BURST), now))
        tokens = min(float(CHAT_BURST), tokens + now - at)
        if len(self._sent) >= OVERALL_PER_SECOND or tokens < 1.0:
            raise ApiError(429, "Too Many Requests: retry after 1", is_violation=True, retry_after=1)
        self._sent.append(now)
        self._left[chat_id] = (tokens - 1.0, now)
        self.most_in_a_second = max(self.most_in_a_second, len(self._sent))
