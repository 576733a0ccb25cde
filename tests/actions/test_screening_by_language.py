"""The screening, held with the trained engine in every language variant: interrupted, corrected, left, gone on with."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from rasa.shared.core.domain import SessionConfig

from actions.ground import Ground
from bot.engine.compaction import compact, stored
from language.variants import LANGUAGES

TODAY = "2026-11-21"
A_MOMENT_IN_MINUTES = 1e-6


@dataclass(frozen=True)
class Words:
    """How one language says it. `question` is about lifting an entry ban."""

    yes: str
    no: str
    skip: str
    back: str
    not_yes_no: str
    stop: str
    question: str


WORDS = {
    "ru": Words("да", "нет", "не знаю", "назад", "не да, а нет", "хватит вопросов", "как снять запрет на въезд?"),
    "uz": Words(
        "ha", "yoʻq", "bilmayman", "orqaga", "ha emas, yoʻq", "toʻxta", "kirish taqiqini qanday oldirsa boʻladi?"
    ),
    "uz-Cyrl": Words(
        "ҳа", "йўқ", "билмайман", "орқага", "ҳа эмас, йўқ", "тўхта", "кириш тақиқини қандай олдирса бўлади?"
    ),
    "tg": Words("ҳа", "не", "намедонам", "ба ақиб", "ҳа не, не", "бас", "манъи вурудро чӣ тавр бекор кардан мумкин?"),
    "ky": Words("ооба", "жок", "билбейм", "артка", "ооба эмес, жок", "токто", "кирүүгө тыюуну кантип алып салам?"),
    "kk": Words(
        "иә",
        "жоқ",
        "білмеймін",
        "артқа",
        "иә емес, жоқ",
        "тоқта",
        "кіруге тыйымды қалай алып тастаймын?",
    ),
    "en": Words("yes", "no", "I don't know", "back", "not yes, no", "stop", "how can I get an entry ban lifted?"),
}


class Talk:
    """One screening in one variant, with what it says and does."""

    def __init__(self, agent: Any, ground: Ground, variant: str, name: str) -> None:
        from tests.actions.held_conversation import HeldConversation

        self.sender = f"{variant}: {name}"
        self.words = WORDS[variant]
        self._agent, self._ground, self._variant = agent, ground, variant
        self._held = HeldConversation(agent, self.sender, variant, TODAY)
        self.commands: list[dict[str, Any]] = []
        self.said = ""

    async def say(self, text: str, asks: str | None = None, hears: str | None = None) -> None:
        self._hear(text, await self._held.say(text), asks, hears)

    async def tap(self, payload: str, asks: str | None = None, hears: str | None = None) -> None:
        self._hear(payload, await self._held.tap(payload), asks, hears)

    async def answer(self, item: str, reply: str, asks: str | None = None, hears: str | None = None) -> None:
        values = json.dumps({"questionnaire": "screening", "item": item, "reply": reply})
        await self.tap(f"/answer_questionnaire{values}", asks, hears)

    async def tracker(self) -> Any:
        return await self._agent.tracker_store.retrieve(self.sender)

    def _hear(self, sent: str, messages: list[dict[str, Any]], asks: str | None, hears: str | None) -> None:
        self.said = "\n\n".join(message["text"] for message in messages if message["text"])
        self.commands += [message["custom"] for message in messages if "command" in message["custom"]]
        if asks:
            question = self._ground.screening.questionnaire.item(asks).ask[self._variant]
            assert self.said.endswith(question), f"{sent} should ask {asks}; got: {self.said}"
        if hears:
            text = self._ground.wording.text(hears, self._variant)
            assert text in self.said, f"{sent} should be answered by {hears}; got: {self.said}"


@pytest.fixture(params=LANGUAGES)
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def begun(talk: Talk) -> None:
    """Consent, safety, and the first grave signs: up to the question whether somebody keeps the papers."""
    words = talk.words
    await talk.tap("/start_screening", asks="no_consent")
    await talk.say(words.yes, asks="phone_read")
    await talk.say(words.no, asks="danger_now")
    await talk.say(words.no, asks="child")
    await talk.answer("child", "no", asks="ILO5")
    await talk.say(words.no, asks="ILO3")
    await talk.say(words.yes, asks="ILO7")


async def finished(talk: Talk) -> None:
    """From there to the note: papers kept, nothing else."""
    words = talk.words
    await talk.say(words.yes, asks="ILO6")
    await talk.say(words.skip, asks="ILO9")
    await talk.say(words.no, asks="own_path")
    await talk.answer("own_path", "no", asks="fear_of_return")
    await talk.say(words.no, asks="overstay")
    await talk.say(words.no)


async def test_it_goes_from_consent_to_a_note_that_is_passed_on_and_is_then_forgotten(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "note")
    await begun(talk)
    await finished(talk)
    for name in ("ILO7", "passport_kept"):
        assert trained_ground.screening.label(name, variant) in talk.said
    assert [command["command"] for command in talk.commands] == ["count_needs"]
    await talk.say(talk.words.yes, hears="human_called")
    assert talk.commands[1:] == [
        {
            "command": "open_handover",
            "reason": "screening",
            "danger": "concern",
            "note": {
                "signs": ["ILO7"],
                "factors": ["SI4", "R10"],
                "route": "safety_flow_and_anti_trafficking_referral",
                "needs": ["passport_kept"],
            },
        }
    ]
    tracker = await talk.tracker()
    assert tracker.get_slot("screening") is None
    kept = json.dumps([stored(event) for event in compact(tracker, agent.domain, 6)])
    assert "ILO7" not in kept


async def test_a_question_in_the_middle_is_answered_and_the_screening_goes_on_where_it_was(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "interrupted")
    await talk.tap('/inform{"country": "RU"}')
    await begun(talk)
    await talk.say(talk.words.question, asks="ILO7")
    assert "https://" in talk.said
    await talk.tap("/meta.menu", asks="ILO7", hears="menu_domains")


async def test_wrong_input_is_answered_kindly_and_asked_again(agent: Any, trained_ground: Ground, variant: str) -> None:
    talk = Talk(agent, trained_ground, variant, "wrong input")
    await begun(talk)
    await talk.say("хзщъ", asks="ILO7", hears="reply_not_caught")
    await talk.say("???", asks="ILO7")
    await talk.answer("ILO99", "yes", asks="ILO7", hears="reply_not_caught")


async def test_answers_are_corrected_by_words_and_by_an_earlier_button(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "corrected")
    await begun(talk)
    await talk.say(talk.words.back, asks="ILO3", hears="answer_changed")
    await talk.say(talk.words.yes, asks="ILO7")
    await talk.say(talk.words.yes, asks="ILO6")
    await talk.say(talk.words.not_yes_no, asks="ILO6", hears="answer_changed")
    await talk.answer("ILO7", "yes", asks="ILO6", hears="answer_changed")
    assert (await talk.tracker()).get_slot("screening")["answers"]["ILO7"] == "yes"


async def test_it_is_left_by_a_word_and_gone_on_with_days_later(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "resumed")
    await begun(talk)
    await talk.say(talk.words.stop, hears="questionnaire_stopped")
    await talk.say(talk.words.no, hears="answers_kept")
    usual = agent.domain.session_config
    agent.domain.session_config = SessionConfig(A_MOMENT_IN_MINUTES, True)
    try:
        await talk.tap("/start_screening", hears="resume_offer")
    finally:
        agent.domain.session_config = usual
    await talk.say(talk.words.yes, asks="ILO7")
    await finished(talk)
    assert trained_ground.screening.label("ILO7", variant) in talk.said


async def test_left_in_the_middle_for_a_day_a_button_goes_on(agent: Any, trained_ground: Ground, variant: str) -> None:
    talk = Talk(agent, trained_ground, variant, "button a day later")
    await begun(talk)
    usual = agent.domain.session_config
    agent.domain.session_config = SessionConfig(A_MOMENT_IN_MINUTES, True)
    try:
        await talk.answer("ILO7", "yes", asks="ILO6")
    finally:
        agent.domain.session_config = usual


async def test_stopped_and_forgotten_nothing_is_left(agent: Any, trained_ground: Ground, variant: str) -> None:
    talk = Talk(agent, trained_ground, variant, "forgotten")
    await begun(talk)
    await talk.say(talk.words.yes, asks="ILO6")
    await talk.say(talk.words.stop, hears="questionnaire_stopped")
    assert [command["needs"] for command in talk.commands] == [["passport_kept"]]
    await talk.say(talk.words.yes, hears="answers_forgotten")
    tracker = await talk.tracker()
    assert tracker.get_slot("screening") is None
    assert tracker.active_loop_name is None
    assert "ILO7" not in json.dumps([stored(event) for event in compact(tracker, agent.domain, 6)])


async def test_danger_now_stops_it_with_the_number_and_a_person(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "danger now")
    await talk.tap('/inform{"country": "KZ"}')
    await talk.tap("/start_screening", asks="no_consent")
    await talk.say(talk.words.yes, asks="phone_read")
    await talk.say(talk.words.no, asks="danger_now")
    await talk.say(talk.words.yes)
    assert "112" in talk.said
    assert (await talk.tracker()).active_loop_name is None


async def test_a_job_offer_is_checked_and_another_person_is_helped(
    agent: Any, trained_ground: Ground, variant: str
) -> None:
    talk = Talk(agent, trained_ground, variant, "other tools")
    await talk.tap("/start_job_offer_check")
    assert talk.said == trained_ground.job_offer.questionnaire.item("text").ask[variant]
    for _ in range(7):
        await talk.say(talk.words.no)
    assert trained_ground.job_offer.questionnaire.item("no_licence").label[variant] in talk.said
    await talk.tap("/start_report_for_other")
    for _ in range(3):
        await talk.say(talk.words.no)
    assert trained_ground.wording.text("report_do_not", variant) in talk.said
    assert talk.commands == []
