"""Tells the warning signs of a job offer, each with its reason and source, and how to check. Never that it is safe."""

from dataclasses import replace

from actions.answer_question import answer_question
from actions.buttons import button, entry_buttons, human_button, menu_button, payload, unique
from actions.details import known
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.questionnaires import STOPPED, Remembered, end_slot, forgotten
from actions.stop_questionnaire import stop_questionnaire
from actions.tools import JOB_OFFER_CHECK
from actions.turn import DialogueAction
from guidance.questionnaire import Answers, Item
from knowledge_base.entry import Entry
from language.source_dates import shown_date_of_source
from language.variants import language_of

TOPIC = "work.job_offer_check"
LICENSING = {"KG": ("FRD-KG-01", "FRD-KG-02"), "UZ": ("FRD-UZ-01",), "TJ": ("FRD-TJ-01",)}
"""Citizenships for which a fact says where an agency's licence is checked."""
MIN_WORDS_OF_A_PASTED_OFFER = 25
"""A message of this length about a job offer, with two signs said outright, is the offer itself."""
MIN_SIGNS_OF_A_PASTED_OFFER = 2
MAX_ENTRIES = 2


class CheckJobOffer(DialogueAction):
    """A message about a job offer, outside of the questionnaire."""

    action_name = "action_check_job_offer"

    def answer(self, heard: Heard) -> Answered:
        """See `check_job_offer`."""
        return check_job_offer(self._ground, heard)


class TellJobOfferResult(DialogueAction):
    """The text or all six answers are there, or the person has stopped."""

    action_name = "action_tell_job_offer_check_result"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_job_offer_result`."""
        return tell_job_offer_result(self._ground, heard)


def check_job_offer(ground: Ground, heard: Heard) -> Answered:
    """A pasted offer is checked at once; everything else is a question, answered from the knowledge base."""
    if len(heard.text.split()) >= MIN_WORDS_OF_A_PASTED_OFFER:
        found = ground.job_offer.find_in(heard.text, language_of(heard.variant)[0])
        if ground.job_offer.outright(found) >= MIN_SIGNS_OF_A_PASTED_OFFER:
            return _told(ground, heard, found)
    return answer_question(ground, heard)


def tell_job_offer_result(ground: Ground, heard: Heard) -> Answered:
    """The signs of the text or of the answers; nothing of them is kept."""
    if heard.slots.get(end_slot(JOB_OFFER_CHECK)) == STOPPED:
        return stop_questionnaire(ground, heard, JOB_OFFER_CHECK)
    answered = _told(ground, heard, Remembered.of(heard, JOB_OFFER_CHECK).answers)
    return replace(answered, slots={**answered.slots, **forgotten(JOB_OFFER_CHECK)})


def _told(ground: Ground, heard: Heard, answers: Answers) -> Answered:
    signs = ground.job_offer.signs(answers)
    entries = _entries(ground, heard)
    return Answered(
        text="\n\n".join([*_signs(ground, heard, signs), _licence(ground, heard), _sources(ground, heard, signs)]),
        buttons=_buttons(ground, heard, signs, entries),
        entry=entries[0].id if entries else None,
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
        slots={"pending": None},
    )


def _signs(ground: Ground, heard: Heard, signs: tuple[Item, ...]) -> list[str]:
    say, variant = ground.wording.text, heard.variant
    if not signs:
        return [say("job_offer_no_sign", variant)]
    lines = "\n".join(f"• {sign.label[variant]}: {sign.why[variant]}." for sign in signs)
    return [say("job_offer_signs", variant, lines=lines), say("job_offer_next", variant)]


def _licence(ground: Ground, heard: Heard) -> str:
    say, variant = ground.wording.text, heard.variant
    citizenship = known(heard)["citizenship"]
    if citizenship and citizenship not in LICENSING:
        return say("licence.other", variant)
    return "\n".join(say(f"licence.{code}", variant) for code in ((citizenship,) if citizenship else LICENSING))


def _sources(ground: Ground, heard: Heard, signs: tuple[Item, ...]) -> str:
    citizenship = known(heard)["citizenship"]
    places = [citizenship] if citizenship in LICENSING else [] if citizenship else list(LICENSING)
    facts = [*(fact for sign in signs for fact in sign.facts), *(fact for code in places for fact in LICENSING[code])]
    shown = (f"{s.title}, {shown_date_of_source(s.date)}, {s.at}" for s in ground.job_offer.sources(tuple(facts)))
    return "\n".join(ground.wording.text("answer_source", heard.variant, source=source) for source in shown)


def _buttons(ground: Ground, heard: Heard, signs: tuple[Item, ...], entries: tuple[Entry, ...]) -> tuple[Button, ...]:
    human, menu = human_button(ground, heard.variant), menu_button(ground, heard.variant)
    again = button(ground, heard.variant, "button_transfer_another", payload(f"start_{JOB_OFFER_CHECK}"))
    shown = entry_buttons(heard.variant, entries)
    return unique((human, *shown, again, menu) if signs else (*shown, again, human, menu))


def _entries(ground: Ground, heard: Heard) -> tuple[Entry, ...]:
    """The entries on checking an offer, the person's own country first."""
    places = known(heard)
    fitting = [entry for entry in ground.library.of_topic(TOPIC) if entry.fits(None, places["citizenship"])]
    own = [entry for entry in fitting if places["citizenship"] and places["citizenship"] in entry.citizenship]
    general = [entry for entry in fitting if entry.citizenship == "any"]
    return tuple((*own, *general))[:MAX_ENTRIES]
