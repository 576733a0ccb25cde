"""A small ground to answer from: the real wording, topics and rules, six entries, a retriever that looks at topics."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from actions.ground import Ground
from actions.heard import Answered, Detail, Heard
from actions.serve import create_executor
from bot.engine.serve import prepare
from guidance.complaint import Complaints
from guidance.contact_search import ContactSearch
from guidance.contacts import EmergencyNumbers, Organisations
from guidance.job_offer import JobOffer
from guidance.permit_rules import PermitRules
from guidance.places import Places
from guidance.questionnaire_file import read_questionnaire
from guidance.reference_rates import ReferenceRates
from guidance.registration import Registration
from guidance.replies import Replies
from guidance.screening import Screening
from guidance.stay import Stays
from guidance.step_lists import StepLists
from guidance.transfer_marks import TransferMarks
from guidance.transfer_offers import TransferOffers
from guidance.unpaid_wages import UnpaidWages
from knowledge_base.entry import Entry, Source
from knowledge_base.library import Library
from knowledge_base.retriever import Match, Retrieval
from knowledge_base.topics import Topics
from language.variants import LANGUAGES
from language.wording import Wording
from tests.trained_release import trained_release

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 21)
Hear = Callable[..., Heard]


class TopicRetriever:
    """Finds the entries of the likeliest topic that fit; nothing for a text with "nothing" in it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(
        self,
        text: str,
        *,
        variant: str,
        country: str | None,
        citizenship: str | None,
        topics: Mapping[str, float],
        limit: int = 3,
        today: date | None = None,
    ) -> Retrieval:
        """As the real one; scores fall by a tenth."""
        found = [entry for entry in self._library.of_topic(next(iter(topics), "")) if entry.fits(country, citizenship)]
        countries = tuple(sorted({entry.country for entry in found} - {"any"}))
        matches = tuple(Match(entry, 0.9 - rank / 10) for rank, entry in enumerate(found[:limit]))
        is_asking = country is None and len(countries) > 1
        return Retrieval(matches, bool(found) and "nothing" not in text, countries if is_asking else ())


@pytest.fixture(scope="session")
def ground() -> Ground:
    """See `small_ground`."""
    return small_ground()


def small_ground() -> Ground:
    """What the actions stand on, without a trained release."""
    library = Library(
        [
            _entry("registration/papers", "registration.arrival"),
            _entry("work/permit-ru", "work.permit", offer="registration_deadline"),
            _entry("work/permit-kz", "work.permit", country="KZ"),
            _entry("bans/check", "bans.check", related=("bans/appeal", "bans/gone")),
            _entry("bans/appeal", "bans.appeal", offer="operator"),
            _entry("trafficking/papers", "trafficking.forced_labour", country="any"),
        ]
    )
    return Ground(
        wording=Wording.load(DATA / "responses"),
        topics=Topics.load(DATA / "topics.yml"),
        library=library,
        retriever=TopicRetriever(library),  # type: ignore[arg-type]
        registration=Registration.load(DATA / "guidance"),
        places=Places.load(DATA / "guidance"),
        numbers=EmergencyNumbers.load(DATA / "guidance"),
        replies=Replies.load(DATA / "guidance"),
        screening=Screening.load(DATA / "guidance"),
        job_offer=JobOffer.load(DATA / "guidance"),
        report_for_other=read_questionnaire(DATA / "guidance" / "report_for_other.yml"),
        stays=Stays.load(DATA / "guidance"),
        permits=PermitRules.load(DATA / "guidance"),
        complaints=Complaints.load(DATA / "guidance"),
        unpaid_wages=UnpaidWages.load(DATA / "guidance"),
        step_lists=StepLists.load(DATA / "guidance"),
        contacts=ContactSearch.load(DATA / "guidance", Organisations.load(DATA / "guidance")),
        reference_rates=ReferenceRates.load(DATA / "guidance"),
        transfer_offers=TransferOffers.load(DATA / "guidance"),
        transfer_marks=TransferMarks.load(DATA / "guidance"),
    )


@pytest.fixture
def hear() -> Hear:
    """Makes a message as it was understood: text, intent, details as (kind, value), slots."""

    def make(text: str = "", intent: str = "inform", *details: tuple[str, str], **more: Any) -> Heard:
        slots = more.pop("slots", {})
        ranking = more.pop("ranking", {intent: 0.9})
        placed = tuple(_placed(text, *detail) for detail in details)
        form = more.pop("form", None)
        return Heard(text, more.pop("variant", "ru"), TODAY, ranking, placed, slots, form)

    return make


@pytest.fixture
def after() -> Callable[[Heard, Answered], dict[str, Any]]:
    """The slots as they are after an answer."""
    return lambda heard, answered: {**heard.slots, **answered.slots}


@pytest.fixture(scope="session")
def rules_agent(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Rasa's agent with the rules of data/rules, on the small ground."""
    from tests.actions.rule_conversation import load_rules

    return load_rules(ground, tmp_path_factory.mktemp("rules"))


@pytest.fixture
def begin(rules_agent: Any, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Begins a conversation in a variant, held with Rasa's rules."""
    from tests.actions.rule_conversation import RuleConversation

    return lambda variant="ru": RuleConversation(rules_agent, request.node.name, variant, TODAY)


def _placed(text: str, kind: str, value: str, words: str = "") -> Detail:
    start = text.find(words) if words else 0
    return Detail(kind, value, start, start + len(words))


def _entry(name: str, topic: str, country: str = "RU", offer: str = "none", related: tuple[str, ...] = ()) -> Entry:
    return Entry(
        id=name,
        topic=topic,
        country=country,
        citizenship="any",
        confidence="high",
        facts=("REG-RU-01",),
        sources=(Source("A page", "https://example.org/page", "2026-01-15"),),
        checked_on=date(2026, 11, 1),
        review_by=date(2027, 5, 1),
        valid_from=None,
        offer=offer,
        related=related,
        questions={variant: (f"{name} {variant}?",) for variant in LANGUAGES},
        answer={variant: f"The answer of {name} in {variant}." for variant in LANGUAGES},
    )


@pytest.fixture(scope="module")
def release() -> Path:
    return trained_release()


@pytest.fixture(scope="module")
def trained_ground(release: Path) -> Ground:
    return Ground.load(release, release / "content", str(release / "encoder"))


@pytest.fixture(scope="module")
def agent(release: Path, trained_ground: Ground) -> Iterator[Any]:
    with mock.patch.dict(os.environ, SAFAR_ENCODER=str(release / "encoder"), SAFAR_CONTENT=str(release / "content")):
        prepare(os.environ)
        from tests.actions.held_conversation import load_agent

        yield load_agent(release, create_executor(trained_ground))
