"""A process that takes whatever waits, as fast as it can, when it is told to go; prints what it has got."""

import sys

from conversations.database import open_database
from conversations.handover import Handovers
from foundation.clock import utc_now


def main(url: str, operator: str) -> None:
    """Take all; one line for each."""
    database = open_database(url)
    handovers = Handovers(database)
    waiting = [each.conversation_id for each in handovers.queue()]
    print("ready", flush=True)
    sys.stdin.readline()
    for conversation_id in waiting:
        if handovers.take(conversation_id, operator, utc_now()):
            print(conversation_id)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
