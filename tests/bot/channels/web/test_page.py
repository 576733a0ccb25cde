"""The chat page as files: small, self-contained, nothing that a strict content security policy forbids; its texts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.web.connector import PAGE
from bot.channels.web.texts import page_texts
from language.variants import LANGUAGES, OWN_NAMES
from language.wording import Wording
from tests.bot.running_gateway import ROOT, GatewayThread

MAX_BYTES = 100_000
FILES = sorted(path for path in PAGE.iterdir() if path.is_file())
ACCEPTED = {"tg-TJ,ru;q=0.8": "tg", "uz-Cyrl": "uz-Cyrl", "uz": "uz", "de-DE,en;q=0.5": "en", "de": "ru", "": "ru"}
PAGES = [path for path in FILES if path.suffix == ".html"]


@pytest.fixture(scope="module")
def wording() -> Wording:
    """The texts of the repository."""
    return Wording.load(ROOT / "data" / "responses")


@pytest.fixture
def served(begin: Callable[..., GatewayThread], sqlite_environ: dict[str, str]) -> Iterator[httpx.Client]:
    """The gateway that serves the page."""
    with httpx.Client(base_url=begin(sqlite_environ).url, follow_redirects=True, trust_env=False) as client:
        yield client


def test_the_page_is_small_in_all() -> None:
    assert sum(path.stat().st_size for path in FILES) < MAX_BYTES


def test_the_page_is_served_with_all_that_it_names(served: httpx.Client) -> None:
    page = served.get("/chat")
    assert page.status_code == 200 and "text/html" in page.headers["content-type"]
    named = re.findall(r'(?:href|src)="([^"#]+)"', page.text)
    imported = [name for path in PAGE.glob("*.js") for name in re.findall(r'from "\./([\w.]+)"', path.read_text())]
    for name in {*named, *imported, "away.html"}:
        answer = served.get(f"/chat/{name}")
        assert answer.status_code == 200, name
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_whoever_loads_again_after_leaving_finds_a_clock(served: httpx.Client) -> None:
    away = served.get("/")
    assert away.status_code == 200 and "Safar" not in away.text
    assert "default-src 'none'" in away.headers["content-security-policy"]
    for name in re.findall(r'(?:href|src)="([^"#]+)"', away.text):
        assert served.get(name).status_code == 200, name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_script_and_no_style_stands_in_a_page(page: Path) -> None:
    html = page.read_text("utf-8")
    assert not re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", html)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_names_another_site(path: Path) -> None:
    addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text("utf-8"))
    assert not [each for each in addresses if "www.w3.org" not in each]


def test_scripts_never_turn_text_into_markup() -> None:
    for path in PAGE.glob("*.js"):
        forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        assert not re.findall(forbidden, path.read_text("utf-8")), path.name


def test_every_text_that_the_page_uses_is_there_in_every_language(wording: Wording) -> None:
    sources = "".join(path.read_text("utf-8") for path in FILES)
    used = set(re.findall(r'data-(?:text|label|title|placeholder)="(\w+)"', sources))
    used |= set(re.findall(r'speak\("(\w+)"\)', sources)) | {f"from_{who}" for who in ("migrant", "bot", "operator")}
    used |= {"picture", "show", "save", "file_gone", "file_failed"}
    for variant in LANGUAGES:
        texts = page_texts(wording, variant, LANGUAGES)["texts"]
        assert isinstance(texts, dict)
        assert used <= set(texts)


def test_the_sentence_without_scripts_is_that_of_the_texts(wording: Wording) -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    for variant in set(LANGUAGES) - {"uz-Cyrl"}:
        assert f">{wording.text('page_no_script', variant)}<" in html


def test_content_that_is_older_than_the_page_gets_the_programs_texts(wording: Wording) -> None:
    assert page_texts(Wording({}), "tg", LANGUAGES) == page_texts(wording, "tg", LANGUAGES)


def test_the_texts_come_in_the_language_that_is_asked_for(served: httpx.Client) -> None:
    for variant in LANGUAGES:
        texts = served.get("/chat/api/texts", params={"variant": variant}).json()
        assert texts["variant"] == variant
        assert texts["lang"] == ("uz-Latn" if variant == "uz" else variant)
        assert [each["name"] for each in texts["languages"]] == list(OWN_NAMES.values())


def test_without_a_choice_the_browsers_language_counts(served: httpx.Client) -> None:
    for accepted, variant in ACCEPTED.items():
        answer = served.get("/chat/api/texts?variant=xx", headers={"Accept-Language": accepted})
        assert answer.json()["variant"] == variant, accepted
