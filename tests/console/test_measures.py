"""/metrics and /health."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.console.conftest import MovableClock, Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
COUNTING = """
from prometheus_client import CollectorRegistry, Counter
Counter("safar_turns", "Turns finished, by way.", ["way"], registry=CollectorRegistry()).labels("engine").inc()
"""


def _figures(text: str) -> dict[tuple[str, str], float]:
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_health_says_that_the_console_is_alive(visit: Visit) -> None:
    answer = visit().open("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_metrics_hold_the_figures_of_the_database(visit: Visit, street: Street, clock: MovableClock) -> None:
    street.waits()
    street.handovers.take(street.waits(), "Madina", clock())
    clock.move(seconds=90)
    answer = visit().open("/metrics")
    figures = _figures(answer.text)
    assert answer.headers["content-type"].startswith("text/plain")
    assert figures["safar_conversations", ""] == 2
    assert figures["safar_handovers_waiting", ""] == 1
    assert figures["safar_handovers_held", ""] == 1
    assert figures["safar_handovers_oldest_seconds", ""] == 90
    assert figures["safar_stored_total", "handovers"] == 2


def test_metrics_add_what_two_processes_of_the_gateway_have_counted(visit: Visit, environ: dict[str, str]) -> None:
    folder = Path(environ["SAFAR_HOME"]) / "run" / "metrics"
    folder.mkdir(parents=True)
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", COUNTING], check=True, env=environ)
    assert _figures(visit().open("/metrics").text)["safar_turns_total", "engine"] == 2


def test_metrics_hold_no_words_of_a_migrant(visit: Visit, street: Street) -> None:
    conversation_id = street.waits("сирри ман")
    text = visit().open("/metrics").text
    assert "сирри" not in text and conversation_id not in text
