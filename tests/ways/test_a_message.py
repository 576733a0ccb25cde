"""The way of a message: from the web chat through gateway, engine and knowledge base, and back, in every language."""

import json
from collections import deque
from pathlib import Path
from typing import Any

import httpx
import pytest

from guidance.places import Places
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from language.variants import LANGUAGES, OWN_NAMES
from language.wording import Wording
from tests.ways.conftest import Meet
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

MENU, REGISTRATION, BAN = "/meta.menu", "/registration.arrival", "bans.appeal"
MOST_TAPS = 4


@pytest.fixture(scope="session")
def places(release: Path) -> Places:
    """Names of countries."""
    return Places.load(release / "content" / "guidance")


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_greeting_is_answered_and_under_it_stand_languages_and_data(
    meet: Meet, wording: Wording, variant: str
) -> None:
    talk = Talk(meet(), wording, variant).say(SPEECHES[variant].greeting).hears("greeting", "first_contact")
    notice = talk.heard[-1]
    assert (notice["sender"], notice["reply_to"], notice["answers"]) == ("system", None, [])
    titles = [button["title"] for button in notice["buttons"]]
    assert titles[: len(LANGUAGES)] == [OWN_NAMES[each] for each in LANGUAGES]
    assert "first_contact" not in talk.say(SPEECHES[variant].greeting).hears("greeting").text
    assert all(message["sender"] == "bot" for message in talk.heard), "the notice is said once"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_question_is_answered_with_country_source_and_date(
    meet: Meet, wording: Wording, library: Library, places: Places, variant: str
) -> None:
    talk = Talk(meet(), wording, variant).say(SPEECHES[variant].question)
    entry = next(each for each in library.of_topic(BAN) if each.country == "RU")
    answer = talk.heard[0]["text"]
    assert answer.startswith(entry.answer[variant])
    talk.hears("answer_where", "answer_source", "answer_checked_on", "did_this_help")
    assert wording.text("answer_where", variant, country=places.country_name("RU", variant)) in answer
    assert entry.sources[0].at in answer
    assert entry.checked_on.strftime("%d.%m.%Y") in answer
    assert {"/helped", "/not_helped", MENU} <= set(talk.payloads)


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_question_in_the_middle_of_the_tool_is_answered_and_the_tool_goes_on(
    meet: Meet, wording: Wording, library: Library, variant: str
) -> None:
    speech = SPEECHES[variant]
    talk = Talk(meet(variant), wording, variant).tap(REGISTRATION).hears("registration_intro", "ask_country")
    talk.say(speech.place).hears("ask_citizenship")
    talk.say(speech.question).hears("answer_source", "ask_citizenship")
    assert talk.heard[0]["text"].startswith(tuple(entry.answer[variant] for entry in library.of_topic(BAN)))
    talk.say(speech.citizenship).hears("for_whom", "ask_entered_on")
    talk.tap(MENU).hears("menu_domains", "ask_entered_on")
    talk.say(speech.entered_on).hears("for_whom", "deadline_ahead", "answer_source", "answer_checked_on")
    talk.say(speech.greeting).hears("greeting")
    assert wording.text("ask_entered_on", variant) not in talk.text, "the tool has ended"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_language_can_be_changed_at_any_time(meet: Meet, wording: Wording, variant: str) -> None:
    other = LANGUAGES[(LANGUAGES.index(variant) + 1) % len(LANGUAGES)]
    talk = Talk(meet(), wording, variant).say(SPEECHES[variant].greeting).hears("greeting")
    chosen = next(button for button in talk.heard[-1]["buttons"] if button["title"] == OWN_NAMES[other])
    talk.tap(chosen["payload"]).hears("language_chosen", variant=other)
    talk.tap(MENU).hears("menu_domains", variant=other)
    talk.tap(REGISTRATION).hears("ask_country", variant=other)
    talk.tap(f'/meta.language{{"variant":"{variant}"}}').hears("language_chosen", "ask_country")


@pytest.mark.parametrize("domain", ["registration", "work", "bans", "trafficking", "remittances", "asylum"])
def test_the_menu_leads_to_an_answer(
    meet: Meet, wording: Wording, library: Library, release: Path, domain: str
) -> None:
    """An answer of the knowledge base, after the country where there are several; another language for each domain."""
    topics = Topics.load(release / "content" / "topics.yml")
    variant = LANGUAGES[topics.domains.index(domain) % len(LANGUAGES)]
    said = {f"/{each.id}": library.of_topic(each.id) for each in topics.of_domain(domain) if each.kind != "tool"}
    talk = Talk(meet(variant), wording, variant)
    payload = _walk(talk, {payload for payload, entries in said.items() if entries})
    country = next((sent for sent in talk.payloads if sent.startswith('/inform{"country"')), None)
    if country is not None:
        talk.hears("ask_which_country").tap(country)
    assert talk.heard[0]["text"].startswith(tuple(entry.answer[variant] for entry in said[payload]))


