"""A number of days in words, from the wording of the ground."""

from actions.ground import Ground
from language import counted_days as language_counted_days


def counted_days(ground: Ground, count: int, variant: str) -> str:
    """As `language.counted_days`."""
    return language_counted_days.counted_days(ground.wording, count, variant)
