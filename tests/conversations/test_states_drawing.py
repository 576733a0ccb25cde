"""The drawing of the states in the operators' guide is the one that the table gives."""

import subprocess
import sys

from conversations.states import CHANGES
from conversations.states_drawing import GUIDE, drawing, with_drawing

TO_DO = "the drawing is stale: run `python -m conversations.states_drawing`"


def test_the_guide_shows_the_table_as_it_is() -> None:
    text = GUIDE.read_text("utf-8")
    assert with_drawing(text) == text, TO_DO
    for change in CHANGES:
        assert f"--> {change.after}: {change.by} {change.meaning}" in drawing()


def test_the_command_mends_a_stale_drawing() -> None:
    text = GUIDE.read_text("utf-8")
    try:
        GUIDE.write_text(text.replace("stateDiagram-v2", "stale"), "utf-8")
        subprocess.run([sys.executable, "-m", "conversations.states_drawing"], cwd=GUIDE.parents[2], check=True)
        assert GUIDE.read_text("utf-8") == text
    finally:
        GUIDE.write_text(text, "utf-8")
