"""The gateway's counts lie in files that another process can read and serve."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayProcess
from tests.bot.web_person import WebPerson

READ = """
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""


def test_another_process_reads_what_the_gateway_has_counted(
    home: Path, sqlite_environ: dict[str, str], free_port: int, engine: EngineStandIn, meet: Callable[..., WebPerson]
) -> None:
    process = GatewayProcess(sqlite_environ, free_port)
    process.start()
    person = meet(process.url, "ru")
    person.answer_to(person.write("Помогите, он меня убьёт"))
    person.post({"id": "1", "text": ""})
    process.terminate()
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(home / "run" / "metrics")}
    shown = subprocess.run([sys.executable, "-c", READ], env=environ, capture_output=True, text=True, check=True).stdout
    assert 'safar_messages_received_total{channel="web",kind="text"} 1.0' in shown
    assert 'safar_messages_refused_total{reason="empty"} 1.0' in shown
    assert 'safar_danger_total{level="urgent"} 1.0' in shown
    assert 'safar_notices_total{kind="safety"} 1.0' in shown
    assert 'safar_turns_total{way="engine"} 1.0' in shown
    assert 'safar_engine_asked_total{outcome="answered"} 1.0' in shown
    assert "safar_answer_seconds_count 1.0" in shown
