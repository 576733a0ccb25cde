"""The ground of the tests with the project's own entries in place of the six small ones."""

from dataclasses import replace

from actions.ground import Ground
from knowledge_base.library import Library
from tests.actions.conftest import DATA, TopicRetriever, small_ground


def content_ground() -> Ground:
    """All entries of data/faq, found by their topic; no trained release is needed."""
    library = Library.load(DATA / "faq")
    return replace(small_ground(), library=library, retriever=TopicRetriever(library))  # type: ignore[arg-type]
