"""Trains the sentence encoder: `python -m language.training encoder --data FOLDER --out models/encoder`."""

import json
import random
import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from language.static_encoder import FOLDER_MARK, PREPARATION, StaticEncoder
from language.training.batches import ParallelPairs, TopicPairs
from language.training.encoder_card import Facts, write_card
from language.training.encoder_figures import Figures, measure
from language.training.parallel_text import Row, read_corpus_rows, read_own_rows, read_public_rows
from language.training.static_embedding import teach
from language.training.topic_examples import TopicExample, read_topic_examples
from language.training.word_pieces import learn_word_pieces

SEED = 20261121
PIECES = 24_000
STEPS = 1000
MEASURED_ROWS = 1000
MEASURED_SHARE = 6
"""Every sixth example is kept apart when figures are taken."""
OWN_REPEATS = 5
"""How often our own sentences are counted when word pieces are learnt: they are few, and are what is asked."""


@dataclass(frozen=True)
class Ground:
    """What is learnt from."""

    rows: list[Row]
    examples: list[TopicExample]


def add_arguments(parser: ArgumentParser) -> None:
    """The options of the sub-command."""
    parser.add_argument("--data", type=Path, required=True, help="folder of the public parallel text")
    parser.add_argument("--content", type=Path, default=Path("data"), help="folder of our own content")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; what is there is replaced")
    parser.add_argument("--steps", type=int, default=STEPS, help="batches to learn from")


def run(arguments: Namespace) -> int:
    """Train, measure, write; 0, or 1 where the data cannot be read."""
    started = time.monotonic()
    try:
        rows = read_public_rows(arguments.data)
    except OSError as error:
        _say(f"the public parallel text cannot be read: {error}")
        return 1
    random.Random(SEED).shuffle(rows)
    corpus = read_corpus_rows(arguments.content)
    random.Random(SEED).shuffle(corpus)
    own = Ground(read_own_rows(arguments.content) + corpus, read_topic_examples(arguments.content))
    _say(f"{len(rows)} public rows, {len(own.rows)} rows and {len(own.examples)} examples of our own")
    _say("[1/2] training without the sentences that are kept apart, for the figures")
    figures = _measured(rows, own, arguments.steps, arguments.out)
    _say("[2/2] training on everything")
    _train(Ground(rows + own.rows, own.examples), arguments.steps, arguments.out)
    own_rows = len(own.rows) - len(corpus)
    facts = Facts(len(rows), own_rows, len(corpus), len(own.examples), arguments.steps, PIECES, SEED)
    write_card(arguments.out, facts, figures, round(time.monotonic() - started))
    _say(f"written to {arguments.out} after {time.monotonic() - started:.0f} s")
    return 0


def _measured(rows: list[Row], own: Ground, steps: int, out: Path) -> Figures:
    measured_rows = min(MEASURED_ROWS, len(rows) // 10)
    kept_apart = [example for number, example in enumerate(own.examples) if number % MEASURED_SHARE == 0]
    known = [example for number, example in enumerate(own.examples) if number % MEASURED_SHARE]
    folder = out.with_name(out.name + ".measured")
    _train(Ground(rows[measured_rows:] + own.rows, known), steps, folder)
    figures = measure(StaticEncoder.load(folder), rows[:measured_rows], known, kept_apart)
    shutil.rmtree(folder)
    _say(f"  {figures}")
    return figures


def _train(ground: Ground, steps: int, out: Path) -> None:
    started = time.monotonic()
    tokenizer = learn_word_pieces(_texts(ground), PIECES)
    _say(f"  {tokenizer.get_vocab_size()} word pieces after {time.monotonic() - started:.0f} s")
    parallel = ParallelPairs(ground.rows, random.Random(SEED + 1))
    model = teach(tokenizer, parallel, TopicPairs(ground.examples, random.Random(SEED + 2)), steps, SEED, _say)
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    model.half().save(str(part), create_model_card=False)
    mark = {"kind": "StaticEmbedding", "preparation": PREPARATION, "pieces": tokenizer.get_vocab_size()}
    (part / FOLDER_MARK).write_text(json.dumps(mark, indent=1) + "\n", "utf-8")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)


def _texts(ground: Ground) -> Sequence[str]:
    texts = [text for row in ground.rows for text in row.texts.values()]
    return texts + [example.text for example in ground.examples] * OWN_REPEATS


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
