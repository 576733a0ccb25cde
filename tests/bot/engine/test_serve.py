"""The engine as a process: start, memory, and what stops the start. Each pins a finding about rasa 3.6.21."""

import subprocess
import sys
from pathlib import Path

import pytest
import rasa

from tests.bot.engine.conftest import migrated
from tests.bot.engine.running_engine import PROJECT, ROOT, TOKEN, RunningEngine, serve

READY_SECONDS = 10
MEMORY_MEGABYTES = 350


def test_the_patches_are_for_the_version_that_is_installed() -> None:
    assert rasa.__version__ == "3.6.21"


def test_the_engine_is_ready_quickly_and_stays_small(engine: RunningEngine) -> None:
    for number in range(50):
        engine.ask("small", str(number), "здравствуйте")
    assert engine.ready_after_seconds < READY_SECONDS
    assert engine.memory_megabytes() < MEMORY_MEGABYTES


def test_no_tensorflow_and_no_torch_is_loaded(engine: RunningEngine) -> None:
    loaded = Path(f"/proc/{engine.process.pid}/maps").read_text("utf-8")
    assert "numpy" in loaded
    assert "tensorflow" not in loaded
    assert "libtorch" not in loaded


def test_what_stands_in_for_tensorflow_refuses_to_work() -> None:
    code = (
        "import os; from bot.engine.serve import prepare; prepare(os.environ)\n"
        "from rasa.nlu.classifiers.diet_classifier import DIET\n"
        "try: DIET(None, None, None)\n"
        "except RuntimeError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "without which this process was started" in done.stdout


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("store", "bot.engine.tracker_store.CompactTrackerStor", "CompactTrackerStor"),
        ("store", "bot.engine.tracker_stor.CompactTrackerStore", "tracker_stor"),
        ("database", f"sqlite:///{__file__}/safar.db", "SAFAR_DATABASE_URL"),
        ("token", "", "token"),
    ],
)
def test_what_would_lose_conversations_stops_the_start(
    model: Path, tmp_path: Path, free_port: int, setting: str, value: str, said: str
) -> None:
    values = {"store": "bot.engine.tracker_store.CompactTrackerStore", "token": TOKEN}
    values["database"] = migrated(f"sqlite:///{tmp_path / 'safar.db'}")
    values[setting] = value
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(
        f"tracker_store: {{type: {values['store']}, database_url: '{values['database']}'}}\n"
        f"nlg: {{type: bot.engine.responses.SideBySideResponses, content: '{PROJECT}'}}\n",
        "utf-8",
    )
    process = serve(
        "run", "--model", str(model), "--interface", "127.0.0.1", "--port", str(free_port),
        "--endpoints", str(endpoints), SAFAR_ENGINE_TOKEN=values["token"], SAFAR_RELEASE_DIR=str(tmp_path),
    )  # fmt: skip
    try:
        output = process.communicate(timeout=30)[0]
    finally:
        process.kill()
    assert process.returncode != 0
    assert said in output
