"""/metrics for Prometheus: the gateway's counts and the database's figures; /health: this process is alive."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from console.office import Office
from conversations.statistics import Statistics, read_statistics

GAUGES = {
    "conversations": "Conversations stored.",
    "inbox_waiting": "Messages of migrants that wait for their turn.",
    "inbox_oldest_seconds": "Age of the oldest of them.",
    "outbox_waiting": "Messages to migrants that wait for delivery.",
    "handovers_waiting": "Conversations that wait for an operator.",
    "handovers_held": "Conversations that operators have in hand.",
    "handovers_oldest_seconds": "Longest wait for an operator.",
}


class Measures:
    """Routes for machines; nothing of what people said is in them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[BaseRoute]:
        """Metrics and health."""
        return [Route("/metrics", self.metrics, methods=["GET"]), Route("/health", self.health, methods=["GET"])]

    async def metrics(self, _request: Request) -> Response:
        """All figures in Prometheus' text format."""
        text = await run_in_threadpool(self._read)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    async def health(self, _request: Request) -> Response:
        """This process answers."""
        return JSONResponse({"status": "ok"})

    def _read(self) -> bytes:
        statistics = read_statistics(self._office.database, self._office.clock())
        figures, counts = CollectorRegistry(), CollectorRegistry()
        figures.register(_Figures(statistics))
        folder: Path = self._office.settings.home / "run" / "metrics"
        if folder.is_dir():
            MultiProcessCollector(counts, path=str(folder))  # type: ignore[no-untyped-call]
        return generate_latest(figures) + generate_latest(counts)


class _Figures(Collector):
    """The database's figures of one moment."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics

    def collect(self) -> Iterator[Metric]:
        """One family each; what only grows is a counter."""
        for name, help_text in GAUGES.items():
            yield GaugeMetricFamily(f"safar_{name}", help_text, value=getattr(self._statistics, name))
        totals = CounterMetricFamily("safar_stored", "What was stored and done in all.", labels=["what"])
        for what, value in self._statistics.totals.items():
            totals.add_metric([what], value)
        yield totals
