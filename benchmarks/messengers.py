"""Latency on Telegram and WhatsApp at a steady rate, through emulators of both platforms on loopback.

python -m benchmarks.messengers        needs a live release (`make run` makes one)
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from foundation.settings import load_settings
from publishing.release import Releases
from tests.telegram_emulator import TelegramEmulator
from tests.ways.running_safar import RunningSafar
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

PEOPLE = 40
PER_SECOND = 10.0
SECONDS = 30.0
LONGEST_SECONDS = 60.0
WEBHOOK_WANTED_MS = 50.0
ASKED = (
    "как проверить запрет на въезд?",
    "chipta oldim, patentni qayerda olaman?",
    "маоши моро се моҳ боз намедиҳанд",
    "үйгө акчаны кантип арзан жиберем?",
    "уақытша тіркеуді қайда жасатамын?",
    "I lost my passport, what now?",
)


def main() -> int:
    """Run a stack of its own with both messengers on, let people write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-second", type=float, default=PER_SECOND, help="messages a second on each channel")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long")
    asked = parser.parse_args()
    releases = Releases(load_settings({}).home)
    live = releases.live()
    if live is None:
        print("no release is live: make one with `make run`", file=sys.stderr)
        return 1
    with TelegramEmulator() as telegram, tempfile.TemporaryDirectory() as folder:
        whatsapp = WhatsAppEmulator().start()
        environ = {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
        safar = RunningSafar(Path(folder) / "home", releases.folder / live, whatsapp.environ() | environ)
        whatsapp.webhooks.url = f"{safar.url}/whatsapp/webhook"
        try:
            safar.start()
            return _measure(telegram, whatsapp, asked.per_second, asked.seconds)
        finally:
            safar.stop()
            whatsapp.stop()


@dataclass
class Desk:
    """People of one channel: when each has written, and when something was shown to them."""

    write: Callable[[int, str], None]
    shown_at: Callable[[], dict[int, list[float]]]
    written_at: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def say(self, number: int, text: str) -> None:
        """Have a person write."""
        self.written_at[number].append(time.monotonic())
        self.write(number, text)

    def waits(self) -> list[float]:
        """Of each message the seconds until the first thing shown after it; infinity where nothing was."""
        shown = self.shown_at()
        return [
            next((at - began for at in shown.get(number, []) if at >= began), float("inf"))
            for number, times in self.written_at.items()
            for began in times
        ]


def _measure(telegram: TelegramEmulator, whatsapp: WhatsAppEmulator, per_second: float, seconds: float) -> int:
    desks = {"Telegram": _telegram_desk(telegram), "WhatsApp": _whatsapp_desk(whatsapp)}
    for number in range(PEOPLE):
        for desk in desks.values():
            desk.say(number, "салом")
        time.sleep(1 / per_second)
    _until_all_are_answered(desks)
    slow = 0.0
    for names in (["Telegram"], ["WhatsApp"], list(desks)):
        chosen = {name: desks[name] for name in names}
        whatsapp.webhooks.answers.clear()
        _write(chosen, per_second, seconds)
        title = " and ".join(names)
        for name, desk in chosen.items():
            waits = desk.waits()
            print(
                f"{title}, {per_second:.0f} a second each: {name}, arrival to delivery {_shown(waits)} ({len(waits)})"
            )
        if "WhatsApp" in names:
            answered = [answer.seconds for answer in whatsapp.webhooks.answers]
            print(f"{title}: webhook to 200, statuses included, {_shown(answered)} ({len(answered)})")
            slow = slow or float(np.percentile(answered, 95)) * 1000
    print(f"wanted: p95 to the 200 under {WEBHOOK_WANTED_MS:.0f} ms with WhatsApp alone")
    broken = [*telegram.violations, *whatsapp.violations]
    print(f"rules of the platforms broken: {broken or 'none'}")
    return 1 if broken or slow > WEBHOOK_WANTED_MS else 0


def _write(desks: Mapping[str, Desk], per_second: float, seconds: float) -> None:
    for desk in desks.values():
        desk.written_at.clear()
    began = time.monotonic()
    for turn in range(int(per_second * seconds)):
        time.sleep(max(0.0, began + turn / per_second - time.monotonic()))
        for desk in desks.values():
            desk.say(turn % PEOPLE, ASKED[turn % len(ASKED)])
    _until_all_are_answered(desks)


def _until_all_are_answered(desks: Mapping[str, Desk]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while any(float("inf") in desk.waits() for desk in desks.values()) and time.monotonic() < end:
        time.sleep(0.5)


def _telegram_desk(telegram: TelegramEmulator) -> Desk:
    people = [telegram.person("ru") for _ in range(PEOPLE)]
    numbers = {person.chat.id: number for number, person in enumerate(people)}

    def shown_at() -> dict[int, list[float]]:
        found: dict[int, list[float]] = defaultdict(list)
        for call in telegram.calls_of("sendMessage"):
            found[numbers[int(call.parameters["chat_id"])]].append(call.at)
        return found

    def write(number: int, text: str) -> None:
        people[number].writes(text)

    return Desk(write, shown_at)


def _whatsapp_desk(whatsapp: WhatsAppEmulator) -> Desk:
    people = [whatsapp.person(f"9965551{number:05d}") for number in range(PEOPLE)]
    found: dict[int, list[float]] = defaultdict(list)

    def noting(number: int, gets: Callable[[Any], None]) -> Callable[[Any], None]:
        def get(shown: Any) -> None:
            found[number].append(time.monotonic())
            gets(shown)

        return get

    for number, person in enumerate(people):
        person.gets = noting(number, person.gets)  # type: ignore[method-assign,assignment]

    def write(number: int, text: str) -> None:
        people[number].writes(text, waits=False)

    return Desk(write, lambda: found)


def _shown(seconds: Sequence[float]) -> str:
    half, most = np.percentile(seconds, [50, 95]) * 1000
    return f"p50 {half:.0f} ms, p95 {most:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
