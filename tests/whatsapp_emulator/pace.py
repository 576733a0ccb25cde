"""The limits of sending that WhatsApp documents, kept by the emulator: who sends faster is refused, and it is noted.

https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput: 80 messages a second for a
number; one message in six seconds to the same person, of which 45 may be sent at once and are then waited out.
"""

import time
from collections import deque

from tests.whatsapp_emulator.rules import Refusal

PER_SECOND = 80
PAIR_BURST = 45
PAIR_SECONDS = 6.0


class Pace:
    """Counts what is sent."""

    def __init__(self) -> None:
        self._sent: deque[float] = deque()
        self._left: dict[str, tuple[float, float]] = {}
        self.most_in_a_second = 0

    def sent(self, address: str) -> None:
        """One message to this person now; raises `Refusal` when it is too fast."""
        now = time.monotonic()
        while self._sent and now - self._sent[0] >= 1.0:
            self._sent.popleft()
        tokens, at = self._left.get(address, (float(PAIR_BURST), now))
        tokens = min(float(PAIR_BURST), tokens + (now - at) / PAIR_SECONDS)
        if tokens < 1.0:
            raise Refusal(131056, "Too many messages sent to the same phone number in a short period of time.")
        if len(self._sent) >= PER_SECOND:
            raise Refusal(130429, "Cloud API message throughput has been reached.")
        self._sent.append(now)
        self._left[address] = (tokens - 1.0, now)
        self.most_in_a_second = max(self.most_in_a_second, len(self._sent))
