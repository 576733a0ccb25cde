"""`safar operator`: accounts of the people who take over conversations, and what each of them takes on."""

import argparse
import getpass
import sys

from conversations.database import Database, DatabaseUnreachableError, migrate, open_database
from conversations.desks import UnknownOperatorError
from conversations.operators import OperatorExistsError, Operators
from foundation.clock import utc_now
from foundation.settings import Settings
from safar.operator_skills import SkillError, add_skill_arguments, described, set_skills, skills_of

HELP = "add, set, remove or list operators: safar operator add NAME"
MIN_PASSWORD_CHARS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar operator`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    add = actions.add_parser("add", help="add an operator")
    add.add_argument("name", help="name to log in with")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add_skill_arguments(add)
    change = actions.add_parser("set", help="set what an operator takes on; what is not named stays as it is")
    change.add_argument("name")
    add_skill_arguments(change)
    actions.add_parser("remove", help="remove an operator and end all sessions").add_argument("name")
    actions.add_parser("list", help="print all operators and what they take on")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add, set, remove or list; passwords are stored as argon2 hashes only."""
    try:
        database = open_database(settings.database_url)
        migrate(database)
        return _act(database, arguments, settings)
    except (DatabaseUnreachableError, SkillError) as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1


def _act(database: Database, arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.action:
        case "list":
            print("\n".join(described(database)) or "There are no operators yet. Add one: safar operator add NAME")
            return 0
        case "add":
            return _add(database, arguments, settings)
        case "set":
            return _set(database, arguments, settings)
    return _remove(Operators(database), arguments.name)


def _add(database: Database, arguments: argparse.Namespace, settings: Settings) -> int:
    skills = skills_of(arguments, settings.content)
    password = _password(arguments)
    if len(password) < MIN_PASSWORD_CHARS:
        print(f"safar: a password needs at least {MIN_PASSWORD_CHARS} characters; nobody was added.", file=sys.stderr)
        return 1
    try:
        Operators(database).add(arguments.name, password, utc_now())
    except (OperatorExistsError, ValueError):
        print(
            f"safar: {arguments.name!r} cannot be added: the name is empty, taken, or used by Safar itself.",
            file=sys.stderr,
        )
        return 1
    set_skills(database, arguments.name.strip(), skills)
    print(f"{arguments.name} can log in at http://{settings.console_host}:{settings.console_port}/")
    return 0


def _set(database: Database, arguments: argparse.Namespace, settings: Settings) -> int:
    skills = skills_of(arguments, settings.content)
    try:
        set_skills(database, arguments.name.strip(), skills)
    except UnknownOperatorError:
        return _unknown(arguments.name)
    print(next(line for line in described(database) if line.split("  ")[0] == arguments.name.strip()))
    return 0


def _remove(operators: Operators, name: str) -> int:
    if operators.remove(name):
        print(f"{name} is removed.")
        return 0
    return _unknown(name)


def _unknown(name: str) -> int:
    print(f"safar: there is no operator {name!r}: `safar operator list` names them.", file=sys.stderr)
    return 1


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"Password for {arguments.name}: ")
