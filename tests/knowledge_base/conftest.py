"""A small library, the project's encoder, and an index of both."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge_base.library import Library
from knowledge_base.retriever import Retriever, build_index
from language.encoder import Encoder, load_encoder
from tests.knowledge_base.entry_texts import FOREIGN, write_library

ROOT = Path(__file__).parents[2]
MADE_AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that comes with the project."""
    return load_encoder(str(ROOT / "models" / "encoder"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Eight entries."""
    return Library.load(write_library(tmp_path_factory.mktemp("faq")))


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory, library: Library, encoder: Encoder) -> Path:
    """The index of the library."""
    folder = tmp_path_factory.mktemp("release") / "index"
    build_index(library, encoder, folder, foreign=FOREIGN, clock=lambda: MADE_AT)
    return folder


@pytest.fixture(scope="session")
def retriever(index_folder: Path, library: Library, encoder: Encoder) -> Retriever:
    """A retriever with that index."""
    return Retriever.load(index_folder, library, encoder)
