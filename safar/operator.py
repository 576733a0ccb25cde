"""`safar operator`: accounts of the people who take over conversations."""

import argparse
import getpass
import sys

from conversations.database import DatabaseUnreachableError, migrate, open_database
from conversations.operators import OperatorExistsError, Operators
from foundation.clock import utc_now
from foundation.settings import Settings

HELP = "add, remove or list operators: safar operator add NAME"
MIN_PASSWORD_CHARS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar operator`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    add = actions.add_parser("add", help="add an operator")
    add.add_argument("name", help="name to log in with")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    actions.add_parser("remove", help="remove an operator and end all sessions").add_argument("name")
    actions.add_parser("list", help="print the names of all operators")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add, remove or list; passwords are stored as argon2 hashes only."""
    try:
        database = open_database(settings.database_url)
        migrate(database)
    except DatabaseUnreachableError as error:
        print(f"safar: {error}", file=sys.stderr)
        return 1
    operators = Operators(database)
    if arguments.action == "list":
        print("\n".join(operators.names()) or "There are no operators yet. Add one: safar operator add NAME")
        return 0
    return _add(operators, arguments, settings) if arguments.action == "add" else _remove(operators, arguments.name)


def _add(operators: Operators, arguments: argparse.Namespace, settings: Settings) -> int:
    password = _password(arguments)
    if len(password) < MIN_PASSWORD_CHARS:
        print(f"safar: a password needs at least {MIN_PASSWORD_CHARS} characters; nobody was added.", file=sys.stderr)
        return 1
    try:
        operators.add(arguments.name, password, utc_now())
    except (OperatorExistsError, ValueError):
        print(f"safar: {arguments.name!r} cannot be added: the name is empty or taken.", file=sys.stderr)
        return 1
    print(f"{arguments.name} can log in at http://{settings.console_host}:{settings.console_port}/")
    return 0


def _remove(operators: Operators, name: str) -> int:
    if operators.remove(name):
        print(f"{name} is removed.")
        return 0
    print(f"safar: there is no operator {name!r}.", file=sys.stderr)
    return 1


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"Password for {arguments.name}: ")
