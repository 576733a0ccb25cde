"""What every component of the pipeline must do, each with its smallest config, trained for real."""

from pathlib import Path

import pytest
import yaml

from tests.bot.engine.trained_pipeline import CONFIGS, trained

COMPONENTS = sorted(path.stem for path in CONFIGS.glob("*.yml"))
MODULES = Path(__file__).parents[3] / "bot" / "engine"
ODD_TEXTS = ["салом", "привет 👋", "😀", ".", "я" * 5_000, "mixed мова 123", "\u200b"]


def test_each_component_has_a_config_that_names_it() -> None:
    config = yaml.safe_load((MODULES.parents[1] / "config.yml").read_text("utf-8"))
    ours = {step["name"].split(".")[2] for step in config["pipeline"] if step["name"].startswith("bot.engine.")}
    assert ours == set(COMPONENTS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_it_trains_and_is_loaded_and_understands(component: str, tmp_path: Path, encoder: Path) -> None:
    understanding = trained(component, tmp_path, encoder)
    for text in ODD_TEXTS:
        assert understanding.parse(text) == understanding.parse(text)


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_second_training_gives_the_same(component: str, tmp_path: Path, encoder: Path) -> None:
    first, second = (trained(component, tmp_path / name, encoder) for name in ("first", "second"))
    assert first.parse("мне не платят зарплату") == second.parse("мне не платят зарплату")
