"""`safar coverage`: print what answers each topic in each country and language, and how long the sentences are."""

import argparse
import sys
from collections.abc import Sequence

from foundation.settings import Settings
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from publishing.check_sentences import MOST_WORDS, MOST_WORDS_ON_AVERAGE, Length, lengths
from publishing.coverage import coverage, gaps, table
from publishing.facts import read_facts
from publishing.said import said_in_entries
from safar.folders import FolderError, require_content

HELP = "print which topic is answered where, in which languages, and how long the sentences are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`safar coverage` takes no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print both tables and what is empty; 1 where something is."""
    try:
        require_content(settings.content)
        library = Library.load(settings.content / "faq")
        rows = coverage(library, Topics.load(settings.content / "topics.yml"), read_facts(settings.content / "facts"))
    except (FolderError, ValueError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    print(table(rows))
    print(f"\n{_of_lengths(lengths(said_in_entries(library, settings.content / 'faq')))}")
    empty = gaps(rows)
    print(f"\nempty: {'; '.join(empty) or 'nothing'}")
    return 1 if empty else 0


def _of_lengths(found: Sequence[Length]) -> str:
    head = f"sentences | words a sentence (at most {MOST_WORDS_ON_AVERAGE}) | words a part | over {MOST_WORDS} words"
    lines = [f"| language | {head} |", "|---" * 5 + "|"]
    for each in found:
        means = f"{each.words_per_sentence:.1f} | {each.words_per_part:.1f}"
        lines.append(f"| {each.language} | {each.sentences} | {means} | {each.long_sentences} |")
    return "\n".join([*lines, "\nA part ends at a full stop, a colon or a semicolon (Björnsson's LIX)."])
