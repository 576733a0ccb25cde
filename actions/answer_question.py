"""Answers a question from the knowledge base, asks back for the country, or says that it is not in our content."""

from dataclasses import replace
from typing import Any

from actions.attempts import after_answer, failed
from actions.buttons import (
    asylum_buttons,
    button,
    entry_buttons,
    feedback_buttons,
    human_button,
    menu_button,
    payload,
    unique,
)
from actions.details import changes, known, remember_command
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.more_choices import place_choices
from actions.questionnaires import tool_of
from actions.tools import OFFERED, PERMIT, start_of
from actions.turn import DialogueAction
from knowledge_base.answer import compose
from knowledge_base.entry import Entry

MAX_RELATED = 3
KEPT_RANKING = 5
MIN_FALLBACK_CONFIDENCE = 0.08
"""Below this the likeliest topic of a message that was not understood is no topic of ours."""


class AnswerQuestion(DialogueAction):
    """A question about any topic but the assistant itself."""

    action_name = "action_answer_question"

    def answer(self, heard: Heard) -> Answered:
        """See `answer_question`."""
        return answer_question(self._ground, heard)


def answer_question(ground: Ground, heard: Heard) -> Answered:
    """Answer what was asked in words, or by the button of a topic."""
    changed = changes(heard)
    answered = _by_words(ground, heard) if heard.text else _by_topic(ground, heard)
    return replace(
        answered,
        slots={**answered.slots, **changed, "question": _kept(heard), "deadline_for": None},
        commands=(*answered.commands, *remember_command(changed)),
    )


def show(
    ground: Ground, heard: Heard, entry: Entry, others: tuple[Entry, ...] = (), confidence: float = 1.0
) -> Answered:
    """One entry as an answer, with related questions, an offer where it has one, and "did this help?"."""
    related = tuple(ground.library.entry(name) for name in entry.related if ground.library.has(name))
    offered, pending = _offered(ground, heard, entry)
    asked = ground.wording.text("offer_human_now" if pending == "human" else "did_this_help", heard.variant)
    return Answered(
        text=f"{compose(entry, heard.variant, heard.today, ground.wording, ground.places.country_name)}\n\n{asked}",
        buttons=unique(
            (
                *offered,
                *entry_buttons(heard.variant, _different(entry, related + others)[:MAX_RELATED]),
                *_more_questions(ground, heard, entry),
                *feedback_buttons(ground, heard.variant),
                menu_button(ground, heard.variant),
            )
        ),
        entry=entry.id,
        topic=entry.topic,
        topics=_topics(heard, entry.topic),
        confidence=confidence,
        slots={**after_answer(heard), "entry": entry.id, "pending": pending},
        is_end_of_form=_is_safety(ground, entry.topic) and not tool_of(heard.form),
    )


def _by_words(ground: Ground, heard: Heard) -> Answered:
    places = known(heard)
    retrieval = ground.retriever.find(
        heard.text,
        variant=heard.variant,
        country=places["country"],
        citizenship=places["citizenship"],
        topics=heard.topic_ranking,
        today=heard.today,
    )
    entries = tuple(match.entry for match in retrieval.matches)
    if retrieval.is_in_content and retrieval.countries and not places["country"]:
        return _ask_country(ground, heard, retrieval.countries, entries[0].topic if entries else None)
    if retrieval.is_in_content and entries:
        return show(ground, heard, entries[0], entries[1:], _confidence(retrieval.matches[0].score))
    return _not_in_content(ground, heard, entries)


def _by_topic(ground: Ground, heard: Heard) -> Answered:
    places = known(heard)
    entries = tuple(
        entry
        for entry in ground.library.of_topic(heard.intent)
        if entry.fits(places["country"], places["citizenship"]) and entry.is_valid_on(heard.today)
    )
    countries = tuple(sorted({entry.country for entry in entries} - {"any"}))
    if not places["country"] and len(countries) > 1:
        return _ask_country(ground, heard, countries, heard.intent)
    if not entries:
        return _not_in_content(ground, heard, ())
    first, *others = sorted(entries, key=lambda entry: entry.country == "any")
    return show(ground, heard, first, tuple(others))


def _ask_country(ground: Ground, heard: Heard, countries: tuple[str, ...], topic: str | None) -> Answered:
    return Answered(
        text=ground.wording.text("ask_which_country", heard.variant),
        buttons=place_choices(ground, heard, "country", countries[:7]),
        topic=topic or _topic(heard),
        topics=_topics(heard, topic),
        confidence=heard.confidence,
        slots={"pending": "country"},
    )


