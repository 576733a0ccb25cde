"""Voice in: heard by a service of the host's choice, shown back, looked at for danger, answered as if it were typed."""

from collections.abc import Callable

import pytest

from bot.speech.settings import SpeechSettings
from conversations.conversation import Conversations
from conversations.export import export_conversation
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import Desk, until
from tests.bot.running_gateway import GatewayThread
from tests.bot.sent_files import OGG
from tests.bot.speech.speaking import QUESTION, exit_word, say, speaks
from tests.speech_emulator.emulator import SpeechEmulator
from tests.telegram_emulator import Person
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]


def test_a_voice_message_is_shown_back_and_answered_as_if_it_were_typed(
    person: Person, speech: SpeechEmulator, desk: Desk, engine: EngineStandIn
) -> None:
    speaks(person)
    shown = person.sees_text(say("voice_understood", text=QUESTION))
    assert any("Не так, напишу" in title for row in shown.buttons for title in row)
    person.sees_text(f"answer to {QUESTION}")
    (heard,) = speech.heard
    assert (heard.content, heard.name, heard.media_type) == (OGG, "voice.ogg", "audio/ogg")
    assert heard.fields == {"model": "whisper-1", "response_format": "json"}
    conversation = desk.of("telegram", person.address)
    first = desk.said(conversation.id)[0]
    assert (first.text, first.payload, first.is_speech, first.variant) == (QUESTION, None, True, "ru")
    assert desk.received.pending_count() == 0 and desk.files(conversation.id) == []
    assert "AgACAg" not in str(export_conversation(desk.database, conversation.id)), "the reference is deleted"


def test_danger_in_a_voice_message_is_noticed_also_while_the_engine_is_away(
    person: Person, speech: SpeechEmulator, desk: Desk, engine: EngineStandIn
) -> None:
    engine.always = "reset"
    person.writes("здравствуйте")
    speech.text = "приезжайте он меня убьёт"
    speaks(person)
    person.sees_text(say("safety_urgent", number="…").split("…")[0][:30])
    assert desk.of("telegram", person.address).danger == "urgent"
    engine.always = None


def test_not_so_ends_what_was_misheard(person: Person) -> None:
    speaks(person)
    person.sees_text("answer to")
    person.presses("Не так, напишу")
    person.sees_text(say("misheard"))


def test_what_the_operator_reads_is_the_text_and_marked_as_spoken(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("здравствуйте")
    person.sees_text("answer to")
    conversation = desk.of("telegram", person.address)
    desk.takes(conversation.id)
    speech.text = "он меня убьёт"
    speaks(person)
    until(lambda: any(each.is_speech for each in desk.said(conversation.id)))
    (waiting,) = desk.handovers.held()
    assert waiting.danger == "urgent"
    assert desk.files(conversation.id) == []


def test_a_word_for_the_quick_exit_that_is_spoken_leaves_nothing_behind(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("здравствуйте")
    person.sees_text("answer to")
    speech.text = exit_word()
    speaks(person)
    person.sees_text(say("telegram_chat_is_closed"))
    assert Conversations(desk.database).by_address("telegram", person.address) is None


def test_who_leaves_while_the_voice_is_still_listened_to_is_gone_at_once(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    speech.misbehave(slow_seconds=15.0)
    speaks(person)
    until(lambda: speech.calls == 1)
    person.writes(exit_word())
    person.sees_text(say("telegram_chat_is_closed"), 8)
    assert Conversations(desk.database).by_address("telegram", person.address) is None
    assert desk.received.pending_count() == 0


def test_who_has_chosen_a_language_is_heard_in_it_and_without_where_the_service_does_not_know_it(
    person: Person, speech: SpeechEmulator, desk: Desk
) -> None:
    person.writes("салам")
    person.sees_text("answer to")
    conversation = desk.of("telegram", person.address)
    Conversations(desk.database).remember(conversation.id, variant="kk", is_language_chosen=True)
    speaks(person)
    until(lambda: len(speech.heard) == 1)
    Conversations(desk.database).remember(conversation.id, variant="ky", is_language_chosen=True)
    speaks(person)
    until(lambda: len(speech.heard) == 2)
    assert [each.fields.get("language") for each in speech.heard] == ["kk", None]


def test_voice_on_whatsapp_too(begin: Begin, settings: dict[str, str], speech: SpeechEmulator) -> None:
    whatsapp = WhatsAppEmulator().start()
    gateway = begin(settings | whatsapp.environ())
    whatsapp.webhooks.url = f"{gateway.url}/whatsapp/webhook"
    try:
        person = whatsapp.person("79990000001")
        person.sends_file("audio", OGG, "audio/ogg; codecs=opus")
        person.waits_until(lambda shown: any(f"answer to {QUESTION}" in each.text for each in shown))
        assert any(QUESTION in each.text and each.options for each in person.sees())
        assert whatsapp.violations == []
    finally:
        whatsapp.stop()


def test_before_the_first_voice_goes_outside_the_person_is_told_where_once(
    person: Person, speech: SpeechEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpeechSettings, "is_outside", property(lambda _: True))
    told = say("voice_goes_outside", host="127.0.0.1")
    speaks(person)
    person.sees_text("answer to")
    speaks(person, OGG + b"again")
    person.until(lambda: sum("answer to" in each.text for each in person.answers()) == 2)
    texts = [each.text for each in person.answers()]
    assert texts.count(told) == 1
    assert texts.index(told) < texts.index(say("voice_understood", text=QUESTION))
