"""The release that a benchmark measures, and retrievers of other libraries with its weights."""

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from foundation.settings import load_settings
from knowledge_base.fusion import Fusion
from knowledge_base.index import QuestionIndex
from knowledge_base.keywords import Keywords, documents_of
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from language.encoder import Encoder, load_encoder
from publishing.release import Manifest, ReleaseError, Releases
from safar.engine_pair import encoder_of
from safar.live_release import release_folder


@dataclass(frozen=True)
class TrainedRelease:
    """A release: its folder, its manifest, and the folder or name of its encoder."""

    folder: Path
    manifest: Manifest
    encoder_folder: str

    @property
    def library(self) -> Library:
        """Its entries."""
        return Library.load(self.folder / "content" / "faq")

    def encoder(self) -> Encoder:
        """Load its encoder; raises `EncoderError`."""
        return load_encoder(self.encoder_folder)

    def retriever(self, encoder: Encoder) -> Retriever:
        """Its own retriever; raises `IndexMismatchError`."""
        return Retriever.load(self.folder / "index", self.library, encoder)

    def retriever_of(self, library: Library, encoder: Encoder, index: QuestionIndex) -> Retriever:
        """A retriever of other entries, of which `index` is, that weighs what it finds as this release does."""
        documents = [(text, number) for number, entry in enumerate(library.entries) for text in documents_of(entry)]
        keywords = Keywords.build([text for text, _ in documents], [number for _, number in documents])
        return Retriever(library, encoder, index, keywords, Fusion.load(self.folder / "index"))


def trained_release(description: str | None) -> TrainedRelease | None:
    """The release that the command line names (`--release`), else the live one; None, and says why, if there is none.

    Homes are told apart by `SAFAR_HOME`, as everywhere.
    """
    parser = ArgumentParser(description=description)
    parser.add_argument("--release", help="id of a release (default: the live one)")
    named = parser.parse_args().release
    settings = load_settings(os.environ)
    try:
        folder = release_folder(settings, named)
    except ReleaseError as error:
        print(f"not measured: {error}")
        return None
    return TrainedRelease(folder, Releases(settings.home).manifest(folder.name), encoder_of(folder, settings))
