"""Patch of rasa 3.6.21: the class of a stored event is looked up once for each type.

Rasa walks over all subclasses of `Event` with every event that it reads; that takes a fifth of a turn.
"""

from functools import cache

from rasa.shared.core.events import Event


def apply() -> None:
    """Remember the class of each type of event."""
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
