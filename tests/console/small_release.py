"""A live release with a few of our entries: what suggestions need of one, made in a second."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from foundation.settings import PROJECT
from knowledge_base.library import Library
from knowledge_base.retriever import build_index
from language.encoder import load_encoder

DOMAINS = ("registration", "labour_rights", "documents")
ENCODER = str(PROJECT / "models" / "encoder")
FOREIGN = ("Какая завтра погода?", "Расскажи анекдот", "Кто выиграл матч?", "Tell me a joke", "Ob-havo qanday?")


def make_release(home: Path, name: str, domains: Iterable[str] = DOMAINS) -> None:
    """Write a release of these domains and make it live."""
    folder = home / "releases" / name
    for domain in domains:
        shutil.copytree(PROJECT / "data" / "faq" / domain, folder / "content" / "faq" / domain)
    shutil.copytree(PROJECT / "data" / "responses", folder / "content" / "responses")
    library = Library.load(folder / "content" / "faq")
    build_index(library, load_encoder(ENCODER), folder / "index", foreign=FOREIGN)
    (home / "live").write_text(f"{name}\n", "utf-8")
