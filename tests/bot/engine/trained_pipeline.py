"""Trains the smallest pipeline of a component for real, in this process, and loads it as `safar ask` does."""

import os
from pathlib import Path
from unittest import mock

from rasa.model_training import train_nlu

from bot.engine.understand import Understanding
from tests.bot.engine.running_engine import PROJECT

CONFIGS = Path(__file__).parent / "configs"
EXAMPLES = PROJECT / "data" / "nlu.yml"


def train_pipeline(component: str, out: Path, encoder: Path, examples: Path = EXAMPLES) -> Path:
    """Train `configs/<component>.yml`; returns the model's path."""
    config = str(CONFIGS / f"{component}.yml")
    with mock.patch.dict(os.environ, SAFAR_ENCODER=str(encoder)):
        return Path(train_nlu(config, str(examples), str(out), fixed_model_name=component))


def trained(component: str, out: Path, encoder: Path) -> Understanding:
    """A trained and loaded pipeline."""
    return Understanding.load(train_pipeline(component, out, encoder))
