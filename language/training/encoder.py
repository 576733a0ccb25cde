"""Trains the sentence encoder: `python -m language.training encoder --data … --teacher … --wordnet … --out …`."""

import json
import random
import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from language.static_encoder import FOLDER_MARK, PREPARATION, StaticEncoder
from language.training.batches import ConceptPairs, EnglishTexts, ParallelPairs, TopicPairs
from language.training.encoder_card import Facts, write_card
from language.training.encoder_figures import Figures, measure
from language.training.english import EnglishError, read_english
from language.training.lessons import Lessons, ask_teacher
from language.training.lexicon import LexiconError, read_lexicon
from language.training.parallel_text import Row, read_corpus_rows, read_own_rows, read_public_rows
from language.training.prepared_lexicon import PreparedConcept, prepare_lexicon
from language.training.static_embedding import DIMENSION, Draws, teach
from language.training.teacher import TeacherError
from language.training.topic_examples import TopicExample, read_topic_examples
from language.training.word_pieces import learn_word_pieces

SEED = 20261121
PIECES = 32_000
STEPS = 1500
MEASURED_ROWS = 1000
MEASURED_SHARE = 6
"""Every sixth example is kept apart when figures are taken."""
OWN_REPEATS = 5
"""How often our own sentences and words count when word pieces are learnt: they are few, and are what is asked."""
WORDNET = Path("/usr/share/wordnet")


@dataclass(frozen=True)
class Ground:
    """What is learnt from."""

    rows: list[Row]
    examples: list[TopicExample]
    concepts: list[PreparedConcept]
    lessons: Lessons


def add_arguments(parser: ArgumentParser) -> None:
    """The options of the sub-command."""
    parser.add_argument("--data", type=Path, required=True, help="folder of the public parallel text")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2 with its vocab.txt")
    parser.add_argument("--wordnet", type=Path, default=WORDNET, help="folder with WordNet's data.noun")
    parser.add_argument("--teacher-cache", type=Path, help="file that keeps the teacher's vectors for the next time")
    parser.add_argument("--content", type=Path, default=Path("data"), help="folder of our own content")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; what is there is replaced")
    parser.add_argument("--steps", type=int, default=STEPS, help="batches to learn from")


def run(arguments: Namespace) -> int:
    """Train, measure, write; 0, or 1 where the data cannot be read."""
    started = time.monotonic()
    try:
        rows = _shuffled(read_public_rows(arguments.data))
        corpus = _shuffled(read_corpus_rows(arguments.content))
        concepts = prepare_lexicon(read_lexicon(arguments.content / "lexicon"))
        english = read_english(arguments.teacher, arguments.wordnet)
    except (OSError, LexiconError, EnglishError) as error:
        _say(f"what the encoder learns from cannot be read: {error}")
        return 1
    own = read_own_rows(arguments.content) + corpus
    examples = read_topic_examples(arguments.content)
    _say(f"{len(rows)} public rows; of our own {len(own)} rows, {len(concepts)} meanings, {len(examples)} examples")
    try:
        lessons = ask_teacher(arguments.teacher, english, rows + own, DIMENSION, arguments.teacher_cache, _say)
    except TeacherError as error:
        _say(str(error))
        return 1
    ground = Ground(own, examples, concepts, lessons)
    _say("[1/2] training without the sentences that are kept apart, for the figures")
    figures = _measured(rows, ground, arguments.steps, arguments.out)
    _say("[2/2] training on everything")
    pieces = _train(replace(ground, rows=rows + own), arguments.steps, arguments.out)
    facts = Facts(
        public_rows=len(rows),
        own_rows=len(own) - len(corpus),
        corpus_rows=len(corpus),
        own_examples=len(examples),
        concepts=len(concepts),
        english=len(lessons.alone),
        steps=arguments.steps,
        pieces=pieces,
        seed=SEED,
    )
    write_card(arguments.out, facts, figures, round(time.monotonic() - started))
    _say(f"written to {arguments.out} after {time.monotonic() - started:.0f} s")
    return 0


def _shuffled(rows: list[Row]) -> list[Row]:
    return random.Random(SEED).sample(rows, len(rows))


def _measured(rows: list[Row], own: Ground, steps: int, out: Path) -> Figures:
    """Figures of a twin that has seen neither the measured rows (nor the teacher's word on them) nor the examples."""
    measured_rows = min(MEASURED_ROWS, len(rows) // 10)
    kept_apart = [example for number, example in enumerate(own.examples) if number % MEASURED_SHARE == 0]
    known = [example for number, example in enumerate(own.examples) if number % MEASURED_SHARE]
    folder = out.with_name(out.name + ".measured")
    _train(replace(own, rows=rows[measured_rows:] + own.rows, examples=known), steps, folder)
    figures = measure(StaticEncoder.load(folder), rows[:measured_rows], known, kept_apart)
    shutil.rmtree(folder)
    _say(f"  {figures}")
    return figures


def _train(ground: Ground, steps: int, out: Path) -> int:
    """Write an encoder to `out`; gives the number of its pieces."""
    started = time.monotonic()
    tokenizer = learn_word_pieces(_texts(ground), PIECES, _words(ground))
    pieces = int(tokenizer.get_vocab_size())
    _say(f"  {pieces} word pieces after {time.monotonic() - started:.0f} s")
    chances = (random.Random(SEED + number) for number in range(1, 5))
    draws = Draws(
        ParallelPairs(ground.rows, ground.lessons, next(chances)),
        ConceptPairs(ground.concepts, next(chances)),
        EnglishTexts(ground.lessons, next(chances)),
        TopicPairs(ground.examples, next(chances)),
    )
    model = teach(tokenizer, draws, ground.lessons, steps, SEED, _say)
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    model.half().save(str(part), create_model_card=False)
    mark = {"kind": "StaticEmbedding", "preparation": PREPARATION, "pieces": pieces}
    (part / FOLDER_MARK).write_text(json.dumps(mark, indent=1) + "\n", "utf-8")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
    return pieces


def _texts(ground: Ground) -> Iterator[str]:
    yield from (text for row in ground.rows for text in row.texts.values())
    yield from (ground.lessons.texts[number] for number in ground.lessons.alone)
    for _ in range(OWN_REPEATS):
        yield from (example.text for example in ground.examples)
        yield from (text for concept in ground.concepts for texts in concept.values() for text in texts)


def _words(ground: Ground) -> Iterator[str]:
    """Words that become pieces of their own: those of the lexicon, and the teacher's English."""
    for concept in ground.concepts:
        yield from (word for texts in concept.values() for text in texts for word in text.split())
    yield from (ground.lessons.texts[number] for number in ground.lessons.words)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
