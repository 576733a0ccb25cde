"""The house rules that a machine can check: sizes, names, words, what is committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("foundation", "language", "guidance", "knowledge_base", "conversations")
PROCESSES = ("bot", "actions", "console", "publishing", "safar")
MAX_LINES = 300
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
ONE_IMPORTER = {
    "faiss": {"knowledge_base/index.py"},
    "spacy": {"language/entities.py"},
    "bm25s": {"knowledge_base/keywords.py"},
    "PIL": {"guidance/pictures/canvas.py"},
    "fpdf": {"guidance/complaint_pdf.py"},
}
RASA_IMPORTERS = {"rasa": "bot/engine/", "rasa_sdk": "actions/", "telegram": "bot/channels/telegram/"}
FORBIDDEN_WORDS = re.compile(
    r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum)\b|(^|[\s\"'=(])/(work|root|home)/\w|[.]pyenv"
)
MAX_FILE_BYTES = 60_000_000
MAX_REPOSITORY_BYTES = 150_000_000


def _tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders or PACKAGES + PROCESSES + ("tests", "benchmarks"):
        yield from (path for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_source_file_is_longer_than_300_lines() -> None:
    long = {
        _name(path): count for path in _sources() if (count := len(path.read_text("utf-8").splitlines())) > MAX_LINES
    }
    assert not long, f"split by subject: {long}"


def test_modules_are_named_by_their_subject() -> None:
    assert not [_name(path) for path in _sources() if path.stem in FORBIDDEN_NAMES]


def test_each_module_says_its_one_job_in_its_first_line() -> None:
    silent = []
    for path in _sources(*PACKAGES, *PROCESSES):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        if not docstring or not docstring.strip():
            silent.append(_name(path))
    assert not silent


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", sorted(ONE_IMPORTER))
def test_a_giant_library_has_one_importing_file(library: str) -> None:
    importers = {_name(path) for path in _sources(*PACKAGES, *PROCESSES) if library in _imports(path)}
    assert importers <= ONE_IMPORTER[library]


@pytest.mark.parametrize("library", sorted(RASA_IMPORTERS))
def test_the_engine_and_the_channels_libraries_stay_in_their_folder(library: str) -> None:
    importers = [_name(path) for path in _sources(*PACKAGES, *PROCESSES) if library in _imports(path)]
    assert not [name for name in importers if not name.startswith(RASA_IMPORTERS[library])]


def test_sql_is_in_one_package() -> None:
    importers = [
        _name(p) for p in _sources(*PACKAGES, *PROCESSES) if _imports(p) & {"sqlalchemy", "sqlite3", "psycopg2"}
    ]
    assert not [name for name in importers if not name.startswith("conversations/")]


def test_nothing_unfinished_and_no_path_of_a_machine_is_committed() -> None:
    found = []
    for path in _tracked():
        if path.suffix in {
            ".py",
            ".md",
            ".yml",
            ".yaml",
            ".html",
            ".js",
            ".css",
            ".toml",
            ".sh",
            ".txt",
        } and path != Path(__file__):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if FORBIDDEN_WORDS.search(line):
                    found.append(f"{_name(path)}:{number}: {line.strip()[:80]}")
    assert not found


def test_the_repository_stays_small() -> None:
    sizes = {path: path.stat().st_size for path in _tracked()}
    assert not {_name(path): size for path, size in sizes.items() if size > MAX_FILE_BYTES}
    assert sum(sizes.values()) < MAX_REPOSITORY_BYTES


def test_no_database_model_release_or_secret_is_committed() -> None:
    names = [_name(path) for path in _tracked()]
    assert not [
        name for name in names if name.startswith(("var/", "models/releases/")) or name.endswith((".db", ".sqlite"))
    ]
    assert ".env" not in names


def test_nothing_is_read_from_the_environment_at_import() -> None:
    found = []
    for path in _sources(*PACKAGES, *PROCESSES):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and "environ" in ast.dump(node):
                found.append(_name(path))
    assert not found
