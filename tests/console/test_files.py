"""Operators see that a picture or document went, and can open it while it is kept, behind their own door."""

from collections.abc import Callable
from datetime import timedelta

from conversations.attachments import Attachments
from conversations.inbox import Inbox
from conversations.reply import Attachment, Reply
from conversations.turn import finish_turn
from tests.console.conftest import Street
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


def test_only_operators_get_a_file_and_only_of_those_who_called_one(visit: Visit, street: Street) -> None:
    (address, _) = _addresses(street, _answered(street))
    stranger = visit().open(address)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/login")
    private = _addresses(street, _answered(street, is_handed_over=False))[0]
    madina = visit("Madina")
    assert madina.open(private).status_code == 404
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
