"""Country and citizenship in a questionnaire: what is remembered answers its questions; what is told is remembered."""

from collections.abc import Mapping

from actions.details import changes, named, words_beside
from actions.heard import Heard
from guidance.questionnaire import ONE_OF, Answers, Item, Questionnaire
from language.folding import skeleton

MAX_WORDS_BESIDE_A_PLACE = 5
Places = Mapping[str, str | None]
"""country, citizenship → ISO code; None where it was taken back, or is none of those in the list."""


def known_places(slots: Mapping[str, object]) -> dict[str, str | None]:
    """Country and citizenship as remembered, those that are known only."""
    return {kind: str(slots[kind]) for kind in ("country", "citizenship") if slots.get(kind)}


def with_places(questionnaire: Questionnaire, answers: Answers, places: Places) -> dict[str, str]:
    """The answers with every question for a place answered by what is known of it.

    A place that is named, but as None, was taken back ("not Tajik"): its question is open again.
    """
    now = dict(answers)
    for question in questionnaire.items:
        if not question.place or question.place not in places:
            continue
        code = places[question.place]
        if code is None:
            now = {name: reply for name, reply in now.items() if name not in (question.id, *question.choices)}
        elif (choice := of_code(questionnaire, question, code)) and choice.id not in now:
            now = questionnaire.with_choice(now, choice.id)
    return now


def of_code(questionnaire: Questionnaire, question: Item, code: str) -> Item | None:
    """The choice of this country, or the one for all others."""
    choices = [questionnaire.item(name) for name in question.choices]
    own = next((each for each in choices if each.code == code), None)
    return own or next((each for each in choices if not each.code), None)


def typed_choice(questionnaire: Questionnaire, answers: Answers, asked: Item, heard: Heard) -> Item | None:
    """The choice that a typed text picks: by its title, or by the country that it names in few words."""
    offered = questionnaire.choices(asked, answers)
    titled = (each for each in offered if skeleton(heard.text) in set(map(skeleton, each.title.values())))
    if asked.kind != ONE_OF or not any(each.code for each in offered):
        return next(titled, None)
    return next(titled, None) or _by_place(questionnaire, asked, heard)


def placed_by(choice: Item, question: Item, questionnaire: Questionnaire, slots: Mapping[str, object]) -> Places:
    """What a choice tells to be remembered; nothing where the place known already is one of “all others”."""
    if not question.place:
        return {}
    codes = {questionnaire.item(name).code for name in question.choices}
    if not choice.code and slots.get(question.place) not in codes:
        return {}
    return {question.place: choice.code or None}


def told_places(questionnaire: Questionnaire, heard: Heard) -> Places:
    """Places told in few words, wherever they are asked for; changed ones, or such as are taken back."""
    is_asked = any(question.place in named(heard) for question in questionnaire.items if question.place)
    return changes(heard) if heard.text and is_asked and _is_short(heard) else {}


def _by_place(questionnaire: Questionnaire, asked: Item, heard: Heard) -> Item | None:
    told = named(heard)
    code = told.get(asked.place or "country")
    if asked.place == "citizenship" and not code and told.get("country") != heard.slots.get("country"):
        code = told.get("country")
    return of_code(questionnaire, asked, code) if code and _is_short(heard) else None


def _is_short(heard: Heard) -> bool:
    return "?" not in heard.text and words_beside(heard, ()) <= MAX_WORDS_BESIDE_A_PLACE
