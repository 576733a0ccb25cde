"""Hears a reply to a question of the complaint, tapped or typed; leaves everything else to the other rules."""

from dataclasses import dataclass

from actions.ask_complaint import INTENT
from actions.complaint_days import heard_period
from actions.complaint_sums import corrected_sums, heard_sum
from actions.complaint_taps import tapped
from actions.complaint_telling import (
    CHANGING,
    DONE,
    NO_COUNTRY,
    STOPPED,
    SUMS,
    TEXTS,
    Told,
    next_field,
    put,
    told_of,
    without_last,
)
from actions.details import named
from actions.ground import Ground
from actions.heard import Heard
from language.folding import skeleton
from language.variants import LANGUAGES, language_of

MAX_CHARS, MAX_CHARS_OF_A_STORY = 150, 600
MAX_WORDS_NOT_CAUGHT = 6
NO_QUESTIONS = frozenset({"nlu_fallback", "inform", "affirm", "deny", "meta.out_of_scope", "meta.complaint"})
OWN_SUBJECTS = ("labour_rights.", "work.")
"""Topics that an answer about one's work touches by itself."""
SURE, SURE_OF_A_QUESTION = 0.8, 0.93
"""From this confidence on a text is a wish or tells of danger; a question on another topic. Less is an answer."""
_WORDS_OF_A_QUESTION = 3


@dataclass(frozen=True)
class Reply:
    """What is told now, the key of a kind sentence where something cannot be, and how the form ends, if it does."""

    told: Told
    refusal: str | None = None
    end: str | None = None


def complaint_reply(ground: Ground, heard: Heard) -> Reply | None:
    """What the message means for the complaint; None when it is something else and is answered as such."""
    told = told_of(heard)
    if not heard.text:
        return _tapped(ground, heard, told) if heard.intent == INTENT else None
    kind = ground.replies.read(heard.text, language_of(heard.variant)[0])
    if kind == "stop":
        return Reply(told, end=STOPPED)
    if kind == "back":
        return Reply(without_last(ground, told), "answer_changed")
    if "?" in heard.text:
        return None
    if mended := corrected_sums(heard, told):
        return Reply(mended, "answer_changed")
    field = next_field(ground, told)
    if field is None or CHANGING in told:
        return _to_preview(ground, heard, told, kind)
    return _typed(ground, heard, told, field, kind)


def _tapped(ground: Ground, heard: Heard, told: Told) -> Reply:
    found = tapped(ground, told, heard.value("item") or "", heard.value("reply") or "")
    if found is None:
        return Reply(told, "complaint_button_gone")
    return Reply(found.told, end=found.end)


def _to_preview(ground: Ground, heard: Heard, told: Told, kind: str | None) -> Reply | None:
    if kind == "yes" and CHANGING not in told:
        return Reply(told, end=DONE)
    if kind == "no":
        return Reply(put(told) if CHANGING in told else {**told, CHANGING: "list"})
    for item, key in (("finish", "button_make_document"), ("change", "button_change_answers")):
        if _is_title(ground, heard, key):
            return Reply(put(told), end=DONE) if item == "finish" else Reply({**told, CHANGING: "list"})
    return Reply(told, "complaint_preview_not_caught") if _is_stammered(heard) else None


def _typed(ground: Ground, heard: Heard, told: Told, field: str, kind: str | None) -> Reply | None:
    is_skipped = kind == "skip" or _is_title(ground, heard, "button_skip")
    if is_skipped and field not in ("country", "language"):
        return Reply(put(told, **{field: ""}))
    if field == "country":
        return _country(ground, heard, told)
    if field in TEXTS:
        return _text(ground, heard, told, field, kind)
    if field == "period":
        period = heard_period(ground, heard, told)
        return Reply(*period) if period else _not_caught(heard, told, "complaint_days_not_caught")
    if field in SUMS:
        found = heard_sum(heard, told, field, kind)
        return Reply(*found) if found else _not_caught(heard, told, "complaint_sum_not_caught")
    if field == "name_kept_back" and kind in ("yes", "no"):
        return Reply(put(told, **{field: kind}))
    return _chosen(ground, heard, told, field)


def _chosen(ground: Ground, heard: Heard, told: Told, field: str) -> Reply | None:
    """The title of a button, typed."""
    keys = {"language": "button_text_", "agreed_per": "button_per_"}.get(field, "")
    codes = {"language": ("ru", "kk"), "agreed_per": ("month", "day", "hour", "shift", "job")}.get(field, ())
    found = next((code for code in codes if _is_title(ground, heard, f"{keys}{code}")), None)
    if found:
        return Reply(put(told, **{field: found}))
    return _not_caught(heard, told, "complaint_choose_a_button")


def _country(ground: Ground, heard: Heard, told: Told) -> Reply | None:
    places = named(heard)
    country = places.get("country") or places.get("citizenship")
    if country in ground.complaints.countries():
        return Reply(put(told, country=str(country)))
    if country:
        return Reply(told, end=NO_COUNTRY)
    return _not_caught(heard, told, "complaint_choose_a_button")


def _text(ground: Ground, heard: Heard, told: Told, field: str, kind: str | None) -> Reply | None:
    """People answer in their own words; what is surely a question on another subject is left to its own rule."""
    if _is_another_subject(ground, heard):
        return None
    if kind == "no":
        return Reply(put(told, **{field: ""}))
    text = " ".join(heard.text.split())
    if kind == "yes" or not any(sign.isalnum() for sign in text):
        return Reply(told, "complaint_text_not_caught")
    if len(text) > (MAX_CHARS_OF_A_STORY if field == "tried" else MAX_CHARS):
        return Reply(told, "complaint_text_too_long")
    return Reply(put(told, **{field: text}))


def _is_another_subject(ground: Ground, heard: Heard) -> bool:
    if heard.intent in NO_QUESTIONS or heard.intent.startswith(OWN_SUBJECTS):
        return False
    if heard.intent == "stop_form" or heard.intent.startswith("meta."):
        return heard.confidence >= SURE
    is_safety = heard.intent in ground.topics.ids and ground.topics.kind(heard.intent) == "safety"
    is_long = len(heard.text.split()) >= _WORDS_OF_A_QUESTION
    return is_long and heard.confidence >= (SURE if is_safety else SURE_OF_A_QUESTION)


def _not_caught(heard: Heard, told: Told, key: str) -> Reply | None:
    return Reply(told, key) if _is_stammered(heard) else None


def _is_stammered(heard: Heard) -> bool:
    is_own = heard.intent in NO_QUESTIONS or heard.intent.startswith(OWN_SUBJECTS) or heard.confidence < SURE
    return is_own and len(heard.text.split()) <= MAX_WORDS_NOT_CAUGHT


def _is_title(ground: Ground, heard: Heard, key: str) -> bool:
    return skeleton(heard.text) in {skeleton(ground.wording.text(key, variant)) for variant in LANGUAGES}
