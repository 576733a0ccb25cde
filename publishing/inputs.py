"""The hash of everything that a release is made from: it decides whether training is needed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

CONTENT = ("nlu", "rules", "stories", "responses", "faq", "guidance", "danger", "topics.yml")
PROJECT_FILES = ("config.yml", "domain.yml", "requirements.lock")
PROJECT_CODE = ("language", "bot/engine", "knowledge_base", "guidance")


def hash_inputs(content: Path, project: Path, encoder: str) -> str:
    """A hash of the content, Rasa's files, the encoder and the code that trains (SHA-256, 16 hexadecimal digits)."""
    digest = hashlib.sha256(encoder.encode())
    for root, path in _files(content, project, encoder):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(content: Path, project: Path, encoder: str) -> Iterator[tuple[Path, Path]]:
    for name in CONTENT:
        yield from _below(content, content / name, "")
    for name in PROJECT_FILES:
        yield from _below(project, project / name, "")
    for name in PROJECT_CODE:
        yield from _below(project, project / name, ".py")
    yield from _below(project / encoder, project / encoder, "")


def _below(root: Path, path: Path, suffix: str) -> Iterator[tuple[Path, Path]]:
    if path.is_file():
        yield root, path
    elif path.is_dir():
        found = (file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        yield from ((root, file) for file in sorted(found) if file.name.endswith(suffix))