def _not_in_content(ground: Ground, heard: Heard, near: tuple[Entry, ...]) -> Answered:
    key = "not_understood" if heard.intent == "nlu_fallback" else "not_in_content"
    text = ground.wording.text(key, heard.variant)
    if near:
        text = f"{text} {ground.wording.text('perhaps_one_of_these', heard.variant)}"
    answered = failed(ground, heard, text, entry_buttons(heard.variant, near[:MAX_RELATED]))
    answered = replace(answered, topic=_topic(heard), topics=_topics(heard))
    return _with_a_person(ground, heard, answered) if _is_safety(ground, answered.topic) else answered


def _with_a_person(ground: Ground, heard: Heard, answered: Answered) -> Answered:
    """What may hide danger is never left with "I do not know": a person comes first, and no form goes on."""
    offer = ground.wording.text("offer_human_now", heard.variant)
    return replace(
        answered,
        text=f"{ground.wording.text('not_in_content', heard.variant)}\n\n{offer}",
        buttons=unique((human_button(ground, heard.variant), *answered.buttons)),
        slots={**answered.slots, "pending": "human"},
        is_end_of_form=True,
    )


def _more_questions(ground: Ground, heard: Heard, entry: Entry) -> tuple[Button, ...]:
    """The way to the other questions of the topic, where there are any for this person."""
    places = known(heard)
    of_topic = (e for e in ground.library.of_topic(entry.topic) if e.fits(places["country"], places["citizenship"]))
    if not any(other.id != entry.id and other.is_valid_on(heard.today) for other in of_topic):
        return ()
    return (button(ground, heard.variant, "button_more_questions", payload("meta.menu", topic=entry.topic)),)


def _is_safety(ground: Ground, topic: str) -> bool:
    return topic in ground.topics.ids and ground.topics.kind(topic) == "safety"


def _offered(ground: Ground, heard: Heard, entry: Entry) -> tuple[tuple[Button, ...], str]:
    """Buttons that stand first, and what a bare "yes" answers."""
    tools = (_tool_button(ground, heard, entry.offer),) if entry.offer in OFFERED and not tool_of(heard.form) else ()
    if _is_safety(ground, entry.topic):
        return (human_button(ground, heard.variant), *asylum_buttons(ground, heard.variant, entry), *tools), "human"
    if tools:
        return (*tools, human_button(ground, heard.variant)), "feedback"
    if entry.offer == "operator":
        return (human_button(ground, heard.variant), *asylum_buttons(ground, heard.variant, entry)), "feedback"
    if entry.offer == "registration_deadline":
        title = ground.wording.text("button_count_deadline", heard.variant)
        return (Button(title, "/registration.arrival"),), "registration"
    if entry.offer == "stay_days":
        return (Button(ground.wording.text("button_count_days", heard.variant), "/start_stay"),), "stay"
    if entry.offer == PERMIT:
        return (_tool_button(ground, heard, PERMIT), human_button(ground, heard.variant)), PERMIT
    if entry.offer == "unpaid_wages":
        wages = button(ground, heard.variant, "button_start_wages", "/start_wages")
        return (wages, human_button(ground, heard.variant)), "feedback"
    if entry.offer == "transfer_cost":
        return (button(ground, heard.variant, "button_start_transfer", "/start_transfer"),), "transfer"
    return (), "feedback"


def _tool_button(ground: Ground, heard: Heard, tool: str) -> Button:
    return button(ground, heard.variant, f"button_start_{tool}", start_of(tool))


def _different(entry: Entry, others: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple({other.id: other for other in others if other.id != entry.id}.values())


def _topic(heard: Heard) -> str:
    topic, confidence = next(iter(heard.topic_ranking.items()), ("meta.out_of_scope", 0.0))
    is_guess = heard.intent == "nlu_fallback" and confidence < MIN_FALLBACK_CONFIDENCE
    return "meta.out_of_scope" if is_guess else topic


def _topics(heard: Heard, first: str | None = None) -> tuple[str, ...]:
    return tuple(dict.fromkeys([first or _topic(heard), *heard.topic_ranking]))[:3]


def _confidence(score: float) -> float:
    return min(1.0, max(0.0, score))


def _kept(heard: Heard) -> dict[str, Any]:
    return {"text": heard.text, "ranking": dict(list(heard.ranking.items())[:KEPT_RANKING])}
