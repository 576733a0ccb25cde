"""Needs counted: which help was needed in which country, by month, without anybody's name; also as a CSV file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from conversations.needs import SMALLEST_SHOWN, NeedCount

SMALL = f"<{SMALLEST_SHOWN}"
BAR_WIDTH = 100


@dataclass(frozen=True)
class NeedRow:
    """One need in one country; `count` is a figure or “<3”; `bar` of at most `BAR_WIDTH`, 0 for a small count."""

    need: str
    country: str
    count: str
    bar: int


class NeedsPage:
    """Routes of the page. There are no sums: a sum and its other parts would tell a small count."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """The page and the file."""
        return [
            Route("/needs", self.show, methods=["GET"]),
            Route("/needs.csv", self.download, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """One month's table: the asked one's, else the newest."""
        operator = await require_operator(self._office, request)
        counts = await run_in_threadpool(self._office.needs.by_month)
        months = list(dict.fromkeys(_month(each.month) for each in counts))
        asked = request.query_params.get("month", "")
        month = asked if asked in months else next(iter(months), "")
        rows = self._rows([each for each in counts if _month(each.month) == month], variant_of_request(request))
        return self._pages.page(
            request, "needs.html", operator=operator, months=months, month=month, rows=rows, width=BAR_WIDTH
        )

    async def download(self, request: Request) -> Response:
        """All months as CSV in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8."""
        await require_operator(self._office, request)
        counts = await run_in_threadpool(self._office.needs.by_month)
        variant, table = variant_of_request(request), io.StringIO()
        writer = csv.writer(table)
        writer.writerow(("month", "need", "name", "country", "count"))
        for each in counts:
            name = self._office.labels.name(each.need, variant)
            writer.writerow((_month(each.month), each.need, name, each.country, shown_count(each)))
        headers = {"Content-Disposition": 'attachment; filename="needs.csv"'}
        return Response("\ufeff" + table.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    def _rows(self, counts: Sequence[NeedCount], variant: str) -> list[NeedRow]:
        most = max((each.count for each in counts), default=1)
        order = sorted(counts, key=lambda each: (self._office.labels.name(each.need, variant), each.country))
        return [
            NeedRow(
                self._office.labels.name(each.need, variant),
                self._office.places.country_name(each.country, variant) if each.country else "",
                shown_count(each),
                0 if each.is_small else max(1, round(BAR_WIDTH * each.count / most)),
            )
            for each in order
        ]


def shown_count(count: NeedCount) -> str:
    """The count as it may be shown."""
    return SMALL if count.is_small else str(count.count)


def _month(day: date) -> str:
    return day.strftime("%Y-%m")
