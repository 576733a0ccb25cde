"""Suggestions beside a message: the bot's own entries and canned replies, side by side in two languages."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.live_index import LiveIndex
from foundation.settings import load_settings
from tests.console.conftest import Street
from tests.console.running_console import Visitor
from tests.console.small_release import make_release

Visit = Callable[..., Visitor]
ARRIVAL = "Баъди омадан ба Русия чӣ тавр ба қайд меистам?"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def home(environ: dict[str, str]) -> Path:
    """The home folder with a live release."""
    folder = Path(environ["SAFAR_HOME"])
    make_release(folder, "one")
    return folder


def _panel(visitor: Visitor, street: Street, conversation_id: str, place: int = 0) -> str:
    cursor = street.transcript.after(conversation_id)[place].cursor
    answer = visitor.open(f"/conversations/{conversation_id}/suggestions/{cursor}")
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.usefixtures("home")
def test_an_entry_stands_in_the_operators_and_in_the_migrants_language(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(ARRIVAL, variant="tg")
    panel = _panel(visit("Madina", "ru"), street, conversation_id)
    first = panel.split("</details>")[0]
    assert "В России вас регистрирует тот, у кого вы живёте" in first, "what the operator reads"
    assert "Дар Русия шуморо соҳибхона" in first and 'lang="tg"' in first, "what the person gets"
    assert "написано машиной, человек ещё не проверил" in first and "01.11.2026" in first
    assert 'href="https://yakutia-sodr.ru' in first and "Манбаъ" in first


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("country", "citizenship", "present", "absent"),
    [("RU", "TJ", "registration", "Kazakhstan"), ("KZ", "UZ", "Kazakhstan", "Russia.")],
)
def test_only_what_holds_for_country_and_citizenship_is_suggested(
    visit: Visit, street: Street, country: str, citizenship: str, present: str, absent: str
) -> None:
    conversation_id = street.waits(ARRIVAL, variant="tg", country=country, citizenship=citizenship)
    panel = _panel(visit("Madina", "en"), street, conversation_id)
    assert present in panel and f"Country: {absent}" not in panel


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("variant", "text", "title"),
    [
        ("tg", "раҳмати калон", "Спасибо за доверие"),
        ("kk", "Неге жауап бермейсіз?", "Читаю, минуту"),
        ("uz", "politsiyadanmisiz", "Мы не полиция"),
        ("ky", "Саламатсызбы", "Приветствие с именем"),
    ],
)
def test_what_people_say_leads_to_a_canned_reply(
    visit: Visit, street: Street, variant: str, text: str, title: str
) -> None:
    panel = _panel(visit("Madina", "ru"), street, street.waits(text, variant=variant))
    assert f">{title}</summary>" in panel.split('class="about"')[0]


@pytest.mark.usefixtures("home")
def test_uzbek_in_cyrillic_letters_is_answered_in_them(visit: Visit, street: Street) -> None:
    conversation_id = street.waits("Россияга келгач рўйхатдан қандай ўтаман?", citizenship="UZ")
    street.conversations.remember(conversation_id, variant="uz-Cyrl")
    panel = _panel(visit("Madina", "en"), street, conversation_id)
    assert 'lang="uz-Cyrl"' in panel and "Россияда сизни уй эгаси" in panel


def test_without_a_release_the_panel_says_so_and_the_page_works_on(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(ARRIVAL)
    madina = visit("Madina", "en")
    assert "no release of the content is live yet" in _panel(madina, street, conversation_id)
    assert madina.open(f"/conversations/{conversation_id}").status_code == 200
    assert madina.step(conversation_id, "take").status_code == 303


def test_a_damaged_release_is_told_and_not_read_again_and_again(visit: Visit, street: Street, home: Path) -> None:
    (home / "releases" / "one" / "index" / "index.json").write_text("{}", "utf-8")
    conversation_id = street.waits(ARRIVAL)
    madina = visit("Madina", "en")
    for _ in range(2):
        assert "the content could not be read" in _panel(madina, street, conversation_id)


def test_a_new_release_is_noticed_and_the_old_one_serves_meanwhile(home: Path) -> None:
    index = LiveIndex(load_settings({"SAFAR_HOME": str(home)}))
    assert index.get().release == "one"
    make_release(home, "two", ("registration",))
    assert index.get().release in ("one", "two")
    end = time.monotonic() + 20
    while index.get().release != "two" and time.monotonic() < end:
        time.sleep(0.05)
    assert index.get().release == "two"


def test_a_damaged_new_release_leaves_the_old_one_serving(home: Path) -> None:
    index = LiveIndex(load_settings({"SAFAR_HOME": str(home)}))
    assert index.get().release == "one"
    (home / "live").write_text("three\n", "utf-8")
    time.sleep(0.2)
    assert index.get().release == "one"


@pytest.mark.usefixtures("home")
def test_a_message_is_looked_up_in_less_than_a_tenth_of_a_second(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(ARRIVAL)
    madina = visit("Madina", "en")
    _panel(madina, street, conversation_id)
    spans = []
    for _ in range(20):
        began = time.monotonic()
        _panel(madina, street, conversation_id)
        spans.append(time.monotonic() - began)
    assert sorted(spans)[10] < 0.1, spans


@pytest.mark.usefixtures("home")
def test_what_was_pressed_and_what_we_say_ourselves_has_no_suggestions(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(ARRIVAL)
    street.writes(conversation_id, "/meta.human", payload="/meta.human")
    street.transcript.say(conversation_id, "bot", ARRIVAL, [], None, (), street.clock())
    madina = visit("Madina", "en")
    for place in (1, 2):
        assert "There is no ready answer for this message" in _panel(madina, street, conversation_id, place)


@pytest.mark.usefixtures("home")
def test_strangers_and_other_conversations_get_nothing(visit: Visit, street: Street) -> None:
    conversation_id, other = street.waits(ARRIVAL), street.arrives()
    street.writes(other, "never handed over")
    cursor = street.transcript.after(conversation_id)[0].cursor
    hidden = street.transcript.after(other)[0].cursor
    madina, stranger = visit("Madina"), visit()
    for path in ("beside_answer", f"suggestions/{cursor}", "canned", "translations"):
        answer = stranger.open(f"/conversations/{conversation_id}/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert madina.open(f"/conversations/{other}/{path}").status_code == (204 if path == "beside_answer" else 404)
        assert madina.open(f"/conversations/nobody/{path}").status_code == 404
    assert madina.open(f"/conversations/{other}/suggestions/{hidden}").status_code == 404
    assert madina.open(f"/conversations/{conversation_id}/suggestions/{hidden}").status_code == 404
    assert madina.open(f"/conversations/{conversation_id}/suggestions/{10**30}").status_code == 404


@pytest.mark.usefixtures("home")
def test_words_of_a_migrant_cannot_become_markup_in_the_panel(visit: Visit, street: Street) -> None:
    panel = _panel(visit("Madina"), street, street.waits("<img src=x onerror=alert(1)> паспорт"))
    assert "<img" not in panel and "&lt;img src=x" in panel


def test_canned_replies_are_found_and_filled_with_what_is_known(visit: Visit, street: Street) -> None:
    conversation_id = street.waits(country="KZ", citizenship="UZ")
    street.conversations.remember(conversation_id, variant="kk")
    madina = visit("Madina", "ru")
    found = madina.open(f"/conversations/{conversation_id}/canned").text
    assert found.count("<details") >= 40
    greeting = madina.open(f"/conversations/{conversation_id}/canned?q=приветствие+имен").text
    assert "Менің атым Madina." in greeting and "Меня зовут Madina." in greeting and "data-variable" not in greeting
    places = madina.open(f"/conversations/{conversation_id}/canned?q=гражданство").text
    assert "Ел: Қазақстан." in places and "Страна: Казахстан." in places and "Азаматтық: Өзбекстан." in places
    asked = madina.open(f"/conversations/{conversation_id}/canned?q=когда+отвечу").text
    assert 'data-variable="date"' in asked and 'data-variable="time"' in asked
    assert "Ничего не нашлось" in madina.open(f"/conversations/{conversation_id}/canned?q=велосипед").text


@pytest.fixture
def own_file(environ: dict[str, str], tmp_path: Path) -> Path:
    """A file of a host's own canned replies, in a content folder that is otherwise ours."""
    ours, content = Path(__file__).parents[2] / "data", tmp_path / "content"
    content.mkdir()
    for name in ("guidance", "danger", "responses"):
        (content / name).symlink_to(ours / name)
    environ["SAFAR_CONTENT"] = str(content)
    file = content / "canned_replies" / "own.yml"
    file.parent.mkdir()
    return file


def test_a_host_has_canned_replies_of_its_own_which_are_read_anew(own_file: Path, visit: Visit, street: Street) -> None:
    languages = ("ru", "uz", "tg", "ky", "kk", "en")
    record = {name: dict.fromkeys(languages, "Our own") for name in ("title", "text")}
    own = json.dumps({"own": record | {"review": dict.fromkeys(languages, "reviewed")}})
    own_file.write_text(own, "utf-8")
    madina, path = visit("Madina", "en"), f"/conversations/{street.waits()}/canned"
    assert "Our own" in madina.open(path).text and "read by a person" in madina.open(path).text
    own_file.write_text(own.replace("Our own", "Our newer one"), "utf-8")
    assert "Our newer one" in madina.open(path).text
    own_file.write_text("own: {", "utf-8")
    assert "Our newer one" in madina.open(path).text, "a broken file changes nothing"
