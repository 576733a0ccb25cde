"""Logging in and out: cookies, form tokens, and the wait after failures."""

import itertools
from collections.abc import Callable

import pytest

from tests.console.conftest import PASSWORD, MovableClock
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def madina(employ: Callable[[str], None]) -> None:
    """There is an operator Madina."""
    employ("Madina")


def test_an_operator_logs_in_and_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    answer = visit().log_in("Madina", PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("safar_console=", "httponly", "samesite=strict", "path=/", "max-age="))


def test_logging_out_makes_the_old_cookie_worthless(visit: Visit) -> None:
    madina = visit("Madina")
    token = madina.http.cookies["safar_console"]
    assert madina.open("/").status_code == 200
    assert madina.send("/", "/logout").status_code == 303
    stranger = visit()
    stranger.http.cookies.set("safar_console", token)
    assert stranger.open("/").headers["location"] == "/login"


def test_a_wrong_name_and_a_wrong_password_get_the_same_words(visit: Visit) -> None:
    for name, password in (("Madina", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Madina", "")):
        answer = visit().log_in(name, password)
        assert answer.status_code == 403
        assert "The name or the password is not right." in answer.text
        assert "safar_console" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("name", ["Madina", "Nobody"])
def test_after_five_failures_even_the_right_password_has_to_wait(visit: Visit, clock: MovableClock, name: str) -> None:
    visitor = visit()
    for _ in range(5):
        assert visitor.log_in(name, "wrong").status_code == 403
    refused = visitor.log_in(f" {name.upper()} ", PASSWORD)
    assert refused.status_code == 429
    assert "Try again in 1 min" in refused.text
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert visitor.log_in("Aibek", "wrong").status_code == 403, "others may try"


def test_the_wait_ends_grows_with_further_failures_and_success_forgets_them(visit: Visit, clock: MovableClock) -> None:
    visitor = visit()
    for _ in range(5):
        visitor.log_in("Madina", "wrong")
    clock.move(seconds=61)
    assert visitor.log_in("Madina", "wrong").status_code == 403
    clock.move(seconds=61)
    assert "in 1 min" in visitor.log_in("Madina", PASSWORD).text, "the second wait is two minutes"
    clock.move(seconds=60)
    assert visitor.log_in("Madina", PASSWORD).status_code == 303
    again = visit()
    for _ in range(4):
        assert again.log_in("Madina", "wrong").status_code == 403
    assert again.log_in("Madina", PASSWORD).status_code == 303


def test_a_session_ends_after_its_hours(visit: Visit, clock: MovableClock) -> None:
    madina = visit("Madina")
    clock.move(hours=12, seconds=1)
    assert madina.open("/").headers["location"] == "/login"


def test_a_form_without_our_token_changes_nothing(visit: Visit) -> None:
    madina = visit("Madina")
    paths = ("/logout", "/language", "/conversations/x/take", "/login")
    for token, path in itertools.product(("", "0" * 64, "ю"), paths):
        answer = madina.http.post(path, data={"form_token": token, "variant": "tg"})
        assert answer.status_code == 403, path
        assert "out of date" in answer.text
    assert madina.open("/").status_code == 200


def test_a_form_with_somebody_elses_token_is_refused(visit: Visit) -> None:
    madina, aibek = visit("Madina"), visit("Aibek")
    stolen = aibek.open("/").text.split('name="form_token" value="')[1].split('"')[0]
    assert madina.http.post("/logout", data={"form_token": stolen}).status_code == 403


def test_a_form_sent_from_another_site_is_refused(visit: Visit) -> None:
    madina = visit("Madina")
    token = madina.open("/").text.split('name="form_token" value="')[1].split('"')[0]
    foreign = {"Origin": "https://elsewhere.example"}
    assert madina.http.post("/logout", data={"form_token": token}, headers=foreign).status_code == 403
    own = {"Origin": str(madina.http.base_url).rstrip("/")}
    assert madina.http.post("/logout", data={"form_token": token}, headers=own).status_code == 303


def test_a_huge_form_is_refused(visit: Visit) -> None:
    visitor = visit()
    assert visitor.http.post("/login", data={"name": "x" * 100_000}).status_code == 413
