"""Shows what did not fit under a question: other countries, citizenships, days. Made for those who do not type."""

from actions.buttons import button, menu_button, payload, place_buttons
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered, Button, Heard
from actions.show_menu import page_of, show_menu
from actions.turn import DialogueAction

INTENT = "more_choices"
_BESIDE = 3
"""Buttons that stand beside a page of places: the next page, a change, a way out."""


class MoreChoices(DialogueAction):
    """In a form nothing is said: the form asks again, and its question shows the choices that were wanted."""

    action_name = "action_more_choices"

    def answer(self, heard: Heard) -> Answered:
        """See `more_choices`."""
        return more_choices(self._ground, heard)


def more_choices(ground: Ground, heard: Heard) -> Answered:
    """Outside of a form one may say anew in which country one is; every other button is too old: the menu."""
    if heard.form and heard.slots.get("requested_slot"):
        return Answered(text="", topic="meta.menu")
    if heard.value("item") != "country":
        return show_menu(ground, heard)
    menu = menu_button(ground, heard.variant)
    return Answered(
        text=ground.wording.text("ask_which_country", heard.variant),
        buttons=(*place_choices(ground, heard, "country", ()), menu),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={"pending": "country"},
    )


def is_wanted(heard: Heard, item: str) -> bool:
    """Whether this message wants to see more choices of this kind."""
    return heard.intent == INTENT and heard.value("item") == item


def place_choices(ground: Ground, heard: Heard, kind: str, first: tuple[str, ...]) -> tuple[Button, ...]:
    """These places and “another one”; after that was tapped, the others in pages, each with a way to the next."""
    if first and not is_wanted(heard, kind):
        other = _more(ground, heard, "button_other_place", kind, 0)
        return (*place_buttons(ground, heard.variant, kind, first), other)
    others = [code for code in ground.places.codes() if code not in first and code != _excluded(heard, kind)]
    size = MAX_BUTTONS - _BESIDE
    pages = [others[start : start + size] for start in range(0, len(others), size)]
    page = page_of(heard.value("page")) % len(pages)
    following = _more(ground, heard, "button_other_place", kind, (page + 1) % len(pages))
    return (*place_buttons(ground, heard.variant, kind, pages[page]), following)


def _excluded(heard: Heard, kind: str) -> str | None:
    """Nobody needs a tool for their own country."""
    return heard.slots.get("country") if kind == "citizenship" else None


def _more(ground: Ground, heard: Heard, key: str, item: str, page: int) -> Button:
    return button(ground, heard.variant, key, payload(INTENT, item=item, page=str(page)))
