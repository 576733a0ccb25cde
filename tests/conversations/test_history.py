"""What operators see of a conversation: messages page by page, what became of ours, talks of earlier times."""

from datetime import timedelta

from conversations.commands import Understood
from conversations.handover import Handovers
from conversations.history import PAGE, History
from conversations.outbox import Outbox
from conversations.platform_messages import WINDOW, PlatformMessages
from conversations.reply import Reply
from tests.conversations.talk import Talk


def _states(talk: Talk, conversation_id: str) -> list[tuple[str, str | None]]:
    shown = History(talk.database).newest(conversation_id).messages
    return [(each.delivery.state, each.delivery.reason) for each in shown if each.delivery]


def test_pages_follow_each_other_without_gap_or_overlap(talk: Talk) -> None:
    conversation_id = talk.begin()
    for number in range(2 * PAGE + 5):
        talk.transcript.say(conversation_id, "bot", str(number), [], None, (), talk.now)
    history, texts, before = History(talk.database), [], 2**53
    while True:
        page = history.newest(conversation_id, before)
        texts[:0] = [each.message.text for each in page.messages]
        if not page.has_older:
            break
        before = page.messages[0].message.cursor
    assert texts == [str(number) for number in range(2 * PAGE + 5)]
    middle = talk.said(conversation_id)[10].cursor
    jumped = history.from_(conversation_id, middle)
    assert jumped.messages[0].message.cursor == middle and jumped.has_older


def test_a_message_is_under_way_sent_delivered_and_read_one_after_the_other(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    cursor = talk.transcript.say(conversation_id, "operator", "Салом", [], None, (), talk.now)
    outbox, platform = Outbox(talk.database), PlatformMessages(talk.database)
    assert _states(talk, conversation_id) == [("under_way", None)]
    for part in ("a", "b"):
        platform.taken(conversation_id, cursor, part, talk.now)
    outbox.delivered(cursor, talk.now)
    assert _states(talk, conversation_id) == [("sent", None)]
    platform.mark("whatsapp", "a", "read", None, talk.now)
    assert _states(talk, conversation_id) == [("sent", None)], "the second part has not come so far"
    platform.mark("whatsapp", "b", "delivered", None, talk.now)
    assert _states(talk, conversation_id) == [("delivered", None)]
    platform.mark("whatsapp", "b", "read", None, talk.now)
    assert _states(talk, conversation_id) == [("read", None)]
    assert talk.said(conversation_id)[0].revision == 4, "each change is seen by those who show it"


def test_a_failure_has_its_reason(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    given_up = talk.transcript.say(conversation_id, "bot", "як", [], None, (), talk.now)
    refused = talk.transcript.say(conversation_id, "bot", "ду", [], None, (), talk.now)
    outbox, platform = Outbox(talk.database), PlatformMessages(talk.database)
    outbox.failed(given_up, "too_long", None, talk.now)
    platform.taken(conversation_id, refused, "a", talk.now)
    outbox.delivered(refused, talk.now)
    platform.mark("whatsapp", "a", "failed", "undeliverable", talk.now)
    assert _states(talk, conversation_id) == [("failed", "too_long"), ("failed", "undeliverable")]


def test_nothing_is_said_of_the_delivery_where_the_page_fetches_its_messages(talk: Talk) -> None:
    conversation_id = talk.begin("web")
    talk.transcript.say(conversation_id, "bot", "Салом", [], None, (), talk.now)
    assert _states(talk, conversation_id) == []


def test_what_the_bot_understood_stands_with_the_message(talk: Talk) -> None:
    conversation_id = talk.begin()
    talk.write(conversation_id, "m1", "патент чанд пул")
    talk.turn(Reply("…"), commands=[Understood("work.permit_payment", 0.77, "work/permit-payment-ru")])
    said = talk.said(conversation_id)[0]
    assert (said.topic, said.confidence, said.entry) == ("work.permit_payment", 0.77, "work/permit-payment-ru")


def test_an_entry_that_nobody_was_shown_is_not_named(talk: Talk) -> None:
    conversation_id = talk.begin()
    talk.write(conversation_id, "m1", "патент чанд пул")
    claimed = talk.claim()
    Handovers(talk.database).open(conversation_id, "", "none", talk.now)
    talk.finish(claimed, Reply("…"), commands=[Understood("work.permit_payment", 0.77, "work/permit-payment-ru")])
    said = talk.said(conversation_id)[0]
    assert (said.topic, said.entry) == ("work.permit_payment", None)


def test_earlier_talks_lead_to_their_first_message(talk: Talk) -> None:
    conversation_id, handovers = talk.begin(), Handovers(talk.database)
    for number in (1, 2):
        talk.now += timedelta(hours=1)
        handovers.open(conversation_id, "asked for a person", "none", talk.now)
        talk.write(conversation_id, f"m{number}", f"савол {number}")
        handovers.take(conversation_id, "Madina", talk.now)
        handovers.give_back(conversation_id, "Madina", "бот", talk.now)
    second, first = History(talk.database).talks(conversation_id)
    starts = [message.cursor for message in talk.said(conversation_id) if message.sender == "migrant"]
    assert [first.cursor, second.cursor] == starts
    assert (first.operator, first.outcome, first.reason) == ("Madina", "given_back", "asked for a person")


def test_the_window_ends_a_day_after_the_person_wrote(talk: Talk) -> None:
    conversation_id = talk.begin("whatsapp")
    history = History(talk.database)
    assert history.reach(conversation_id).window_ends_at is None
    talk.write(conversation_id, "m1")
    assert history.reach(conversation_id).window_ends_at == talk.now + WINDOW
    PlatformMessages(talk.database).reachable("whatsapp", "1", False, talk.now)
    assert history.reach(conversation_id).is_blocked
