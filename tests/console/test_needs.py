"""Needs counted: by month, need and country; small counts hidden on the page and in the file."""

import csv
import io
from collections.abc import Callable

import pytest

from conversations.commands import CountNeeds
from conversations.inbox import Inbox
from conversations.reply import Reply
from conversations.turn import finish_turn
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def count(street: Street, clock: MovableClock) -> Callable[..., None]:
    """Let so many people name needs."""

    def named(times: int, *needs: str, country: str | None = "RU") -> None:
        for _ in range(times):
            street.writes(street.arrives(), "бале")
            claimed = Inbox(street.database).claim("worker", clock(), 30)
            assert claimed is not None
            finish_turn(street.database, claimed, [Reply("Хуб")], [CountNeeds(needs, country, "TJ")], "r1", clock())

    return named


def test_an_empty_board_says_so(visit: Visit) -> None:
    assert "Nothing has been counted yet." in visit("Madina").open("/needs").text


def test_a_count_under_three_is_not_shown_as_a_figure(visit: Visit, count: Callable[..., None]) -> None:
    count(2, "return_home")
    count(3, "return_home", country="KZ")
    page = visit("Madina").open("/needs").text
    assert '<td class="number">&lt;3</td>' in page and '<td class="number">3</td>' in page
    assert '<td class="number">2</td>' not in page and '<td class="number">5</td>' not in page, "nor any sum"
    assert 'rect width="0"' in page and 'rect width="100"' in page


def test_needs_and_countries_are_named_in_the_operators_language(visit: Visit, count: Callable[..., None]) -> None:
    count(3, "asylum")
    count(3, "asylum", country=None)
    page = visit("Madina", "tg").open("/needs").text
    assert "паноҳ, агар баргаштан хатарнок бошад" in page and "Русия" in page and "номаълум" in page
    assert "asylum" not in page


def test_months_stand_apart_and_can_be_chosen(visit: Visit, count: Callable[..., None], clock: MovableClock) -> None:
    count(4, "shelter")
    clock.move(days=15)
    count(5, "shelter")
    madina = visit("Madina")
    assert '<td class="number">5</td>' in madina.open("/needs").text
    page = madina.open("/needs?month=2026-11").text
    assert '<td class="number">4</td>' in page and '<option value="2026-11" selected>' in page
    assert '<td class="number">5</td>' in madina.open("/needs?month=1999-01'").text, "an unknown month is the newest"


def test_the_file_holds_all_months_and_hides_small_counts(
    visit: Visit, count: Callable[..., None], clock: MovableClock
) -> None:
    count(3, "shelter")
    clock.move(days=15)
    count(1, "shelter", country=None)
    answer = visit("Madina").open("/needs.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["month", "need", "name", "country", "count"],
        ["2026-12", "shelter", "a safe place to stay for a time", "", "<3"],
        ["2026-11", "shelter", "a safe place to stay for a time", "RU", "3"],
    ]
