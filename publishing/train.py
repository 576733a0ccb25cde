"""Make a release: copy the content, train Rasa, build the index, train the danger detector, write the manifest."""

import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge_base.library import Library
from knowledge_base.retriever import build_index
from language.encoder import load_encoder
from publishing.danger_data import train_danger_from
from publishing.inputs import CONTENT, hash_inputs
from publishing.progress import Progress
from publishing.release import Manifest, Releases
from publishing.training_data import count_examples, read_examples

RASA_SECONDS = 1800


class TrainingError(Exception):
    """Training did not end well; the message holds the last lines of what Rasa said."""


@dataclass(frozen=True)
class Sources:
    """Where a release comes from: the program's folder, the content's folder, the encoder."""

    project: Path
    content: Path
    encoder: str
    languages: tuple[str, ...]


def train(sources: Sources, home: Path, now: datetime, progress: Progress | None = None) -> str:
    """Make a release of the content and return its id; it is not live before `promote`."""
    progress = progress or Progress(5)
    started = time.monotonic()
    inputs = hash_inputs(sources.content, sources.project, sources.encoder)
    release = f"{now:%Y%m%d-%H%M%S}-{inputs[:6]}"
    releases = Releases(home)
    part = releases.folder / f"{release}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with progress.step("copying the content"):
        _copy_content(sources, part)
    with progress.step("training Rasa (about a minute)"):
        _train_rasa(sources, part)
    encoder = load_encoder(_encoder_of(sources, part))
    is_own = (part / "encoder" / "safar_encoder.json").is_file()  # light enough for the gateway, too
    with progress.step("building the index of the knowledge base"):
        library = Library.load(part / "content" / "faq")
        build_index(library, encoder, part / "index", foreign=_foreign(part / "content" / "nlu"))
    with progress.step("training the danger detector"):
        train_danger_from(part / "content", encoder if is_own else None).save(part / "danger")
    with progress.step("writing the manifest"):
        manifest = Manifest(
            id=release,
            made_at=now.isoformat(timespec="seconds"),
            inputs=inputs,
            encoder=encoder.fingerprint,
            entries=len(library.entries),
            examples=count_examples(part / "content" / "nlu"),
            languages=sources.languages,
            seconds=round(time.monotonic() - started, 1),
        )
        releases.write_manifest(part, manifest)
        part.rename(releases.folder / release)
    return release


def _copy_content(sources: Sources, part: Path) -> None:
    for name in CONTENT:
        source, target = sources.content / name, part / "content" / name
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in ("config.yml", "domain.yml"):
        shutil.copy2(sources.project / name, part / name)
    own_encoder = sources.project / sources.encoder
    if own_encoder.is_dir():
        shutil.copytree(own_encoder, part / "encoder")


def _foreign(nlu: Path) -> list[str]:
    """What people ask that is none of ours: the index learns from it when to say so."""
    return [example.text for example in read_examples(nlu) if example.intent == "meta.out_of_scope"]


def _encoder_of(sources: Sources, part: Path) -> str:
    return str(part / "encoder") if (part / "encoder").is_dir() else sources.encoder


def _train_rasa(sources: Sources, part: Path) -> None:
    command = [sys.executable, "-m", "bot.engine.serve", "train", "--out", str(part), "--fixed-model-name", "model"]
    command += ["--config", str(part / "config.yml"), "--domain", str(part / "domain.yml"), "--data"]
    command += [
        str(part / "content" / name) for name in ("nlu", "rules", "stories") if _has_files(part / "content" / name)
    ]
    last_lines: deque[str] = deque(maxlen=25)
    with subprocess.Popen(
        command,
        cwd=sources.project,
        env=_environment(sources, part),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last_lines.append(line.rstrip())
        code = process.wait(timeout=RASA_SECONDS)
    if code or not (part / "model.tar.gz").is_file():
        raise TrainingError("Rasa could not train (exit status {}):\n{}".format(code, "\n".join(last_lines)))


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.rglob("*.yml"))


def _environment(sources: Sources, part: Path) -> Mapping[str, str]:
    return {
        **os.environ,
        "SAFAR_CONTENT": str(part / "content"),
        "SAFAR_ENCODER": _encoder_of(sources, part),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }
