"""What an operator takes on, from the command line: languages, topics, countries, limit, teams; and back in words."""

import argparse
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from conversations.database import Database
from conversations.desks import Desk, Desks, Skills
from foundation.settings import PROJECT
from guidance.places import Places
from knowledge_base.topics import META, TopicError, Topics
from language.variants import LANGUAGES

ALL = "all"
NONE = "none"
_TEAM = re.compile(r"[^\s,:][^,:]{0,39}")
CODES = tuple(dict.fromkeys(each.partition("-")[0] for each in LANGUAGES))


class SkillError(Exception):
    """A value cannot be used: nothing was changed; the message says what would be right."""


@dataclass(frozen=True)
class Asked:
    """What was asked for; `teams` is None where nothing was said of them."""

    skills: Skills
    teams: tuple[str, ...] | None


def add_skill_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `add` and `set`; each takes `all` (or `none`) to lift it."""
    parser.add_argument("--languages", help=f"by comma, out of {','.join(CODES)}; or all")
    parser.add_argument("--topics", help="topics or domains of topics.yml by comma, such as work,bans.appeal; or all")
    parser.add_argument("--countries", help="where migrants are, by comma, such as RU,KZ; or all")
    parser.add_argument("--limit", help="how many conversations at once; or none")
    parser.add_argument("--teams", help="names by comma, such as night; or none")


def skills_of(arguments: argparse.Namespace, content: Path) -> Asked:
    """What the options ask for; raises `SkillError`."""
    skills = Skills()
    if arguments.languages is not None:
        skills["languages"] = _list("--languages", arguments.languages, CODES)
    if arguments.topics is not None:
        skills["topics"] = _list("--topics", arguments.topics, _topics(content))
    if arguments.countries is not None:
        skills["countries"] = _list("--countries", arguments.countries.upper(), _countries(content))
    if arguments.limit is not None:
        skills["open_limit"] = _limit(arguments.limit)
    return Asked(skills, None if arguments.teams is None else _teams(arguments.teams))


def set_skills(database: Database, name: str, asked: Asked) -> None:
    """Write it down; raises `UnknownOperatorError`."""
    desks = Desks(database)
    desks.set(name, **asked.skills)
    if asked.teams is not None:
        desks.set_teams(name, asked.teams)


def described(database: Database) -> list[str]:
    """One line for each operator, the name first."""
    return [_line(desk) for desk in Desks(database).all()]


def _line(desk: Desk) -> str:
    lists = (("languages", desk.languages), ("topics", desk.topics), ("countries", desk.countries))
    parts = [f"{name} {','.join(values) or ALL}" for name, values in lists]
    limit = NONE if desk.open_limit is None else desk.open_limit
    teams = ",".join(desk.teams) or NONE
    switch = "present" if desk.is_present else "away"
    return "  ".join([desk.name, *parts, f"limit {limit} ({desk.open_count} open)", f"teams {teams}", switch])


def _list(option: str, text: str, known: Collection[str]) -> list[str]:
    if text.strip().lower() == ALL:
        return []
    values = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if unknown := [each for each in values if each not in known]:
        raise SkillError(f"{option}: {', '.join(unknown)} is not known; choose out of {', '.join(known)}, or all")
    if not values:
        raise SkillError(f"{option}: nothing is named; choose out of {', '.join(known)}, or all")
    return values


def _limit(text: str) -> int | None:
    if text.strip().lower() == NONE:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100:
        raise SkillError(f"--limit: {text!r} is not a number from 1 to 100; or none")
    return int(text)


def _teams(text: str) -> tuple[str, ...]:
    if text.strip().lower() == NONE:
        return ()
    teams = tuple(part.strip() for part in text.split(",") if part.strip())
    if not teams or any(not _TEAM.fullmatch(team) for team in teams):
        raise SkillError(f"--teams: {text!r}: names by comma, each of up to 40 characters without a colon; or none")
    return teams


def _topics(content: Path) -> tuple[str, ...]:
    try:
        topics = Topics.load(_with(content, "topics.yml"))
    except TopicError as error:
        raise SkillError(str(error)) from error
    ids = [each for each in (*topics.domains, *topics.ids) if each.partition(".")[0] != META]
    return tuple(ids)


def _countries(content: Path) -> tuple[str, ...]:
    return tuple(Places.load(_with(content, "guidance")).codes())


def _with(content: Path, name: str) -> Path:
    return content / name if (content / name).exists() else PROJECT / "data" / name