def test_every_domain_is_within_four_taps(meet: Meet, wording: Wording, release: Path) -> None:
    topics = Topics.load(release / "content" / "topics.yml")
    wanted = set(topics.domains)
    talk = Talk(meet("tg"), wording, "tg").tap(MENU)
    found: dict[str, int] = {}
    for taps in range(2, MOST_TAPS):
        found |= {_domain(payload): taps for payload in talk.payloads if _domain(payload)}
        onward = next((payload for payload in talk.payloads if '"page"' in payload), None)
        if set(found) == wanted or onward is None:
            break
        talk.tap(onward)
    assert set(found) == wanted
    assert max(found.values()) < MOST_TAPS, "one more tap is the topic's"


def test_ask_gives_the_answers_of_the_running_bot(
    safar: RunningSafar, meet: Meet, wording: Wording, library: Library
) -> None:
    asked = {f"{variant} {name}": _words(variant, name) for variant in LANGUAGES for name in ("greeting", "question")}
    asked |= {f"en {number}": text for number, text in enumerate(PLAIN)}
    lines = "\n".join(json.dumps({"id": name, "text": text}) for name, text in asked.items())
    done = safar.command("ask", "--json", stdin=lines + '\n{"id": 7}\nno json\n')
    assert done.returncode == 0, done.stderr.decode()
    *answers, without_text, no_json = map(json.loads, done.stdout.decode().splitlines())
    assert without_text["id"] == "7" or without_text["id"] == 7
    assert without_text["error"] and no_json["error"]
    assert [answer["id"] for answer in answers] == list(asked)
    for answer in answers:
        text = asked[answer["id"]]
        person = meet()
        shown = person.answer_to(person.write(text), 60)
        assert shown["text"] == answer["text"], answer["id"]
        inner = _ask_engine(safar, text, answer)
        assert {name: inner[name] for name in ("topic", "entry")} == {name: answer[name] for name in ("topic", "entry")}
        assert answer["entry"] is None or library.entry(answer["entry"]).topic == answer["topic"]


PLAIN = (
    "how do I send money home?",
    "what is the weather like on Mars?",
    "I want to talk to a human being",
    "как проверить, есть ли у меня запрет на въезд?",
    "хозяин не платит зарплату третий месяц",
    "какие документы нужны для патента?",
)


def _words(variant: str, name: str) -> str:
    return str(getattr(SPEECHES[variant], name))


def _ask_engine(safar: RunningSafar, text: str, answer: dict[str, Any]) -> dict[str, Any]:
    """What rides on the engine's answer, which the web chat does not show."""
    engine = safar.engine()
    variant = "uz-Cyrl" if (answer["language"], answer["script"]) == ("uz", "Cyrl") else answer["language"]
    metadata = {"variant": variant, "language": answer["language"], "script": answer["script"]}
    body = {"sender": f"asked {answer['id']}", "id": "1", "message": text, "metadata": metadata}
    headers = {"Authorization": f"Bearer {engine['token']}"}
    url = f"{engine['url']}/webhooks/engine/turn"
    said = httpx.post(url, json=body, headers=headers, timeout=60, trust_env=False)
    assert said.status_code == 200, said.text
    return dict(next(each["custom"]["answer"] for each in said.json()["messages"] if "answer" in each["custom"]))


def _walk(talk: Talk, wanted: set[str]) -> str:
    """Tap from the menu to one of these payloads, breadth first; fails after four taps. Gives the payload."""
    ways = deque([(MENU,)])
    seen = {MENU}
    while ways:
        way = ways.popleft()
        if len(way) == MOST_TAPS:
            continue
        talk.tap(way[-1])
        reached = next((payload for payload in talk.payloads if payload in wanted), None)
        if reached:
            talk.tap(reached)
            return reached
        new = [payload for payload in talk.payloads if payload.startswith(MENU) and payload not in seen]
        seen |= set(new)
        ways += [(*way, payload) for payload in new]
    raise AssertionError(f"none of {wanted} is within {MOST_TAPS} taps")


def _domain(payload: str) -> str:
    details = json.loads(payload.removeprefix(MENU) or "{}") if payload.startswith(MENU) else {}
    return str(details.get("domain", "")) if "page" not in details else ""
