"""The console's texts: each one that a page asks for is there, in every language, whatever the host's folder holds."""

import re
from pathlib import Path

from console.app import SENTENCES
from console.pages import KNOWN_PAYLOADS
from console.referral import FAULTS as FORM_FAULTS
from console.referral_list import FAULTS as LIST_FAULTS
from console.referral_list import STATES as REFERRAL_STATES
from console.texts import PROGRAM, Texts
from language.variants import LANGUAGES
from language.wording import Wording

CONSOLE = Path(__file__).parents[2] / "console"
STEPS = ("opened", "raised", "taken", "answered", "given_back", "closed", "withdrawn", "reopened")
STATES = ("waiting", "mine", "other", "bot", "closed")
SENDERS = ("migrant", "bot", "operator", "system")


def _asked_for() -> set[str]:
    templates = "".join(path.read_text("utf-8") for path in (CONSOLE / "templates").glob("*.html"))
    keys = set(re.findall(r't\("([a-z_]+)"[,)]', templates))
    keys |= {f"step_{each}" for each in STEPS} | {f"state_{each}" for each in STATES}
    keys |= {f"referral_{each}" for each in REFERRAL_STATES} | {f"referral_step_{each}" for each in REFERRAL_STATES}
    keys |= {"referral_to_tell", "referral_choose", "referral_wrong", *FORM_FAULTS.values(), *LIST_FAULTS.values()}
    keys |= {f"note_{part}" for part in ("signs", "factors", "route", "needs")}
    return (
        keys
        | {f"from_{each}" for each in SENDERS}
        | set(SENTENCES.values())
        | {"gone", "broken"}
        | set(KNOWN_PAYLOADS.values())
    )


def test_every_text_that_a_page_asks_for_is_there() -> None:
    texts = Texts.load(PROGRAM.parent)
    assert not [key for key in _asked_for() if not texts.has(f"console_{key}")]


def test_no_text_is_left_untranslated() -> None:
    wording = Wording.load(PROGRAM)
    values = dict.fromkeys(("minutes", "hours", "days", "time", "count", "name", "limit"), "1")
    for key in (key for key in wording.keys() if key.startswith("console_")):  # noqa: SIM118
        english = wording.text(key, "en", **values)
        for variant in set(LANGUAGES) - {"en"}:
            is_same = wording.text(key, variant, **values) == english
            assert not is_same or key == "console_operator" or len(english) < 12, (key, variant)


def test_a_hosts_folder_without_the_consoles_texts_uses_the_programs(tmp_path: Path) -> None:
    (tmp_path / "responses").mkdir()
    own = "console_waiting: {text: {ru: A, uz: B, tg: C, ky: D, kk: E, en: Ours}}\n"
    (tmp_path / "responses" / "own.yml").write_text(own, "utf-8")
    texts = Texts.load(tmp_path)
    assert texts.text("console_waiting", "en") == "Ours"
    assert texts.text("console_take", "en") == "Take the conversation"


def test_a_broken_file_in_the_hosts_folder_does_not_stop_the_console(tmp_path: Path) -> None:
    (tmp_path / "responses").mkdir()
    (tmp_path / "responses" / "own.yml").write_text("console_waiting: {text: {ru: A}}\n", "utf-8")
    assert Texts.load(tmp_path).text("console_waiting", "en") == "Waiting"
