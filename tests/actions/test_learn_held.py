"""What was said while a person held the conversation is known to the bot afterwards; with the trained engine."""

from typing import Any

import pytest

from actions.ground import Ground
from language.variants import language_of

TODAY = "2026-11-21"
TALKS = {
    "ru": ("Я сейчас в Казахстане, как получить разрешение на работу?", "А сколько это стоит?", "KZ"),
    "uz": ("Men Rossiyadaman, patentni qanday olaman?", "bu qancha turadi?", "RU"),
    "tg": ("Ман дар Русия ҳастам, патентро чӣ тавр гирам?", "Ин чанд пул мешавад?", "RU"),
    "ky": ("Мен Россиядамын, патентти кантип алам?", "бул канча турат?", "RU"),
    "kk": ("Мен Ресейдемін, патентті қалай аламын?", "бұл қанша тұрады?", "RU"),
}


class Memory:
    """Stands for what the engine's own store adds to Rasa's: which talks are known."""

    async def answer_to(self, *_: str) -> None:
        """None of them."""


async def _learn(agent: Any, sender: str, variant: str, *messages: tuple[str, str]) -> dict[str, Any]:
    from bot.engine.held_talk import HeldTalk, learn

    language, script = language_of(variant)
    about = {"variant": variant, "language": language, "script": script, "today": TODAY}
    talk = HeldTalk(sender, "held-1", tuple((who, text, about) for who, text in messages))
    return await learn(agent, talk)


@pytest.fixture
def learning(agent: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The agent; its store in memory knows no answers."""
    monkeypatch.setattr(agent.tracker_store, "answer_to", Memory().answer_to, raising=False)
    return agent


@pytest.mark.parametrize("variant", TALKS)
async def test_a_following_question_does_not_fall_out_of_the_sky(
    learning: Any, trained_ground: Ground, variant: str
) -> None:
    from tests.actions.held_conversation import HeldConversation

    asked, following, country = TALKS[variant]
    sender = f"talk {variant}"
    messages = (("migrant", asked), ("operator", "Albatta, aytaman."))
    remembered = await _learn(learning, sender, variant, *messages)
    assert remembered.get("country") == country
    (said,) = await HeldConversation(learning, sender, variant, TODAY).say(following)
    assert trained_ground.wording.text("after_talk", variant) in said["text"]
    entries = [button["payload"] for button in said["buttons"] if button["payload"].startswith("/show_entry")]
    assert entries and all('"work/' in each for each in entries)


async def test_the_same_words_without_such_a_talk_are_turned_down_as_before(agent: Any, trained_ground: Ground) -> None:
    from tests.actions.held_conversation import HeldConversation

    said = await HeldConversation(agent, "no talk", "ru", TODAY).say("А сколько это стоит?")
    assert trained_ground.wording.text("out_of_scope", "ru") in said[0]["text"]


async def test_learning_keeps_language_places_and_that_a_person_spoke_and_says_nothing(learning: Any) -> None:
    messages = (
        ("migrant", "Мен Россиядамын, жарандыгым Кыргызстан"),
        ("operator", "Түшүндүм"),
        ("migrant", "патентти кантип алам?"),
    )
    assert await _learn(learning, "slots", "ky", *messages) == {"country": "RU", "citizenship": "KG"}
    tracker = await learning.tracker_store.retrieve("slots")
    values = tracker.current_slot_values()
    assert (values["variant"], values["country"], values["citizenship"]) == ("ky", "RU", "KG")
    assert values["question"]["held"].startswith("work.")
    events = [event.as_dict() for event in tracker.events]
    spoken = [event for event in events if event["event"] == "bot"]
    assert [event["metadata"].get("sender") for event in spoken] == ["operator"]


async def test_no_form_runs_while_the_engine_learns(learning: Any) -> None:
    from tests.actions.held_conversation import HeldConversation

    held = HeldConversation(learning, "form", "ru", TODAY)
    await held.tap("/start_stay")
    before = (await learning.tracker_store.retrieve("form")).current_slot_values()
    await _learn(learning, "form", "ru", ("migrant", "Я въехал 3 марта"), ("operator", "Понял"))
    tracker = await learning.tracker_store.retrieve("form")
    after = tracker.current_slot_values()
    assert tracker.active_loop_name == "stay_form"
    assert {name for name in before if before[name] != after[name]} <= {"question", "pending", "failures"}


async def test_a_talk_in_which_the_migrant_said_nothing_changes_nothing(learning: Any) -> None:
    assert await _learn(learning, "silent", "ru", ("operator", "Здравствуйте")) == {}
    assert await learning.tracker_store.retrieve("silent") is None
