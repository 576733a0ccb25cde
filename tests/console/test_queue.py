"""The queue in the console: what fits whom, filters, live changes, presence, passing on, the bot's first note."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from conversations.commands import OpenHandover
from conversations.desks import Desks
from conversations.first_note import Tried
from conversations.inbox import Inbox
from conversations.reply import Reply
from conversations.turn import finish_turn
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import ConsoleThread, Visitor

Visit = Callable[..., Visitor]
SEEN = re.compile(r'data-seen="(\w+)"')


def _order(page: str) -> list[str]:
    return re.findall(r'id="open-(\w+)"', page)


def _asks_the_bot(street: Street, tried: tuple[Tried, ...], variant: str = "tg") -> str:
    """Somebody whom the bot has tried to help, and who then wants a person."""
    one = street.arrives(variant=variant)
    street.writes(one, "Савол")
    claimed = Inbox(street.database).claim("worker", street.clock(), 30)
    assert claimed and claimed.conversation_id == one
    commands = (*tried, OpenHandover("asked for a person"))
    assert finish_turn(street.database, claimed, [Reply("javob")], commands, "r1", street.clock())
    return one


def test_who_lacks_the_language_sees_why_and_cannot_take(visit: Visit, street: Street) -> None:
    conversation_id, madina = street.waits(variant="tg"), visit("Madina")
    Desks(street.database).set("Madina", languages=["uz"])
    page = madina.open("/").text
    assert "misfit" in page and "Not one of your languages" in page
    assert f"/conversations/{conversation_id}/take" not in page
    refused = madina.step(conversation_id, "take")
    assert refused.status_code == 409 and "Not one of your languages" in refused.text
    assert f"/conversations/{conversation_id}/take" in visit("Aibek").open("/").text


def test_urgent_danger_may_be_taken_all_the_same(visit: Visit, street: Street) -> None:
    conversation_id, madina = street.waits(danger="urgent"), visit("Madina")
    Desks(street.database).set("Madina", languages=["uz"])
    assert "But the danger is urgent: you may take it." in madina.open("/").text
    assert madina.send("/", f"/conversations/{conversation_id}/take").status_code == 303
    known = street.conversations.get(conversation_id)
    assert known and known.operator == "Madina"


def test_counts_and_filters(visit: Visit, street: Street) -> None:
    asked = _asks_the_bot(street, (Tried("work.permit", "work/permit-ru", "shown"),))
    tajik, uzbek = street.waits(country="RU"), street.waits(country="KZ")
    street.conversations.remember(uzbek, variant="uz-Cyrl")
    mine = street.waits(danger="urgent")
    street.handovers.take(mine, "Madina", street.clock())
    madina = visit("Madina")
    page = madina.open("/").text
    assert re.search(r"no danger <b>3</b>", page) and re.search(r"Oʻzbekcha</span> <b>1</b>", page)
    assert _order(madina.open("/?language=uz").text) == [uzbek]
    assert set(_order(madina.open("/?country=RU").text)) == {tajik, asked, mine}
    assert _order(madina.open("/?topic=work").text) == [asked]
    assert _order(madina.open("/?show=mine").text) == [mine]
    Desks(street.database).set("Madina", languages=["tg"])
    assert set(_order(madina.open("/?show=fitting").text)) == {tajik, asked, mine}
    for nonsense in ("?language=%00", "?topic=%3Cscript%3E", "?rows=99999999", "?show=x", "?rows=-1"):
        assert madina.open(f"/{nonsense}").status_code == 200
    assert "<script>" not in madina.open("/?topic=<script>").text


def test_long_lists_are_shown_in_parts(visit: Visit, street: Street, clock: MovableClock) -> None:
    waiting = []
    for _ in range(53):
        waiting.append(street.waits())
        clock.move(seconds=1)
    page = visit("Madina").open("/").text
    assert _order(page) == waiting[:50] and "Show the next ones (3)" in page
    more = re.search(r'id="more" href="([^"]+)"', page)
    assert more and _order(visit("Madina").open(more.group(1).replace("&amp;", "&")).text) == waiting


def _events(visitor: Visitor, query: str) -> Iterator[tuple[str, dict[str, object]]]:
    with visitor.http.stream("GET", f"/waiting/events?{query}") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        kind = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                kind = line[7:]
            if line.startswith("data: "):
                yield kind, json.loads(line[6:])


def test_the_stream_tells_of_newcomers_and_ends_with_the_session(
    visit: Visit, street: Street, console: ConsoleThread
) -> None:
    madina = visit("Madina")
    seen = SEEN.search(madina.open("/").text)
    assert seen
    events = _events(madina, f"seen={seen.group(1)}")
    later = threading.Timer(0.5, street.waits)
    later.start()
    kind, change = next(events)
    assert (kind, change["count"]) == ("lists", 1) and len(_order(str(change["html"]))) == 1
    same = Visitor(console.url)
    same.http.cookies = madina.http.cookies
    assert same.send("/", "/logout").status_code == 303
    assert next(events)[0] == "left"
    same.http.close()


def test_a_stop_ends_the_streams(visit: Visit, console: ConsoleThread) -> None:
    madina = visit("Madina")
    reading = threading.Thread(target=lambda: list(_events(madina, "seen=")))
    reading.start()
    time.sleep(0.5)
    assert console.stop() < 4
    reading.join(5)
    assert not reading.is_alive()


def test_signed_out_and_strangers_get_nothing(visit: Visit, street: Street) -> None:
    conversation_id = street.waits()
    for path in ("/waiting/events", "/desk", "/?show=mine"):
        answer = visit().open(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    for path in (f"/conversations/{conversation_id}/transfer", "/desk/presence"):
        answer = visit().send("/login", path, to="operator:Madina", present="no")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    madina = visit("Madina")
    madina.send("/", "/logout")
    assert madina.open("/waiting/events").headers["location"] == "/login"
    forged = visit("Madina").http.post("/desk/presence", data={"present": "no"})
    assert forged.status_code == 403


def test_present_and_away_is_a_switch_of_ones_own(visit: Visit, street: Street, clock: MovableClock) -> None:
    madina, desks = visit("Madina"), Desks(street.database)
    assert "You are present" in madina.open("/").text
    assert desks.of("Madina").is_there(clock())
    assert madina.send("/", "/desk/presence", present="no").headers["location"] == "/"
    assert "You are away" in madina.open("/").text and not desks.of("Madina").is_there(clock())
    madina.send("/desk", "/desk/presence", present="yes", back="desk")
    assert desks.of("Madina").is_there(clock())
    madina.send("/", "/logout")
    assert not desks.of("Madina").is_there(clock())


def test_the_desk_says_what_one_takes_on_in_words(visit: Visit, street: Street) -> None:
    madina, desks = visit("Madina"), Desks(street.database)
    assert madina.open("/desk").text.count("all</dd>") == 3
    desks.set("Madina", languages=["tg"], topics=["work", "bans.appeal"], countries=["KZ"], open_limit=4)
    desks.set_teams("Madina", ["night"])
    page = madina.open("/desk").text
    for words in ("Тоҷикӣ", "Work and permits", "Lifting a ban", "Kazakhstan", "night", ">4<"):
        assert words in page
    assert "Kazakhstan" not in visit("Aibek").open("/desk").text, "one's own only"


def test_a_conversation_is_passed_on_with_a_note_that_the_person_does_not_see(visit: Visit, street: Street) -> None:
    conversation_id, madina, aibek = street.waits(), visit("Madina"), visit("Aibek")
    madina.step(conversation_id, "take")
    aibek.open("/")
    assert 'value="operator:Aibek"' in madina.open(f"/conversations/{conversation_id}").text
    sent = madina.step(conversation_id, "transfer", to="operator:Aibek", note="<b>needs</b> Kyrgyz")
    assert (sent.status_code, sent.headers["location"]) == (303, "/")
    page = aibek.open(f"/conversations/{conversation_id}").text
    assert "You have this conversation" in page and "&lt;b&gt;needs&lt;/b&gt; Kyrgyz" in page
    said = street.transcript.after(conversation_id)
    assert "Корманди" in said[-1].text or "корманди" in said[-1].text, "the person is told, in their language"
    assert not any("needs" in message.text for message in said)
    assert madina.step(conversation_id, "transfer", to="operator:Madina").status_code == 409


@pytest.mark.parametrize("to", ["operator:Madina", "operator:Nobody", "team:day", "", "x:y"])
def test_what_cannot_be_passed_on_stays_and_says_why(visit: Visit, street: Street, to: str) -> None:
    conversation_id, madina = street.waits(), visit("Madina")
    madina.step(conversation_id, "take")
    refused = madina.step(conversation_id, "transfer", to=to)
    assert refused.status_code == 409 and "Nothing was changed" in refused.text
    known = street.conversations.get(conversation_id)
    assert known and known.operator == "Madina"


def test_a_team_gets_what_is_passed_to_it(visit: Visit, street: Street) -> None:
    conversation_id, madina, aibek = street.waits(), visit("Madina"), visit("Aibek")
    Desks(street.database).set_teams("Aibek", ["night"])
    madina.step(conversation_id, "take")
    assert madina.step(conversation_id, "transfer", to="team:night").status_code == 303
    assert "Passed to the team: night" in aibek.open("/").text
    assert "For another team" in madina.open("/").text
    assert madina.step(conversation_id, "take").status_code == 409
    assert aibek.step(conversation_id, "take").status_code == 303


def test_the_bots_first_note_is_in_the_readers_language_and_holds_no_words(visit: Visit, street: Street) -> None:
    tried = (
        Tried("work.permit", "work/permit-ru", "shown"),
        Tried("meta.out_of_scope", None, "not_in_content"),
    )
    one = _asks_the_bot(street, tried)
    for language, words in (
        (
            "en",
            ("The bot&#39;s note", "Getting a permit", "showed an answer", "not in our content", "Asks for a person"),
        ),
        ("tg", ("Қайди бот", "Гирифтани патент", "ҷавобро нишон дод", "дар маводи мо ҷавоб нест", "Тоҷикӣ")),
    ):
        page = visit("Madina", language).open(f"/conversations/{one}").text
        for word in words:
            assert word in page, (language, word)
    assert "Getting a permit" in visit("Madina").open("/").text, "the list names the topic"


def test_what_came_back_says_so_to_the_one_it_came_from_and_to_others(
    visit: Visit, street: Street, clock: MovableClock
) -> None:
    from datetime import timedelta

    from conversations.returning import Returning

    conversation_id, madina, aibek = street.waits(), visit("Madina"), visit("Aibek")
    madina.step(conversation_id, "take")
    clock.move(minutes=16)
    told = Reply("мебахшед", (), "system", answers_question=False)
    assert Returning(street.database).run(timedelta(minutes=15), lambda _: told, clock())
    assert "Back in the queue from you" in madina.open("/").text
    assert "You are away" in madina.open("/").text
    assert "Back in the queue: Madina did not answer in time" in aibek.open("/").text
    assert "went back to the queue without an answer" in aibek.open(f"/conversations/{conversation_id}").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_page_stays_quick_with_many_open_conversations(street: Street, visit: Visit, clock: MovableClock) -> None:
    from benchmarks.queue_page import cpu_ms, fill

    fill(street.database, 550, 500, 100, clock())
    madina = visit("Madina")
    madina.open("/")
    assert cpu_ms(madina, "/", 10) < 200, "processor time: a busy machine does not change it"
