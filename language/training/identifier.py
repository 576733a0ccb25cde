"""Trains the language identifier on our own content and, where it lies at hand, on parallel texts of programs."""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from language.folding import skeleton
from language.identify import CARD_FILE, DEFAULT_FOLDER, MODEL_FILE, Identifier, pieces_of, words_of
from language.training import noise
from language.transliteration import uzbek_to_cyrillic, uzbek_to_latin

SEED = 20261121
LANGUAGES = ("ru", "uz", "tg", "ky", "kk", "en")
CLASSES = tuple(
    [f"{language}-Cyrl" for language in ("ru", "uz", "tg", "ky", "kk", "other")]
    + [f"{language}-Latn" for language in ("uz", "en", "ru", "tg", "ky", "kk", "other")]
)
_EVERYDAY = Path(__file__).with_name("everyday_sentences.tsv")
_OTHER_LANGUAGES = Path(__file__).with_name("other_languages.tsv")
_GREETINGS = Path(__file__).with_name("greetings.tsv")
_MAX_PIECES = 90_000
_MIN_TEXTS_WITH_PIECE = 4
_MAX_TEXTS_OF_PROGRAMS = 7_000
_MAX_TEXTS_OF_CLASS = 22_000
# Who asks for another language writes in that one.
_IN_ANY_LANGUAGE = {"meta.language"}
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True)
class Example:
    """A text, the language that it is in, and how many noisy forms it is worth."""

    text: str
    language: str
    forms: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the sub-command."""
    parser.add_argument("--content", type=Path, default=Path("data"), help="folder with nlu/, danger/, faq/")
    parser.add_argument("--parallel", type=Path, help="table with the columns en, ru, uz, uz_cyrl, tg, ky, kk")
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER, help="where the model goes")
    parser.add_argument("--hold-out", type=float, default=0.0, help="share of our own sentences kept for measuring")


def run(arguments: argparse.Namespace) -> None:
    """Train, write the model, and print how it does on the sentences held out."""
    own = [example for example in read_content(arguments.content) if not is_borrowed_greeting(example)]
    if not own:
        raise SystemExit(f"no training sentences under {arguments.content}")
    held_out = [example for example in own if _is_held_out(example.text, arguments.hold_out)]
    kept = [example for example in own if not _is_held_out(example.text, arguments.hold_out)]
    programs = list(read_parallel(arguments.parallel)) if arguments.parallel else []
    written = [*read_everyday_sentences(), *read_greetings(), *read_other_languages()]
    examples = [*kept, *programs, *written, *gibberish(Random(SEED))]
    print(f"{len(kept)} own sentences, {len(programs)} texts of programs, {len(held_out)} held out")
    train(examples, arguments.folder)
    if held_out:
        print(json.dumps(measure(Identifier.load(arguments.folder), held_out), indent=1))


def train(examples: Iterable[Example], folder: Path) -> None:
    """Fit the model on `examples` and their noisy forms and write it to `folder`."""
    random = Random(SEED)
    forms = _balanced([form for example in examples for form in forms_of(example, random)], random)
    lists = [pieces_of(words_of(text)) for text, _ in forms]
    pieces = _choose_pieces(lists)
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=8, tol=None, average=True, random_state=SEED)
    model.fit(_matrix(lists, pieces), [name for _, name in forms])
    columns = [list(model.classes_).index(name) for name in CLASSES]
    _write(folder, pieces, model.coef_[columns].T, model.intercept_[columns], len(forms))


def measure(identifier: Identifier, examples: Iterable[Example]) -> dict[str, float]:
    """Return the share of right languages per language and script, without any previous message."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for example in examples:
        found, name = identifier.identify(example.text), _class_of(example.text, example.language)
        seen[name] += 1
        right[name] += f"{found.language}-{found.script}" == name
    return {name: round(right[name] / seen[name], 4) for name in sorted(seen)} | {
        "all": round(right.total() / seen.total(), 4)
    }


def read_content(folder: Path) -> Iterator[Example]:
    """Yield what people write (nlu, danger) and what they read (faq) in all languages of our content."""
    for language in LANGUAGES:
        for path in sorted((folder / "nlu" / language).glob("*.yml")):
            for intent in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
                lines = [] if intent.get("intent") in _IN_ANY_LANGUAGE else intent["examples"].splitlines()
                texts = (line.strip().removeprefix("- ") for line in lines)
                yield from (Example(text, language, 6) for text in texts if any(map(str.isalpha, text)))
        path = folder / "danger" / f"{language}.yml"
        if path.exists():
            content = yaml.safe_load(path.read_text("utf-8"))
            for level in ("urgent", "concern", "none"):
                yield from (Example(str(text), language, 6) for text in content.get(level) or [])
    for path in sorted((folder / "faq").rglob("*.yml")):
        yield from _read_entry(yaml.safe_load(path.read_text("utf-8")))


def _read_entry(entry: Mapping[str, Mapping[str, str | list[str]]]) -> Iterator[Example]:
    for part in ("questions", "answer", "steps"):
        for variant, texts in (entry.get(part) or {}).items():
            for text in [texts] if isinstance(texts, str) else texts:
                yield Example(text, variant.partition("-")[0], 4)


