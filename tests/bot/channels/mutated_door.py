"""Thousands of broken payloads through the HTTP door of a whole gateway: what it answers, what it has stored."""

import hashlib
import hmac
import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from conversations.database import open_database
from tests.bot.channels.telegram.mutated_updates import RECORDED, mutated, recorded
from tests.bot.channels.whatsapp import mutations

TELEGRAM_SECRET = "a-Secret_1"
TELEGRAM_PATH, WHATSAPP_PATH = "/telegram/webhook", "/whatsapp/webhook"
FORGED_EACH = 4
"""Every fourth call is made by a stranger."""
ANSWERS = {TELEGRAM_PATH: {200, 400}, WHATSAPP_PATH: {200, 413}}
REFUSALS = {TELEGRAM_PATH: {401, 403}, WHATSAPP_PATH: {401}}


@dataclass
class Outcome:
    """What became of the calls of one messenger: statuses, and how many messages were stored."""

    genuine: Counter[int] = field(default_factory=Counter)
    forged: Counter[int] = field(default_factory=Counter)
    stored_genuine: int = 0
    stored_forged: int = 0


def mutate_telegram(url: str, database_url: str, count: int, seed: int) -> Outcome:
    """So many broken updates to a gateway whose webhook has `TELEGRAM_SECRET`."""
    chance = random.Random(seed)

    def body() -> bytes:
        raw = json.dumps(mutated(recorded(chance.choice(RECORDED)), chance)).encode()
        return raw[: chance.randrange(len(raw))] if chance.random() < 0.1 else raw

    def headers(_body: bytes, is_forged: bool) -> dict[str, str]:
        if not is_forged:
            return {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
        return chance.choice(({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}))

    bodies = [body() for _ in range(count)]
    calls = [(each, headers(each, number % FORGED_EACH == 0)) for number, each in enumerate(bodies)]
    return _call(url + TELEGRAM_PATH, database_url, calls)


def mutate_whatsapp(url: str, database_url: str, count: int, seed: int, app_secret: str) -> Outcome:
    """So many broken webhooks, signed with the app's secret, or not."""

    def headers(body: bytes, is_forged: bool) -> dict[str, str]:
        secret = "guessed" if is_forged else app_secret
        return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}

    bodies = [json.dumps(raw).encode() for raw in mutations.mutated(count, seed)]
    calls = [(each, headers(each, number % FORGED_EACH == 0)) for number, each in enumerate(bodies)]
    return _call(url + WHATSAPP_PATH, database_url, calls)


def _call(address: str, database_url: str, calls: list[tuple[bytes, dict[str, str]]]) -> Outcome:
    """The genuine ones first, then the forged ones: of those nothing may be stored."""
    outcome, database = Outcome(), open_database(database_url)

    def stored() -> int:
        with database.read() as connection:
            return int(connection.exec_driver_sql("SELECT value FROM totals WHERE name = 'messages'").scalar() or 0)

    with httpx.Client(trust_env=False, timeout=30) as http:
        for is_forged in (False, True):
            before = stored()
            statuses = outcome.forged if is_forged else outcome.genuine
            for number, (body, headers) in enumerate(calls):
                if (number % FORGED_EACH == 0) is is_forged:
                    statuses[_status(http, address, body, headers)] += 1
            gained = stored() - before
            if is_forged:
                outcome.stored_forged = gained
            else:
                outcome.stored_genuine = gained
    database.close()
    return outcome


def _status(http: httpx.Client, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status, 0 where there was no answer at all."""
    try:
        return http.post(address, content=body, headers=dict(headers)).status_code
    except httpx.HTTPError:
        return 0


def faults(path: str, outcome: Outcome) -> list[str]:
    """What should not have happened; empty when all is well."""
    found = [f"genuine: {status}" for status in outcome.genuine if status not in ANSWERS[path]]
    found += [f"forged: {status}" for status in outcome.forged if status not in REFUSALS[path]]
    return found + ([f"{outcome.stored_forged} forged messages were stored"] if outcome.stored_forged else [])
