"""The revisions of the tables: which ones this program knows, and bringing a database to one of them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection

FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
HEAD = "head"


def known_revisions() -> tuple[str, ...]:
    """All revisions of the migrations' folder, oldest first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None where it has no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return str(found) if found else None


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring the tables up to a revision, inside the open transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def tables_at(revision: str) -> frozenset[str]:
    """The names of the tables that a database of this revision has, without the one that holds the revision."""
    engine = create_engine("sqlite://", future=True)
    with engine.begin() as connection:
        upgrade(connection, revision)
        names = inspect(connection).get_table_names()
    engine.dispose()
    return frozenset(name for name in names if name != VERSION_TABLE and not name.startswith("sqlite_"))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