def read_parallel(path: Path) -> Iterator[Example]:
    """Yield texts of programs, the same number of each language at most, chosen by their hash."""
    rows = sorted(_rows(path), key=lambda row: _hash(row["key"]))
    for language, column in [*zip(LANGUAGES, LANGUAGES, strict=True), ("uz", "uz_cyrl")]:
        script = "Latn" if column in ("en", "uz") else "Cyrl"
        texts = (text for row in rows if _is_in_script(text := row[column] or "", script))
        for text, _ in zip(texts, range(_MAX_TEXTS_OF_PROGRAMS), strict=False):
            yield Example(text, language, 3 if language in ("ky", "kk") else 2)


def read_everyday_sentences() -> Iterator[Example]:
    """Yield everyday sentences in those of our languages of which the content holds least."""
    yield from (Example(row["text"], row["language"], 16) for row in _rows(_EVERYDAY))


def read_greetings() -> Iterator[Example]:
    """Yield greetings and thanks in the languages that share them, all with the same weight."""
    yield from (Example(row["text"], row["language"], 16) for row in _rows(_GREETINGS))


def is_borrowed_greeting(example: Example) -> bool:
    """Whether a Russian or English example is a greeting of our other languages and nothing else."""
    words = skeleton(example.text).split()
    return example.language in ("ru", "en") and bool(words) and set(words) <= _words_of_greetings()


@cache
def _words_of_greetings() -> frozenset[str]:
    others = (example for example in read_greetings() if example.language not in ("ru", "en"))
    return frozenset(word for example in others for word in skeleton(example.text).split() if len(word) > 3)


def read_other_languages() -> Iterator[Example]:
    """Yield sentences in languages that Safar does not speak."""
    yield from (Example(row["text"], "other", 30) for row in _rows(_OTHER_LANGUAGES))


def gibberish(random: Random, count: int = 1500) -> Iterator[Example]:
    """Yield rows of random letters, as a child or a pocket types them."""
    for letters in ("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзхфывапролджэячсмитьбю"):
        for _ in range(count):
            words = ["".join(random.choices(letters, k=random.randint(3, 12))) for _ in range(random.randint(1, 4))]
            yield Example(" ".join(words), "other", 1)


def forms_of(example: Example, random: Random) -> Iterator[tuple[str, str]]:
    """Yield (text, class) of the example itself and of as many noisy forms as it is worth."""
    yield example.text, _class_of(example.text, example.language)
    for _ in range(example.forms - 1):
        text = _typed(example, random)
        if any(letter.isalpha() for letter in text):
            yield text, _class_of(text, example.language)


def _typed(example: Example, random: Random) -> str:
    text, language = example.text, example.language
    if random.random() < 0.4:
        text = noise.piece_of(text, random)
    if language == "uz":
        text = uzbek_to_cyrillic(text) if random.random() < 0.5 else uzbek_to_latin(text)
    if language not in ("ru", "other") and len(text.split()) > 3 and random.random() < 0.25:
        text = noise.with_russian_words(text, random, is_latin=_script_of(text) == "Latn")
    if _script_of(text) == "Cyrl" and random.random() < 0.5:
        text = noise.without_special_letters(text, random)
    elif language == "uz":
        text = noise.in_uzbek_habits(text, random) if random.random() < 0.7 else text
    if language in ("ru", "tg", "ky", "kk") and random.random() < 0.5:
        text = noise.romanised(text, random)
    if language != "other" and random.random() < 0.1:
        text = noise.with_a_foreign_name(text, random)
    return noise.with_slips(text, random) if random.random() < 0.4 else text


def _balanced(forms: list[tuple[str, str]], random: Random) -> list[tuple[str, str]]:
    random.shuffle(forms)
    seen: Counter[str] = Counter()
    kept = []
    for text, name in forms:
        seen[name] += 1
        if name in CLASSES and seen[name] <= _MAX_TEXTS_OF_CLASS:
            kept.append((text, name))
    return kept


def _choose_pieces(lists: Iterable[list[str]]) -> list[str]:
    texts_with = Counter(piece for pieces in lists for piece in set(pieces))
    frequent = [piece for piece, count in texts_with.most_common(_MAX_PIECES) if count >= _MIN_TEXTS_WITH_PIECE]
    return sorted(frequent)


def _matrix(lists: list[list[str]], pieces: list[str]) -> csr_matrix:
    column_of = {piece: column for column, piece in enumerate(pieces)}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in lists:
        known = [column_of[piece] for piece in found if piece in column_of]
        columns.extend(known)
        values.extend([1 / max(1.0, len(known)) ** 0.5] * len(known))
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(lists), len(pieces)), dtype=np.float64)


def _write(
    folder: Path, pieces: list[str], weights: NDArray[np.float64], bias: NDArray[np.float64], count: int
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scale = np.float32(np.abs(weights).max() / 127)
    np.savez_compressed(
        folder / MODEL_FILE,
        pieces=np.frombuffer("\n".join(pieces).encode("utf-8"), dtype=np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        bias=bias.astype(np.float32),
    )
    card = {"classes": list(CLASSES), "pieces": len(pieces), "training_texts": count, "seed": SEED}
    (folder / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _class_of(text: str, language: str) -> str:
    return f"{language}-{_script_of(text)}"


def _script_of(text: str) -> str:
    return "Cyrl" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "Latn"


def _is_in_script(text: str, script: str) -> bool:
    return len(text) > 3 and _script_of(text) == script


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_held_out(text: str, share: float) -> bool:
    return _hash(text) % 1000 < share * 1000


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8"))
