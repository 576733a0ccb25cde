"""Counts of the parallel corpus, the training examples and the second reading, as tables.

python -m benchmarks.corpus
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from publishing.parallel_corpus import LANGUAGES, Row, read_corpus
from publishing.training_data import read_examples

DATA = Path(__file__).parents[1] / "data"
LONG_WORDS = 10
STYLES = ("plain", "colloquial", "official")
SPEAKERS = ("migrant", "family", "employer", "official", "operator")


def main() -> int:
    """Print the tables."""
    rows = read_corpus(DATA / "parallel")
    print("### Rows of each file\n")
    _table(("file", "rows", "second wordings", *STYLES, *SPEAKERS), _of_files(rows))
    print("\n### Words of a sentence, mean\n")
    _table(LANGUAGES, [[f"{mean(len(row.texts[each].split()) for row in rows):.1f}" for each in LANGUAGES]])
    print("\n### Rows of each topic\n")
    counts = Counter(row.topic for row in rows if not row.is_second)
    print(", ".join(f"{topic} {count}" for topic, count in sorted(counts.items())))
    print("\n### The second reading: mean of 1-5 before anything was mended, and sentences that were mended\n")
    _table(("language", "judged", "naturalness", "5", "4", "3 or less", "meaning", "mended"), _of_reading())
    print("\n### Training examples\n")
    _table(
        ("language", "examples", "fewest of a topic", "out of scope", "10 words or more", "lower case or Latin-typed"),
        _of_examples(),
    )
    return 0


def _of_files(rows: Sequence[Row]) -> Iterable[Sequence[object]]:
    files: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        files[row.file.name.partition(".")[0]].append(row)
    files["**all**"] = list(rows)
    for name, of_file in files.items():
        firsts = [row for row in of_file if not row.is_second]
        styles, speakers = Counter(row.style for row in firsts), Counter(row.speaker for row in firsts)
        numbers = [*(styles[each] for each in STYLES), *(speakers[each] for each in SPEAKERS)]
        yield (name, len(firsts), len(of_file) - len(firsts), *numbers)


def _of_reading() -> Iterable[Sequence[object]]:
    scores: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with (DATA / "parallel" / "reading" / "scores.tsv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            scores[line["language"]].append((int(line["naturalness"]), int(line["meaning"])))
    with (DATA / "parallel" / "reading" / "mended.tsv").open(encoding="utf-8", newline="") as lines:
        mended = {line["language"]: line["sentences"] for line in csv.DictReader(lines, delimiter="\t")}
    for language in LANGUAGES:
        natural = [first for first, _ in scores[language]]
        shares = [sum(each in wanted for each in natural) / len(natural) for wanted in ((5,), (4,), (1, 2, 3))]
        means = f"{mean(natural):.2f}", f"{mean(second for _, second in scores[language]):.2f}"
        yield (
            language,
            len(natural),
            means[0],
            *(f"{100 * share:.0f} %" for share in shares),
            means[1],
            mended[language],
        )


def _of_examples() -> Iterable[Sequence[object]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    texts: dict[str, list[str]] = defaultdict(list)
    for example in read_examples(DATA / "nlu"):
        counts[example.language][example.intent] += 1
        if "." in example.intent:
            texts[example.language].append(example.text)
    for language in LANGUAGES:
        of_topics = {intent: count for intent, count in counts[language].items() if "." in intent}
        long = mean(len(text.split()) >= LONG_WORDS for text in texts[language])
        noisy = mean(_is_typed_carelessly(text, language) for text in texts[language])
        numbers = sum(counts[language].values()), min(of_topics.values()), of_topics["meta.out_of_scope"]
        yield (language, *numbers, f"{100 * long:.0f} %", f"{100 * noisy:.0f} %")


def _is_typed_carelessly(text: str, language: str) -> bool:
    """The two signs of noise that can be counted: a small first letter, Latin letters in a Cyrillic language."""
    return text[:1].islower() or (language not in ("en", "uz") and bool(re.search("[a-z]{3}", text)))


def _table(head: Sequence[object], lines: Iterable[Sequence[object]]) -> None:
    print("| " + " | ".join(map(str, head)) + " |")
    print("|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(map(str, line)) + " |")


if __name__ == "__main__":
    sys.exit(main())
