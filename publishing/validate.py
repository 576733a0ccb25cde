"""Check all content before anything is made of it; every finding names file, line and what to do."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from foundation.settings import PROJECT
from guidance.contacts import EmergencyNumbers
from guidance.permit_rules import PermitRules
from guidance.places import Places
from guidance.reference_rates import ReferenceRates
from guidance.registration import Registration
from guidance.stay import Stays
from guidance.transfer_marks import TransferMarks
from guidance.transfer_offers import TransferOffers
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from language.training.lexicon import LexiconError, read_lexicon
from language.wording import Wording, WordingError
from publishing.check_contacts import check_contacts
from publishing.check_danger import check_danger
from publishing.check_entries import check_entries, usable_facts
from publishing.check_examples import check_examples
from publishing.check_guidance import check_guidance
from publishing.check_lexicon import check_lexicon
from publishing.check_overlap import check_overlap, check_questions
from publishing.check_parallel import check_parallel
from publishing.check_rules import check_rules
from publishing.check_steps import check_steps
from publishing.facts import read_facts
from publishing.finding import Finding
from publishing.held_out import HeldOut, read_held_out
from publishing.parallel_corpus import CorpusError, read_corpus
from publishing.training_data import TrainingDataError, read_examples

HELD_OUT = PROJECT / "tests" / "evaluation"


def validate(content: Path, held_out: Path = HELD_OUT) -> list[Finding]:
    """Everything wrong with the content, parallel corpus and lexicon included, which only the encoder learns from."""
    with ProcessPoolExecutor(1, get_context("spawn")) as second_core:
        for_encoder = second_core.submit(validate_for_encoder, content)
        return [*validate_for_release(content, held_out), *for_encoder.result()]


def validate_for_encoder(content: Path) -> list[Finding]:
    """Everything wrong with parallel corpus and lexicon; about half of the work of `validate`."""
    topics = Topics.load(content / "topics.yml")
    places = frozenset(_place_names(content))
    return [*_parallel(content, topics.ids, places), *_lexicon(content / "lexicon")]


def validate_for_release(content: Path, held_out: Path = HELD_OUT) -> list[Finding]:
    """Everything wrong with what a release is made of; errors forbid it, warnings do not.

    `held_out` holds the sentences that nothing may be trained on.
    """
    topics = Topics.load(content / "topics.yml")
    places = frozenset(_place_names(content))
    measured = read_held_out(held_out)
    return [
        *_examples(content, topics.ids, places, measured),
        *check_danger(content / "danger", measured),
        *_entries(content, topics.ids, measured),
        *_loads(content / "responses", lambda: Wording.load(content / "responses")),
        *_loads(content / "guidance", lambda: Registration.load(content / "guidance")),
        *_loads(content / "guidance", lambda: Stays.load(content / "guidance")),
        *_loads(content / "guidance", lambda: PermitRules.load(content / "guidance")),
        *_loads(content / "guidance", lambda: ReferenceRates.load(content / "guidance")),
        *_loads(content / "guidance", lambda: TransferMarks.load(content / "guidance")),
        *_loads(content / "guidance", lambda: TransferOffers.load(content / "guidance")),
        *_loads(content / "guidance", lambda: EmergencyNumbers.load(content / "guidance")),
        *check_contacts(content),
        *check_steps(content, read_facts(content / "facts")),
    ]


def _examples(
    content: Path, topics: Collection[str], places: Collection[str], held_out: Sequence[HeldOut]
) -> list[Finding]:
    try:
        examples = read_examples(content / "nlu")
    except TrainingDataError as error:
        return [Finding(content / "nlu", 0, str(error))]
    return [*check_examples(examples, topics, places), *check_overlap(examples, held_out)]


def _parallel(content: Path, topics: Collection[str], places: Collection[str]) -> list[Finding]:
    try:
        return check_parallel(read_corpus(content / "parallel"), topics, places)
    except CorpusError as error:
        return [Finding(content / "parallel", 0, str(error))]


def _lexicon(folder: Path) -> list[Finding]:
    try:
        return check_lexicon(read_lexicon(folder))
    except LexiconError as error:
        return [Finding(folder, 0, str(error))]


def _entries(content: Path, topics: Collection[str], held_out: Sequence[HeldOut]) -> list[Finding]:
    folder = content / "faq"
    try:
        library = Library.load(folder)
        facts = usable_facts(content / "facts")
        found = check_entries(library, topics, facts, folder)
        return [
            *found,
            *check_rules(library, content),
            *check_questions(library, folder, held_out),
            *check_guidance(content, library, facts),
        ]
    except ValueError as error:  # of an entry (EntryError) or of the facts; it names the file
        return [Finding(folder, 0, str(error))]


def _loads(path: Path, load: Callable[[], object]) -> Iterator[Finding]:
    try:
        load()
    except (WordingError, ValueError, KeyError, OSError) as error:
        yield Finding(path, 0, str(error))


def _place_names(content: Path) -> Collection[str]:
    try:
        return Places.load(content / "guidance").folded_names()
    except (ValueError, OSError):
        return ()
