"""The bot's first note on the page of a conversation, in the operator's language."""

from collections.abc import Callable

import pytest

from conversations.commands import OpenHandover
from conversations.inbox import Inbox
from conversations.notes import Note
from conversations.reply import Reply
from conversations.turn import finish_turn
from language.variants import LANGUAGES
from tests.console.conftest import Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
NOTE = Note(("ILO7", "papers_kept"), ("FA1",), "information_answer", ("return_home", "something_new"))
TITLES = {
    "ru": "Первая запись бота",
    "uz": "Botning birinchi yozuvi",
    "uz-Cyrl": "Ботнинг биринчи ёзуви",
    "tg": "Қайди аввали бот",
    "ky": "Боттун биринчи жазуусу",
    "kk": "Боттың алғашқы жазбасы",
    "en": "The bot&#39;s first note",
}


@pytest.fixture
def screened(street: Street) -> str:
    """A conversation that the bot has handed over with a note."""
    conversation_id = street.arrives()
    street.writes(conversation_id, "Бале, фиристед")
    claimed = Inbox(street.database).claim("worker", street.clock(), 30)
    assert claimed is not None
    commands = [OpenHandover("screening", "concern", note=NOTE)]
    assert finish_turn(street.database, claimed, [Reply("Хуб")], commands, "r1", street.clock())
    return conversation_id


def test_a_note_is_shown_in_words_with_its_level_and_reason(visit: Visit, screened: str) -> None:
    madina = visit("Madina")
    page = madina.open(f"/conversations/{screened}").text
    for words in ("The bot&#39;s first note", "Possible danger", "not a verdict", "something new"):
        assert words in page
    assert not [each for each in ("ILO7", "papers_kept", "FA1", "information_answer") if each in page]
    assert "Answers to the questions on help" in madina.open("/").text


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_note_speaks_the_operators_language(visit: Visit, screened: str, variant: str) -> None:
    page = visit("Madina", variant).open(f"/conversations/{screened}").text
    assert TITLES[variant] in page
    assert page.count("<dd>") >= 5


def test_a_conversation_without_a_note_shows_none(visit: Visit, street: Street) -> None:
    page = visit("Madina").open(f"/conversations/{street.waits()}").text
    assert "first note" not in page


def test_the_open_page_learns_of_a_note(visit: Visit, screened: str) -> None:
    assert "first note" in visit("Madina").changes(screened, 0, "")["around"]
