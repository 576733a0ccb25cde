"""Suggestions for operators: how often one of three entries is on the topic, and how long a message takes.

`python -m benchmarks.suggestions HOME` with the home folder of a live release. The messages are the examples of
`data/nlu`, with which Rasa was trained; the index of entries, which answers here without Rasa, has not seen them.
"""

import random
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from console.live_index import Indexed, LiveIndex
from foundation.settings import PROJECT, load_settings
from knowledge_base.library import Library
from publishing.training_data import read_examples

PER_LANGUAGE = 400
SEED = 7
TODAY = date(2026, 11, 22)


def main() -> int:
    """Print the table; gives the exit status."""
    home = Path(sys.argv[1])
    indexed = LiveIndex(load_settings({"SAFAR_HOME": str(home)})).get()
    library = Library.load(home / "releases" / indexed.release / "content" / "faq")
    topics = {entry.topic for entry in library.entries}
    examples = [each for each in read_examples(PROJECT / "data" / "nlu") if each.intent in topics]
    spans: list[float] = []
    print("| language | messages | first, % | among three, % |\n|---|---|---|---|")
    for language in ("ru", "uz", "tg", "ky", "kk", "en"):
        of_language = [(each.text, each.intent) for each in examples if each.language == language]
        sample = random.Random(SEED).sample(of_language, min(PER_LANGUAGE, len(of_language)))
        found = Counter(_place(indexed, text, topic, language, spans) for text, topic in sample)
        first, three = found[0], found[0] + found[1] + found[2]
        print(f"| {language} | {len(sample)} | {100 * first / len(sample):.1f} | {100 * three / len(sample):.1f} |")
    spans.sort()
    print(
        f"\nmilliseconds a message: median {spans[len(spans) // 2]:.1f}, 95 % under {spans[len(spans) * 95 // 100]:.1f}"
    )
    return 0


def _place(indexed: Indexed, text: str, topic: str, variant: str, spans: list[float]) -> int:
    """The place of the first entry on the topic among the three; 3 where none is."""
    began = time.perf_counter()
    find = indexed.retriever.find
    retrieval = find(text, variant=variant, country=None, citizenship=None, topics={}, today=TODAY)
    spans.append((time.perf_counter() - began) * 1000)
    on_topic = [number for number, match in enumerate(retrieval.matches) if match.entry.topic == topic]
    return on_topic[0] if on_topic else 3


if __name__ == "__main__":
    sys.exit(main())
