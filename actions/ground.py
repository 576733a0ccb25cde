"""What all answers stand on: wording, topics, entries, retriever and rules of one release, loaded once."""

from dataclasses import dataclass
from pathlib import Path

from guidance.places import Places
from guidance.registration import Registration
from guidance.stay import Stays
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from knowledge_base.topics import Topics
from language.encoder import load_encoder
from language.wording import Wording


@dataclass(frozen=True)
class Ground:
    """Everything that an answer may look into; nothing here changes while it is used."""

    wording: Wording
    topics: Topics
    library: Library
    retriever: Retriever
    registration: Registration
    places: Places
    stays: Stays

    @classmethod
    def load(cls, release_dir: Path, content: Path, encoder_path: str) -> "Ground":
        """Read a release and its content; errors of the parts come through unchanged."""
        encoder = load_encoder(encoder_path)
        library = Library.load(content / "faq")
        return cls(
            wording=Wording.load(content / "responses"),
            topics=Topics.load(content / "topics.yml"),
            library=library,
            retriever=Retriever.load(release_dir / "index", library, encoder),
            registration=Registration.load(content / "guidance"),
            places=Places.load(content / "guidance"),
            stays=Stays.load(content / "guidance"),
        )
