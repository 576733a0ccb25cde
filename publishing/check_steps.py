"""Check step lists and contact questions: facts that may be shown, a source, a text and known contacts for each."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidance import contact_search, step_lists
from guidance.contact_search import ContactSearch
from guidance.contacts import Organisations
from guidance.questionnaire_file import QuestionnaireError
from guidance.step_lists import Step, StepLists
from language.wording import Wording, WordingError
from publishing.check_guidance import check_items
from publishing.facts import Fact
from publishing.finding import Finding
from publishing.lines import line_of


def check_steps(content: Path, facts: Mapping[str, Fact]) -> list[Finding]:
    """Everything wrong with `guidance/step_lists.yml` and `contact_questions.yml`; a file not there has nothing."""
    folder = content / "guidance"
    steps, questions = folder / step_lists.FILE, folder / contact_search.FILE
    try:
        organisations = Organisations.load(folder) if steps.is_file() or questions.is_file() else None
        found = StepLists.load(folder) if steps.is_file() else None
        search = ContactSearch.load(folder, organisations) if organisations and questions.is_file() else None
    except QuestionnaireError as error:
        return [Finding(error.file, line_of(error.file, error.name), f"{error.name}: {error.what}")]
    except (OSError, KeyError, TypeError, ValueError) as error:
        return [Finding(folder, 0, str(error))]
    findings = list(check_items(questions, search.questionnaire.items)) if search else []
    if found and organisations:
        findings += check_items(steps, found.questionnaire.items)
        texts = _texts(content / "responses")
        findings += [each for step in found.all_steps for each in _of_step(steps, found, step, facts)]
        findings += [each for step in found.all_steps for each in _of_parts(steps, step, organisations, texts)]
    return findings


def _of_step(file: Path, lists: StepLists, step: Step, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    for name in step.facts:
        if name not in facts or not facts[name].is_usable:
            message = f"{step.id}: fact {name!r} may not be shown: unknown, without source, or of low confidence"
            yield Finding(file, line_of(file, name), message)
    if not lists.sources(step) and step.facts:
        yield Finding(file, line_of(file, step.id), f"{step.id}: names facts and no source")


def _of_parts(file: Path, step: Step, organisations: Organisations, texts: frozenset[str]) -> Iterator[Finding]:
    if step.text_key not in texts:
        yield Finding(file, line_of(file, step.id), f"{step.id}: there is no text {step.text_key} in the responses")
    for name in step.contacts:
        if organisations.contact(name) is None:
            yield Finding(file, line_of(file, name), f"{step.id}: contact {name!r} does not exist")


def _texts(folder: Path) -> frozenset[str]:
    try:
        return frozenset(Wording.load(folder).keys())
    except WordingError:  # named where the wording itself is checked
        return frozenset()
