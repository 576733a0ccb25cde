"""The table of topics, countries and languages: nothing is empty, and what is empty would be named."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from foundation.settings import PROJECT
from knowledge_base.entry import Entry
from knowledge_base.library import Library
from knowledge_base.topics import Topics
from language.variants import LANGUAGES
from publishing.coverage import LEGAL, ORIENTATION, PARTLY, coverage, gaps, kind_of, table
from publishing.facts import Fact, read_facts

DATA = PROJECT / "data"


@pytest.fixture(scope="module")
def library() -> Library:
    """All entries."""
    return Library.load(DATA / "faq")


@pytest.fixture(scope="module")
def topics() -> Topics:
    """All topics."""
    return Topics.load(DATA / "topics.yml")


def _fact(country: str, confidence: str = "high") -> dict[str, Fact]:
    return {"F-1": Fact("F-1", "It is so.", country, confidence, True, "")}


def test_no_topic_is_without_an_answer_in_any_language(library: Library, topics: Topics) -> None:
    rows = coverage(library, topics, read_facts(DATA / "facts"))
    assert {row.topic for row in rows} == {topic for topic in topics.ids if not topic.startswith("meta.")}
    assert gaps(rows) == []


def test_a_topic_without_entry_and_an_entry_without_a_language_are_named(library: Library, topics: Topics) -> None:
    first, *others = library.of_topic("bans.check")
    answer = {name: text for name, text in first.answer.items() if name != "tg"}
    kept = [entry for entry in library.entries if entry.topic not in ("bans.check", "bans.appeal")]
    rows = coverage(Library([*kept, replace(first, answer=answer), *others]), topics, {})
    assert gaps(rows) == ["bans.appeal: no entry", f"bans.check, {first.country}: not in tg"]
    assert "not in tg" in table(rows)


@pytest.mark.parametrize(
    ("country", "of_fact", "kind"),
    [
        ("RU", "RU", LEGAL),
        ("RU", "RU Moscow and Moscow region", LEGAL),
        ("KZ", "Central Asia", LEGAL),
        ("KZ", "RU", ORIENTATION),
        ("KR", "all", ORIENTATION),
        ("any", "international", LEGAL),
        ("any", "UZ", LEGAL),
        ("any", "design", ORIENTATION),
    ],
)
def test_an_entry_tells_the_rule_where_a_fact_of_its_country_stands_behind_it(
    library: Library, country: str, of_fact: str, kind: str
) -> None:
    entry = _entry(library, country)
    assert kind_of(entry, _fact(of_fact)) == kind
    assert kind_of(entry, _fact(of_fact, "low")) == ORIENTATION


def test_an_entry_that_calls_a_part_of_it_unchecked_tells_the_rule_partly(library: Library) -> None:
    entry = _entry(library, "KZ")
    entry = replace(entry, answer={**entry.answer, "en": "Wages are paid monthly. We have no checked rule on leave."})
    assert kind_of(entry, _fact("KZ")) == PARTLY


def test_the_command_prints_every_topic_and_the_length_of_sentences(tmp_path: Path, topics: Topics) -> None:
    done = _coverage(DATA)
    assert done.returncode == 0, done.stderr
    assert all(f"| {topic} |" in done.stdout for topic in topics.ids if not topic.startswith("meta."))
    assert all(f"\n| {language} | " in done.stdout for language in LANGUAGES if language != "uz-Cyrl")
    assert done.stdout.rstrip().endswith("empty: nothing")


def test_the_command_fails_where_a_topic_is_empty_or_the_content_is_not_there(tmp_path: Path) -> None:
    for name in ("topics.yml", "nlu", "responses", "guidance", "facts"):
        (tmp_path / name).symlink_to(DATA / name)
    assert "SAFAR_CONTENT" in _coverage(tmp_path).stderr
    (tmp_path / "faq" / "bans").mkdir(parents=True)
    (tmp_path / "faq" / "bans" / "check-ru.yml").symlink_to(DATA / "faq" / "bans" / "check-ru.yml")
    done = _coverage(tmp_path)
    assert done.returncode == 1
    assert "bans.appeal: no entry" in done.stdout and "bans.check: no entry" not in done.stdout


def _entry(library: Library, country: str) -> Entry:
    return replace(library.entry("bans/check-ru"), country=country, facts=("F-1",))


def _coverage(content: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "safar", "coverage"]
    environ = {**os.environ, "SAFAR_CONTENT": str(content)}
    return subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False)
