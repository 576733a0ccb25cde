"""A worker process for the tests: claims until nothing is left, and tells what it did, one line each.

Arguments: address of the database, and `finish` or `hold` (claims one message, says so, and waits to be killed).
"""

import sys
import time
from datetime import UTC, datetime

from conversations.database import open_database
from conversations.inbox import Inbox
from conversations.reply import Reply
from conversations.turn import finish_turn

LEASE_SECONDS = 30


def main(url: str, way: str) -> None:
    """Work until the inbox is empty."""
    database = open_database(url)
    inbox = Inbox(database)
    name = f"process {time.monotonic_ns()}"
    sys.stdin.readline()
    while inbox.pending_count():
        claimed = inbox.claim(name, datetime.now(UTC), LEASE_SECONDS)
        if claimed is None:
            time.sleep(0.01)
            continue
        print("begins", claimed.conversation_id, claimed.message_id, time.monotonic_ns(), flush=True)
        if way == "hold":
            sys.stdin.readline()
        print("ends", claimed.conversation_id, claimed.message_id, time.monotonic_ns(), flush=True)
        finish_turn(database, claimed, [Reply(f"answer to {claimed.text}")], [], "r1", datetime.now(UTC))


if __name__ == "__main__":
    main(*sys.argv[1:])
