"""Translation in the console: side by side, marked, kept with the message, told beforehand, and never in the way."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from conversations.erasure import erase
from conversations.transcript import Message
from tests.console.conftest import Street
from tests.console.running_console import FORM_TOKEN, Visitor, _found
from tests.translation_emulator.libretranslate import LibreTranslateEmulator
from tests.translation_emulator.serving import Trouble

Visit = Callable[..., Visitor]
SENTENCE = "Ин ҷавобро барнома тарҷума кардааст"
QUESTION = "Хӯҷаин музд намедиҳад"


@pytest.fixture
def service(environ: dict[str, str]) -> Iterator[LibreTranslateEmulator]:
    """A running service, which the console's settings name."""
    with LibreTranslateEmulator(("ru", "en", "tg", "kk")) as running:
        assert isinstance(running, LibreTranslateEmulator)
        running.words = {QUESTION: "Хозяин не платит", "Напишите, за какой месяц": "Нависед, барои кадом моҳ"}
        environ["SAFAR_TRANSLATE_URL"] = running.url
        yield running
    assert running.violations == []


class Desk:
    """An operator who reads Russian and has the page of one conversation before them."""

    def __init__(self, visitor: Visitor, street: Street, conversation_id: str) -> None:
        self.visitor = visitor
        self.street = street
        self.at = f"/conversations/{conversation_id}"
        self.id = conversation_id

    def sends(self, path: str, **fields: str) -> httpx.Response:
        """A form of the panel's scripts."""
        token = _found(FORM_TOKEN, self.visitor.open(self.at).text)
        return self.visitor.http.post(path, data={"form_token": token, **fields})

    def knows(self, service: LibreTranslateEmulator) -> None:
        """The operator has agreed."""
        host = service.url.removeprefix("http://")
        assert self.sends("/translation_consent", host=host).status_code == 200

    def translates(self, place: int = 0) -> httpx.Response:
        """One message."""
        return self.sends(f"{self.at}/translations", cursor=str(self.said()[place].cursor))

    def said(self) -> tuple[Message, ...]:
        """The transcript."""
        return self.street.transcript.after(self.id)


@pytest.fixture
def desk(service: LibreTranslateEmulator, visit: Visit, street: Street) -> Desk:
    """Madina, who holds a Tajik conversation and knows where words go."""
    made = Desk(visit("Madina", "ru"), street, street.waits(QUESTION))
    street.handovers.take(made.id, "Madina", street.clock())
    made.knows(service)
    return made


def test_a_message_is_translated_marked_and_kept_so_that_it_leaves_once(
    desk: Desk, service: LibreTranslateEmulator
) -> None:
    shown = desk.translates().json()["shown"]
    assert "Хозяин не платит" in shown and "Машинный перевод, возможны ошибки" in shown and 'lang="ru"' in shown
    kept = desk.visitor.open(f"{desk.at}/translations").json()
    assert list(kept["shown"].values()) == [shown]
    assert [body["q"] for body in service.asked] == [QUESTION]


def test_before_the_operator_was_told_no_word_leaves(
    service: LibreTranslateEmulator, visit: Visit, street: Street
) -> None:
    desk = Desk(visit("Madina", "ru"), street, street.waits(QUESTION))
    panel = desk.visitor.open(f"{desk.at}/beside_answer").text
    host = service.url.removeprefix("http://")
    assert f"уйдут на {host}" in panel
    for path, fields in (
        (f"{desk.at}/translations", {"cursor": str(desk.said()[0].cursor)}),
        (f"{desk.at}/translated_answer", {"text": "Напишите"}),
        (f"{desk.at}/translate_all", {"is_on": "1"}),
    ):
        answer = desk.sends(path, **fields)
        assert (answer.status_code, answer.json()) == (409, {"host": host})
    assert desk.sends("/translation_consent", host="other.example").status_code == 409
    assert service.asked == []
    desk.knows(service)
    assert desk.translates().status_code == 200


def test_the_operators_words_become_a_pair_with_the_sentence_for_the_migrant(desk: Desk) -> None:
    shown = desk.sends(f"{desk.at}/translated_answer", text="Напишите, за какой месяц").json()["shown"]
    assert "Напишите, за какой месяц" in shown and "Нависед, барои кадом моҳ" in shown
    assert SENTENCE in shown and "машинный перевод" in shown and "data-machine" in shown


def test_a_machine_translated_answer_says_so_and_keeps_the_operators_own_words(desk: Desk) -> None:
    own = {"own_words": "Напишите, за какой месяц"}
    assert desk.visitor.step(desk.id, "answer", text="Нависед, барои кадом моҳ", **own).status_code == 303
    answer = desk.said()[-1]
    assert answer.text.startswith("Нависед, барои кадом моҳ\n\n" + SENTENCE)
    kept = desk.visitor.open(f"{desk.at}/translations").json()["shown"][str(answer.cursor)]
    assert "Напишите, за какой месяц" in kept and "человек получил машинный перевод" in kept


