"""Counts of the gateway for Prometheus, in files that the console reads and serves at /metrics."""

import os
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def count_into(folder: Path) -> None:
    """Let this process count into files of `folder`, where all processes are added up. Before the first `Metrics`."""
    folder.mkdir(parents=True, exist_ok=True)
    # The library takes the folder from the environment only, and decides when it is first imported.
    os.environ[FOLDER_VARIABLE] = str(folder)


class Metrics:
    """What the gateway counts."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        registry = CollectorRegistry()
        self._received = Counter("safar_messages_received", "Messages stored.", ["channel", "kind"], registry=registry)
        self._refused = Counter(
            "safar_messages_refused", "Messages not taken, by reason.", ["reason"], registry=registry
        )
        self._danger = Counter("safar_danger", "Messages that may hide danger, by level.", ["level"], registry=registry)
        self._answered = Counter("safar_turns", "Turns finished, by way.", ["way"], registry=registry)
        self._delivered = Counter(
            "safar_deliveries", "Messages to messengers, by outcome.", ["channel", "outcome"], registry=registry
        )
        self._notices = Counter("safar_notices", "Notices of the gateway, by kind.", ["kind"], registry=registry)
        self._asked = Counter(
            "safar_engine_asked", "Questions to the engine, by outcome.", ["outcome"], registry=registry
        )
        self._engine_seconds = Histogram(
            "safar_engine_seconds", "Time until the engine has answered.", registry=registry
        )
        self._answer_seconds = Histogram(
            "safar_answer_seconds",
            "Time from a message's arrival until its turn is over.",
            registry=registry,
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
        )

    def received(self, channel: str, kind: str, danger: str) -> None:
        """A message is stored; `kind` is text or button."""
        self._received.labels(channel, kind).inc()
        if danger != "none":
            self._danger.labels(danger).inc()

    def refused(self, reason: str) -> None:
        """A message was turned away."""
        self._refused.labels(reason).inc()

    def delivered(self, channel: str, outcome: str) -> None:
        """A message was handed to a messenger; `outcome` is delivered, retried, held or failed."""
        self._delivered.labels(channel, outcome).inc()

    def notice(self, kind: str) -> None:
        """The gateway has said something by itself."""
        self._notices.labels(kind).inc()

    def asked(self, outcome: str, seconds: float) -> None:
        """The engine was asked; `outcome` is answered, or why not."""
        self._asked.labels(outcome).inc()
        self._engine_seconds.observe(seconds)

    def turn(self, way: str, seconds: float) -> None:
        """A message has had its turn."""
        self._answered.labels(way).inc()
        self._answer_seconds.observe(seconds)
