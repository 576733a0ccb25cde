"""Webhooks as events: the recorded ones, broken ones, and those of other phone numbers."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.channel import UNREADABLE, DeliveryMark, IncomingMessage, UnreadableError
from bot.channels.whatsapp.payloads import read, read_all
from bot.limits import check_id
from tests.bot.channels.whatsapp.conftest import NOW
from tests.bot.channels.whatsapp.mutations import mutated, recorded

CASES = recorded()


def test_a_broken_payload_raises_nothing_but_unreadable() -> None:
    outcomes = {"events": 0, "nothing": 0, "unreadable": 0}
    for raw in mutated(2000, seed=11):
        try:
            events = read(raw, NOW)
        except UnreadableError as problem:
            outcomes["unreadable"] += 1
            assert str(problem).replace(", ", "").replace("_", "").isalpha()
            continue
        outcomes["events" if events else "nothing"] += 1
        for event in events:
            assert isinstance(event, IncomingMessage | DeliveryMark)
            if isinstance(event, IncomingMessage):
                assert (event.kind == "text" and (event.text or event.pressed)) or event.kind in UNREADABLE
                assert check_id(event.message_id) and event.address.isascii()
                event.text.encode("utf-8")
                assert event.at <= NOW
    assert min(outcomes.values()) > 100


def test_what_is_broken_does_not_hold_up_the_rest() -> None:
    case = next(case for case in CASES if case["about"].startswith("A message without an id"))
    reading = read_all(case["raw"], NOW)
    assert [event.text for event in reading.events if isinstance(event, IncomingMessage)] == ["читается"]
    assert reading.problems == ["message_without_id"]


@pytest.mark.parametrize("raw", [[], {}, {"object": "page", "entry": []}, {"object": "whatsapp_business_account"}])
def test_what_is_no_webhook_of_whatsapp_is_unreadable(raw: Any) -> None:
    with pytest.raises(UnreadableError):
        read(raw, NOW)


def test_another_phone_number_is_passed_over() -> None:
    raw = copy.deepcopy(CASES[0]["raw"])
    assert len(read_all(raw, NOW, "106540352242922").events) == 1
    assert read_all(raw, NOW, "999").events == []
    raw["entry"][0]["changes"][0]["value"]["metadata"] = "broken"
    assert read_all(raw, NOW, "106540352242922").events == []


def test_the_time_is_the_platforms_but_never_to_come() -> None:
    raw = CASES[0]["raw"]
    written = int(raw["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"])
    (event,) = read(raw, NOW)
    assert isinstance(event, IncomingMessage) and event.at == datetime.fromtimestamp(written, UTC)
    earlier = event.at - timedelta(hours=1)
    (event,) = read(raw, earlier)
    assert isinstance(event, IncomingMessage) and event.at == earlier


def test_a_report_of_the_platform_is_no_event_but_is_told() -> None:
    case = next(case for case in CASES if case["about"].startswith("The platform reports"))
    assert read_all(case["raw"], NOW).platform_errors == [130429]
