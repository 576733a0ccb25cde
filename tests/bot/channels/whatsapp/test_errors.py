"""What the platform's error codes mean to us."""

import pytest

from bot.channels.whatsapp.errors import FAULTS, fault_of, reason_of


@pytest.mark.parametrize(
    ("code", "reason", "is_retryable"),
    [
        (0, "token_refused", True),
        (190, "token_refused", True),
        (10, "no_permission", True),
        (230, "no_permission", True),
        (4, "throttled", True),
        (80007, "throttled", True),
        (130429, "throttled", True),
        (131048, "throttled", True),
        (131056, "throttled", True),
        (368, "account_locked", False),
        (131031, "account_locked", False),
        (1, "server_error", True),
        (2, "server_error", True),
        (131000, "server_error", True),
        (131016, "server_error", True),
        (133004, "server_error", True),
        (131021, "recipient_is_sender", False),
        (131026, "undeliverable", False),
        (131047, "outside_window", False),
        (131051, "unsupported", False),
        (131053, "media", False),
        (100, "bad_request", False),
        (131009, "bad_request", False),
        (132001, "template", False),
        (133010, "number_not_ready", True),
    ],
)
def test_a_known_code(code: int, reason: str, is_retryable: bool) -> None:
    fault = fault_of(400, code)
    assert (fault.reason, fault.is_retryable) == (reason, is_retryable)
    assert reason_of(code) == reason


@pytest.mark.parametrize(
    ("status", "code", "reason", "is_retryable"),
    [
        (429, None, "throttled", True),
        (429, 777777, "throttled", True),
        (500, None, "server_error", True),
        (503, 777777, "server_error", True),
        (401, None, "token_refused", True),
        (400, 777777, "refused_777777", False),
        (302, None, "refused_http_302", False),
    ],
)
def test_an_unknown_code_is_judged_by_the_status(
    status: int, code: int | None, reason: str, is_retryable: bool
) -> None:
    fault = fault_of(status, code)
    assert (fault.reason, fault.is_retryable) == (reason, is_retryable)


def test_what_only_the_host_can_put_in_order_says_how() -> None:
    for fault in FAULTS.values():
        is_for_host = fault.reason in (
            "token_refused",
            "no_permission",
            "account_locked",
            "payment",
            "number_not_ready",
        )
        assert bool(fault.advice) or not is_for_host
