"""Fixtures for all tests: databases, free ports, and the rule that under CI a skipped test has failed."""

import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg2
import pytest

POSTGRES = os.environ.get("SAFAR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
ABSENT_DATA = "the public data sets are absent"
hypothesis.settings.register_profile("safar", deadline=None)  # a machine may be busy; speed has tests of its own
hypothesis.settings.load_profile("safar")


def _postgres_answers() -> bool:
    try:
        psycopg2.connect(POSTGRES, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


HAS_POSTGRES = _postgres_answers()


def pytest_report_header() -> list[str]:
    """Say which database the tests use."""
    found = "used" if HAS_POSTGRES else "no server answers (set SAFAR_TEST_POSTGRES); SQLite only"
    return [f"PostgreSQL: {found}"]


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    """The address of a database for this run of the tests, dropped afterwards."""
    name = f"safar_test_{uuid.uuid4().hex[:12]}"
    _on_postgres(POSTGRES, f'CREATE DATABASE "{name}"')
    yield f"{POSTGRES.rsplit('/', 1)[0]}/{name}"
    _on_postgres(POSTGRES, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"] if HAS_POSTGRES else ["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, empty database (on PostgreSQL: a schema of its own), once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'safar.db'}"
        return
    database: str = request.getfixturevalue("postgres_database")
    schema = f"test_{uuid.uuid4().hex[:12]}"
    _on_postgres(database, f'CREATE SCHEMA "{schema}"')
    yield f"{database}?options=-csearch_path%3D{schema}"
    _end_sessions_and_drop(database, schema)


def _end_sessions_and_drop(database: str, schema: str) -> None:
    _on_postgres(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    _on_postgres(database, f'DROP SCHEMA "{schema}" CASCADE')


def _on_postgres(address: str, statement: str) -> None:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


@pytest.fixture
def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def shared_data() -> Path:
    """The folder of public data sets; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(ABSENT_DATA)
    return SHARED_DATA


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI (SAFAR_NO_SKIPS) a skipped test has failed, unless public data sets are absent."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if os.environ.get("SAFAR_NO_SKIPS") and report.skipped and ABSENT_DATA not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is a failure here: {report.longrepr}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down which tests failed, for `.ci/run`."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    file = os.environ.get("SAFAR_FAILED_TESTS")
    if file and reporter is not None:
        failed = [report.nodeid for kind in ("failed", "error") for report in reporter.stats.get(kind, [])]
        Path(file).write_text("\n".join(failed), "utf-8")
