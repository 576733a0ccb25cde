"""Operators see that a picture or document went or came, and can open it while it is kept, behind their own door."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from conversations.attachments import Attachments
from conversations.inbox import Inbox, NewMessage
from conversations.received import ReceivedMedia
from conversations.received_steps import Media
from conversations.reply import Attachment, Reply
from conversations.turn import finish_turn
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
PICTURE = Attachment("days.png", "image/png", b"\x89PNG\r\n\x1a\n")
LETTER = Attachment("шикоят 1.pdf", "application/pdf", b"%PDF-1.4")


def _answered(street: Street, *, is_handed_over: bool = True) -> str:
    """Somebody who got two files with an answer; gives the conversation's id."""
    conversation_id = street.waits() if is_handed_over else street.arrives()
    street.writes(conversation_id, "савол")
    inbox = Inbox(street.database)
    while claimed := inbox.claim("worker", street.clock(), 30):
        reply = Reply("Мана.", attachments=(PICTURE, LETTER), sender="system")
        assert finish_turn(street.database, claimed, [reply], (), "r1", street.clock())
    return conversation_id


def _addresses(street: Street, conversation_id: str) -> list[str]:
    message = next(each for each in street.transcript.after(conversation_id) if each.attachments)
    return [f"/conversations/{conversation_id}/files/{message.cursor}/{file.position}" for file in message.attachments]


def test_the_page_names_what_went_and_leads_to_it(visit: Visit, street: Street) -> None:
    conversation_id = _answered(street)
    madina = visit("Madina")
    page = madina.open(f"/conversations/{conversation_id}").text
    assert "Picture: days.png" in page and "Document: шикоят 1.pdf" in page
    picture, letter = _addresses(street, conversation_id)
    assert f'href="{picture}"' in page and f'href="{letter}"' in page
    shown, saved = madina.open(picture), madina.open(letter)
    assert (shown.content, shown.headers["content-type"]) == (PICTURE.content, "image/png")
    assert saved.content == LETTER.content
    assert saved.headers["content-disposition"].startswith("attachment;")
    assert shown.headers["x-content-type-options"] == saved.headers["x-content-type-options"] == "nosniff"


def test_only_operators_get_a_file(visit: Visit, street: Street) -> None:
    (address, _) = _addresses(street, _answered(street))
    stranger = visit().open(address)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/login")
    of_bot = _addresses(street, _answered(street, is_handed_over=False))[0]
    madina = visit("Madina")
    assert madina.open(of_bot).status_code == 200
    assert madina.open(address.replace("/files/", "/files/9")).status_code == 404
    assert madina.open(f"{address}99999999999999999999").status_code == 404


def test_a_file_that_is_forgotten_is_named_without_a_way_to_it(visit: Visit, street: Street) -> None:
    conversation_id = _answered(street)
    Attachments(street.database).forget_old(street.clock() + timedelta(hours=25))
    madina = visit("Madina")
    page = madina.open(f"/conversations/{conversation_id}").text
    assert "Document: шикоят 1.pdf (no longer kept)" in page
    for address in _addresses(street, conversation_id):
        assert address not in page
        assert madina.open(address).status_code == 404


def _received(street: Street, clock: MovableClock, *files: Attachment, media: Media | None = None) -> str:
    """Somebody with whom Madina talks, and who has sent these files; gives the conversation's id."""
    conversation_id = street.waits()
    assert street.handovers.take(conversation_id, "Madina", clock())
    payload = "unreadable.picture"
    message = NewMessage(conversation_id, "f1", "(сурат)", payload, kind="picture", files=files, media=media)
    assert Inbox(street.database).store(message, clock())
    return conversation_id


def test_what_a_migrant_has_sent_is_opened_by_the_holder_alone(
    visit: Visit, street: Street, clock: MovableClock
) -> None:
    conversation_id = _received(street, clock, PICTURE, LETTER)
    picture, letter = _addresses(street, conversation_id)
    madina, rustam = visit("Madina"), visit("Rustam")
    page = madina.open(f"/conversations/{conversation_id}").text
    assert f'href="{picture}"' in page and "Document, 1 kB" in page and "шикоят" not in page
    assert "pressed a button" not in page
    shown, saved = madina.open(picture), madina.open(letter)
    assert (shown.content, saved.content) == (PICTURE.content, LETTER.content)
    for headers in (shown.headers, saved.headers):
        assert headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
    assert saved.headers["content-disposition"].startswith("attachment;")
    beside = rustam.open(f"/conversations/{conversation_id}").text
    assert picture not in beside and "only the operator who has the conversation can open it" in beside
    assert rustam.open(picture).status_code == rustam.open(letter).status_code == 404


@pytest.mark.parametrize("step", ["give_back", "close"])
def test_handing_back_deletes_what_came_and_tells_the_migrant(
    visit: Visit, street: Street, clock: MovableClock, step: str
) -> None:
    conversation_id = _received(street, clock, PICTURE)
    (address,) = _addresses(street, conversation_id)
    madina = visit("Madina")
    assert madina.step(conversation_id, step).status_code == 303
    assert madina.open(address).status_code == 404
    page = madina.open(f"/conversations/{conversation_id}").text
    assert "(no longer kept)" in page and address not in page
    assert "Файлҳое, ки ба корманд фиристодед, нест карда шуданд." in street.transcript.after(conversation_id)[-1].text


def test_an_open_page_learns_that_a_file_has_come_and_that_it_is_gone(
    visit: Visit, street: Street, clock: MovableClock
) -> None:
    conversation_id = _received(street, clock, media=Media("f"))
    madina, received = visit("Madina"), ReceivedMedia(street.database)
    first = madina.changes(conversation_id, 0, "")
    (reference,) = received.due(clock(), 10)
    assert received.pass_on(reference, PICTURE, None, clock())
    second = madina.changes(conversation_id, first["cursor"], first["seen"], first["drawn"])
    address = f"/conversations/{conversation_id}/files/{reference.cursor}/0"
    assert f'href="{address}"' in second["again"][str(reference.cursor)]
    street.handovers.give_back(conversation_id, "Madina", "Бот", clock())
    third = madina.changes(conversation_id, second["cursor"], second["seen"], second["drawn"])
    assert "(no longer kept)" in third["again"][str(reference.cursor)]