def test_the_sentence_is_not_said_twice_and_other_answers_do_not_have_it(desk: Desk) -> None:
    sentence = desk.sends(f"{desk.at}/translated_answer", text="x").json()["shown"]
    text = "Ҷавоб\n\n" + sentence.split('class="theirs"')[1].split(">")[1].split("<")[0].split("\n\n")[1].strip()
    desk.visitor.step(desk.id, "answer", text=text, own_words="Ответ")
    assert desk.said()[-1].text.count(SENTENCE) == 1
    desk.visitor.step(desk.id, "answer", text="Ман худам навиштам")
    assert desk.said()[-1].text == "Ман худам навиштам"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (Trouble(status=429), "перегружена"),
        (Trouble(status=500), "не удалось прочитать"),
        (Trouble(status=403), "ключ не подходит"),
        (Trouble(body="{"), "не удалось прочитать"),
        (Trouble(slow_seconds=7), "не ответила за пять секунд"),
    ],
)
def test_a_failure_is_told_and_sending_goes_on(
    desk: Desk, service: LibreTranslateEmulator, trouble: Trouble, sentence: str
) -> None:
    service.troubles += [trouble, trouble]
    failed = desk.translates()
    assert failed.status_code == 502 and sentence in failed.json()["sentence"]
    assert desk.visitor.open(f"{desk.at}/translations").json()["shown"] == {}
    if trouble.slow_seconds:
        return
    failed = desk.sends(f"{desk.at}/translated_answer", text="Ответ")
    assert failed.status_code == 502 and sentence in failed.json()["sentence"]
    assert desk.visitor.step(desk.id, "answer", text="Ҷавоб").status_code == 303


def test_a_language_that_the_service_lacks_is_told(desk: Desk, street: Street, service: LibreTranslateEmulator) -> None:
    street.conversations.remember(desk.id, variant="ky")
    failed = desk.sends(f"{desk.at}/translated_answer", text="Ответ")
    assert failed.status_code == 502 and "не переводит" in failed.json()["sentence"]
    assert service.asked == []


def test_the_switch_is_remembered_for_the_conversation_and_all_operators(desk: Desk, visit: Visit) -> None:
    assert desk.visitor.open(f"{desk.at}/translations").json()["is_all"] is False
    assert desk.sends(f"{desk.at}/translate_all", is_on="1").json()["is_all"] is True
    colleague = visit("Rustam", "ru").open(f"{desk.at}/translations").json()
    assert (colleague["is_all"], colleague["is_told"]) == (True, False), "each operator is told anew"
    other = desk.street.waits("дигар")
    assert desk.visitor.open(f"/conversations/{other}/translations").json()["is_all"] is False
    assert desk.sends(f"{desk.at}/translate_all", is_on="").json()["is_all"] is False


def test_nothing_is_asked_for_ones_own_language_and_for_operators(desk: Desk, service: LibreTranslateEmulator) -> None:
    desk.visitor.step(desk.id, "answer", text="Ҷавоб")
    assert desk.translates(-1).json() == {"shown": ""}
    desk.street.conversations.remember(desk.id, variant="ru")
    desk.street.transcript.say(desk.id, "bot", "По-русски", [], None, (), desk.street.clock())
    assert desk.translates(-1).json() == {"shown": ""}
    assert service.asked == []


def test_what_the_bot_said_can_be_translated_too(desk: Desk) -> None:
    desk.street.transcript.say(desk.id, "bot", "Салом", [], None, (), desk.street.clock())
    assert "[tg→ru] Салом" in desk.translates(-1).json()["shown"]


def test_an_erased_conversation_takes_its_translations_along(desk: Desk) -> None:
    desk.translates()
    erase(desk.street.database, desk.id, desk.street.clock())
    assert desk.visitor.open(f"{desk.at}/translations").status_code == 404


def test_without_a_service_the_panel_has_no_translation_and_asks_nobody(visit: Visit, street: Street) -> None:
    desk = Desk(visit("Madina", "ru"), street, street.waits(QUESTION))
    assert "translate-own-words" not in desk.visitor.open(f"{desk.at}/beside_answer").text
    assert desk.translates().status_code == 409


def test_a_form_without_the_pages_token_or_a_session_is_refused(desk: Desk, visit: Visit) -> None:
    for path in (f"{desk.at}/translations", f"{desk.at}/translated_answer", f"{desk.at}/translate_all"):
        assert desk.visitor.http.post(path, data={"cursor": "1", "text": "x"}).status_code == 403
        assert visit().http.post(path, data={"form_token": "x"}).status_code == 303
    assert desk.visitor.http.post("/translation_consent", data={"host": "x"}).status_code == 403


def test_a_message_that_is_not_there_is_not_found(desk: Desk) -> None:
    for cursor in ("", "0", "99999999", "x", "9" * 40):
        assert desk.sends(f"{desk.at}/translations", cursor=cursor).status_code == 404


def test_no_word_reaches_the_log(desk: Desk, service: LibreTranslateEmulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    service.troubles.append(Trouble(status=500))
    desk.translates()
    desk.translates()
    assert "музд" not in caplog.text and "Хозяин" not in caplog.text
