"""An emulator of Telegram's Bot API: a real HTTP server with people who write, press buttons and see messages."""

from tests.telegram_emulator.emulator import TelegramEmulator
from tests.telegram_emulator.faults import Fault
from tests.telegram_emulator.people import Group, Person, Shown

__all__ = ["Fault", "Group", "Person", "Shown", "TelegramEmulator"]
