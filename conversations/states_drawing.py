"""Draws the table of states into the operators' guide: `python -m conversations.states_drawing`."""

import sys
from pathlib import Path

from conversations.states import BOT, CHANGES

GUIDE = Path(__file__).parents[1] / "docs" / "guides" / "operators.md"
BEGIN = "<!-- drawn by `python -m conversations.states_drawing` -->"
END = "<!-- end of the drawing -->"


def drawing() -> str:
    """The table as a Mermaid diagram (https://mermaid.js.org/syntax/stateDiagram.html), with its two marks."""
    lines = [BEGIN, "```mermaid", "stateDiagram-v2", f"    [*] --> {BOT}"]
    lines += [
        f"    {before} --> {change.after}: {change.by} {change.meaning}"
        for change in CHANGES
        for before in change.before
    ]
    return "\n".join([*lines, "```", END])


def with_drawing(text: str) -> str:
    """A guide with its drawing made anew; raises ValueError where the marks are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the guide lacks the line {BEGIN} or {END}: put both in, one below the other")
    return before + drawing() + after


def main() -> int:
    """Write the guide."""
    GUIDE.write_text(with_drawing(GUIDE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
