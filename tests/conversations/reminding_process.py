"""A gateway for the tests that is killed while it writes a reminder. Arguments: address of the database, the day."""

import sys
import time
from datetime import UTC, date, datetime

from conversations.conversation import Conversation
from conversations.database import open_database
from conversations.reminders import Reminder, Reminders
from conversations.reply import Reply


def main(url: str, day: str) -> None:
    """Begin to say what is due, tell so, and wait to be killed."""

    def words(_conversation: Conversation, _reminder: Reminder) -> Reply:
        print("writes", flush=True)
        time.sleep(60)
        return Reply("never said", sender="system")

    door, today = Reminders(open_database(url)), date.fromisoformat(day)
    for reminder, there in door.due({"RU": today}, frozenset({"RU"}), "RU"):
        door.say(reminder, there, words, datetime.now(UTC))


if __name__ == "__main__":
    main(*sys.argv[1:])
