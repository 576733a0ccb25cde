"""Trains the language identifier on our own content and, where it lies at hand, on parallel texts of programs."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from zlib import crc32

from language.identify import DEFAULT_FOLDER, OTHER, Identifier
from language.training import noise
from language.training.foreign_languages import gibberish, read_foreign_texts
from language.training.labelled_text import LabelledText, script_of
from language.training.own_texts import (
    LANGUAGES,
    is_borrowed_greeting,
    read_content,
    read_everyday_sentences,
    read_greetings,
    read_programs,
    read_words,
)
from language.training.piece_weights import learn, write
from language.training.typed_forms import CLASSES, typed_forms

SEED = 20261121


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    parser.add_argument("--content", type=Path, default=Path("data"), help="folder with nlu/, danger/, faq/ and more")
    parser.add_argument("--parallel", type=Path, help="table with the columns en, ru, uz, uz_cyrl, tg, ky, kk")
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER, help="where the model goes")
    parser.add_argument("--hold-out", type=float, default=0.0, help="share of our own texts kept for measuring")


def run(arguments: argparse.Namespace) -> None:
    """Train, write the model, and print how it does on the texts held out: sentences, 1-3 words of them, words."""
    sentences = [text for text in read_content(arguments.content) if not is_borrowed_greeting(text)]
    if not sentences:
        raise SystemExit(f"no training sentences under {arguments.content}")
    words = list(read_words(arguments.content))
    programs = list(read_programs(arguments.parallel)) if arguments.parallel else []
    own = [each for each in [*sentences, *words] if not _is_held_out(each, arguments.hold_out)]
    own += [*programs, *read_everyday_sentences(), *read_greetings()]
    print(f"{len(sentences)} own sentences, {len(words)} words, {len(programs)} texts of programs")
    train([*own, *read_foreign_texts(own), *gibberish(Random(SEED))], arguments.folder)
    if arguments.hold_out:
        held_out = [each for each in sentences if _is_held_out(each, arguments.hold_out)]
        held_out_words = [each for each in words if _is_held_out(each, arguments.hold_out)]
        sets = {"sentences": held_out, "1-3 words": _cut(held_out), "words": held_out_words}
        identifier = Identifier.load(arguments.folder)
        print(json.dumps({name: measure(identifier, texts) for name, texts in sets.items()}, indent=1))


def train(texts: Iterable[LabelledText], folder: Path) -> None:
    """Fit the model on the forms in which `texts` are typed and write it to `folder`."""
    forms = typed_forms(texts, Random(SEED))
    place = {name: number for number, name in enumerate(CLASSES)}
    learnt = learn([text for text, _ in forms], [place[name] for _, name in forms], len(CLASSES), SEED)
    write(learnt, folder, {"classes": list(CLASSES), "training_texts": len(forms), "seed": SEED})


def measure(identifier: Identifier, texts: Iterable[LabelledText]) -> dict[str, float]:
    """Return the share of right languages per language and script, without any previous message."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for labelled in texts:
        found, script = identifier.identify(labelled.text), script_of(labelled.text)
        name = f"{labelled.language if labelled.language in LANGUAGES else OTHER}-{script}"
        seen[name] += 1
        right[name] += f"{found.language}-{found.script}" == name
    return {name: round(right[name] / seen[name], 4) for name in sorted(seen)} | {
        "all": round(right.total() / seen.total(), 4)
    }


def _cut(texts: Sequence[LabelledText]) -> list[LabelledText]:
    random = Random(SEED)
    cut = [LabelledText(noise.piece_of(each.text, random, 3), each.language, 1) for each in texts]
    return [each for each in cut if any(map(str.isalpha, each.text))]


def _is_held_out(labelled: LabelledText, share: float) -> bool:
    return crc32(labelled.text.encode("utf-8")) % 1000 < share * 1000
