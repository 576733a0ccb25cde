"""Each page as holder of the conversation, colleague, stranger, and one who has logged out; and what it weighs."""

import re
from collections.abc import Callable

import pytest

from tests.console.conftest import Street
from tests.console.console_pages import set_scene
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORT = re.compile(r'(?:@import url\("|from "\./|import "\./)([^"]+)"')
MAX_BYTES = 250_000


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    """These pages ask nothing that the databases answer differently."""
    return f"sqlite:///{tmp_path}/safar.db"


def test_operators_see_every_page_and_only_the_holder_can_answer(visit: Visit, street: Street) -> None:
    scene = set_scene(street)
    owner, colleague = visit("Madina"), visit("Rustam")
    for page in scene.pages:
        assert (owner.open(page).status_code, colleague.open(page).status_code) == (200, 200), page
    mine = scene.conversations[0]
    assert f'action="{mine}/answer"' in owner.open(mine).text
    seen = colleague.open(mine).text
    assert f'action="{mine}/answer"' not in seen and "Madina has this conversation" in seen
    assert f'action="{mine}/notes"' in seen, "a colleague can leave a note"
    answer = colleague.step(scene.mine, "answer", text="бегона")
    assert answer.status_code == 409
    assert "бегона" not in [each.text for each in street.transcript.after(scene.mine)]


def test_strangers_and_who_has_logged_out_see_no_page(visit: Visit, street: Street) -> None:
    scene = set_scene(street)
    left = visit("Madina")
    assert left.send("/", "/logout").status_code == 303
    parts = [f"{page}/{part}" for page in scene.conversations for part in ("changes", "older", "events")]
    for visitor in (left, visit()):
        for page in (*scene.pages, *parts):
            answer = visitor.open(page)
            assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/login", ""), page
        for form in ("take", "answer", "give_back", "close", "step_in", "notes", "typing", "referral"):
            answer = visitor.http.post(f"/conversations/{scene.mine}/{form}", data={"text": "бегона"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/login"), form


def test_the_history_shows_what_the_bot_made_of_each_message(visit: Visit, street: Street) -> None:
    page = visit("Madina").open(set_scene(street).conversations[0]).text
    for words in (
        "The bot understood: After arrival, 87 %",
        "shown: “",
        "the bot has no answer to this, 21 %",
        "corrected by the person",
        "The person corrected this message later",
        "did not arrive: the person has no connection",
        "After that the person first gets a WhatsApp template",
        "Уже писал на прошлой неделе.",
        "Talks with operators",
    ):
        assert words in page, words
    assert "registration/arrival" not in page, "an entry has a name"


def test_notes_go_to_colleagues_and_to_nobody_else(visit: Visit, street: Street) -> None:
    scene = set_scene(street)
    before = street.transcript.after(scene.mine)
    rustam = visit("Rustam")
    assert rustam.step(scene.mine, "notes", note="боится хозяина <b>").status_code == 303
    assert "боится хозяина &lt;b&gt;" in visit("Madina").open(scene.conversations[0]).text
    assert street.transcript.after(scene.mine) == before
    for text in ("", " \n", "а" * 2001):
        refused = rustam.step(scene.mine, "notes", note=text)
        assert refused.status_code == 422 and "It was not saved" in refused.text
    assert rustam.http.post(f"/conversations/{scene.mine}/notes", data={"note": "x"}).status_code == 403


def test_no_page_weighs_more_than_a_quarter_of_a_megabyte(visit: Visit, street: Street) -> None:
    scene = set_scene(street)
    for number in range(60):
        street.transcript.say(scene.mine, "bot", f"{number} " + "Дар 15 рӯз. " * 20, [], None, (), street.clock())
    madina = visit("Madina")
    for page in scene.pages:
        text = madina.open(page).text
        assert sum(_weights(madina, text).values()) + len(text.encode()) < MAX_BYTES, page


def _weights(visitor: Visitor, page: str) -> dict[str, int]:
    """The bytes of everything that a page loads, with what its scripts and styles load."""
    weights: dict[str, int] = {}
    wanted = ASSET.findall(page)
    while wanted:
        address = wanted.pop()
        if address in weights:
            continue
        answer = visitor.open(address)
        assert answer.status_code == 200, address
        weights[address] = len(answer.content)
        if address.endswith((".css", ".js")):
            wanted += [f"/static/{each}" for each in IMPORT.findall(answer.text)]
    return weights
