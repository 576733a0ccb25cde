"""Ten thousand broken payloads for each messenger, through the HTTP door of a gateway with its database and deliveries.

python -m benchmarks.mutations [--count N]      needs no release: the engine is a stand-in on loopback
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import httpx

from foundation.settings import PROJECT
from guidance.danger import DangerDetector
from guidance.danger_phrases import Phrases
from language.identify import Identifier
from tests.bot.channels.mutated_door import (
    TELEGRAM_PATH,
    TELEGRAM_SECRET,
    WHATSAPP_PATH,
    Outcome,
    faults,
    mutate_telegram,
    mutate_whatsapp,
)
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import APP_SECRET, WhatsAppEmulator

COUNT = 10_000
SEED = 2026


def main() -> int:
    """Run, print the figures; the status is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="payloads for each messenger")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder, TelegramEmulator() as telegram:
        whatsapp = WhatsAppEmulator().start()
        environ = _environ(Path(folder)) | whatsapp.environ()
        environ |= {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}
        engine = EngineStandIn(Path(folder) / "home")
        engine.start()
        gateway = GatewayThread(environ, Identifier.load()).start()
        try:
            return _run(gateway.url, environ["SAFAR_DATABASE_URL"], count)
        finally:
            gateway.stop()
            engine.stop()
            whatsapp.stop()


def _run(url: str, database_url: str, count: int) -> int:
    began = time.monotonic()
    telegram = mutate_telegram(url, database_url, count, SEED)
    whatsapp = mutate_whatsapp(url, database_url, count, SEED, APP_SECRET)
    found = _print("Telegram", TELEGRAM_PATH, telegram) + _print("WhatsApp", WHATSAPP_PATH, whatsapp)
    is_alive = httpx.get(f"{url}/health", trust_env=False).status_code == 200
    print(f"the gateway is {'alive' if is_alive else 'dead'} after {time.monotonic() - began:.0f} s")
    return 0 if is_alive and not found else 1


def _print(name: str, path: str, outcome: Outcome) -> list[str]:
    found = faults(path, outcome)
    print(f"{name}, genuine calls by status: {dict(sorted(outcome.genuine.items()))}")
    print(f"{name}, forged calls by status: {dict(sorted(outcome.forged.items()))}")
    print(f"{name}, messages stored: {outcome.stored_genuine} of genuine calls, {outcome.stored_forged} of forged ones")
    print(f"{name}, what should not have happened: {found or 'nothing'}")
    return found


def _environ(folder: Path) -> dict[str, str]:
    """A home with a release that has texts and a danger detector, and both webhooks on."""
    release = folder / "home" / "releases" / "r1"
    for name in ("guidance", "responses"):
        shutil.copytree(PROJECT / "data" / name, release / "content" / name)
    DangerDetector(None, Phrases({"violence": ["он меня убьёт"]}), {"violence": "urgent"}).save(release / "danger")
    (folder / "home" / "live").write_text("r1", "utf-8")
    return {
        "SAFAR_HOME": str(folder / "home"),
        "SAFAR_DATABASE_URL": f"sqlite:///{folder / 'safar.db'}",
        "SAFAR_TELEGRAM_MODE": "webhook",
        "SAFAR_TELEGRAM_SECRET": TELEGRAM_SECRET,
        "SAFAR_PUBLIC_URL": "https://safar.example",
    }


if __name__ == "__main__":
    sys.exit(main())
