"""Settings: one table, clear errors, secrets that are never shown."""

from pathlib import Path

import pytest

from foundation.settings import SettingError, Settings, load_settings
from foundation.settings_table import SETTINGS, example_file

ROOT = Path(__file__).parents[2]


def test_the_defaults_are_enough_to_start() -> None:
    settings = load_settings({})
    assert settings.port == 8080
    assert settings.console_port == 8081
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("safar.db")


def test_the_example_file_equals_the_table() -> None:
    assert (ROOT / ".env.example").read_text("utf-8") == example_file()


def test_every_field_of_the_settings_has_a_row() -> None:
    assert {setting.field for setting in SETTINGS} == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAFAR_PORT", "eighty"),
        ("SAFAR_PORT", "70000"),
        ("SAFAR_PORT", "-1"),
        ("SAFAR_LANGUAGES", "ru,xx"),
        ("SAFAR_ENGINE_TIMEOUT_SECONDS", "0"),
        ("SAFAR_ENGINE_TIMEOUT_SECONDS", "nan"),
        ("SAFAR_DEFAULT_COUNTRY", "Russia"),
        ("SAFAR_RETENTION_DAYS", "1.5"),
    ],
)
def test_a_bad_value_is_named_with_its_setting(name: str, value: str) -> None:
    with pytest.raises(SettingError) as error:
        load_settings({name: value})
    assert name in str(error.value)
    assert value in str(error.value)


def test_a_bad_secret_is_named_but_never_shown() -> None:
    with pytest.raises(SettingError) as error:
        load_settings({"SAFAR_DATABASE_URL": "mysql://root:secret@localhost/x"})
    assert "SAFAR_DATABASE_URL" in str(error.value)
    assert "secret" not in str(error.value)


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://safar@db/safar\n", "utf-8")
    settings = load_settings({"SAFAR_DATABASE_URL_FILE": str(tmp_path / "url")})
    assert settings.database_url == "postgresql://safar@db/safar"


def test_a_secret_file_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SAFAR_DATABASE_URL_FILE"):
        load_settings({"SAFAR_DATABASE_URL_FILE": str(tmp_path / "nothing")})
