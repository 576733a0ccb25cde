"""The date of a source as people of our languages write it."""

from datetime import date


def shown_date_of_source(text: str) -> str:
    """`2026-03-05` as `05.03.2026`; anything else (a year, “undated”) as the page states it."""
    try:
        return date.fromisoformat(text).strftime("%d.%m.%Y")
    except ValueError:
        return text
