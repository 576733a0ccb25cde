"""The four step lists: all steps that the answers choose, with their contacts, and none for somebody else."""

from collections.abc import Sequence
from functools import partial

from actions.buttons import payload
from actions.ground import Ground
from actions.tools import STEP_LISTS, STEPS, start_of
from guidance.contacts import Organisation
from guidance.step_lists import Step
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Tool, pieces
from tests.simulated_people.tools.placed import answered, names_barred, placed_reply, placed_words


def _steps(ground: Ground, person: Person, name: str) -> tuple[Step, ...]:
    return ground.step_lists.steps(answered(ground.step_lists.questionnaire, person, name))


def _expected(name: str, ground: Ground, person: Person) -> Sequence[str]:
    steps = _steps(ground, person, name)
    said = [piece for step in steps for piece in pieces(ground, step.text_key, person.variant)]
    contacts = [each.name(person.variant) for each in _contacts(ground, person, steps)]
    is_open = any(ground.step_lists.is_open(step) for step in steps)
    recheck = [ground.wording.text("step_recheck", person.variant)] if is_open else []
    sources = [source.title for step in steps for source in ground.step_lists.sources(step)]
    return [ground.step_lists.title(name, person.variant), *said, *contacts, *recheck, *sources]


def _barred(name: str, ground: Ground, person: Person) -> Sequence[str]:
    steps = _steps(ground, person, name)
    others = [step for step in ground.step_lists.all_steps if step not in steps]
    texts = [ground.wording.text(step.text_key, person.variant, number="") for step in others]
    answers = answered(ground.step_lists.questionnaire, person, name)
    in_fear = ground.step_lists.fears_state(answers)
    return [*texts, *names_barred(ground, person, _contacts(ground, person, steps), in_fear)]


def _contacts(ground: Ground, person: Person, steps: Sequence[Step]) -> list[Organisation]:
    """Those that help where the person is, and offices of states."""
    found = [each for step in steps for name in step.contacts if (each := ground.organisations.contact(name))]
    return [each for each in found if each.is_shown and (each.helps_in(person.country) or each.is_state)]


STEP_LIST_TOOLS = tuple(
    Tool(
        STEPS,
        start_of(name),
        "steps_form",
        placed_reply,
        placed_words,
        partial(_expected, name),
        partial(_barred, name),
        payload("show_step", step="all"),
    )
    for name in STEP_LISTS
)
