"""Patch of rasa 3.6.21: the tracker store that is configured is used as it is, or the start fails.

Rasa wraps every store so that a failed read becomes a new conversation and a failed write goes to memory,
and replaces a store that it cannot create by one in memory. Both lose conversations without a word.
"""

from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.utils.common import class_from_module_path
from rasa.utils.endpoints import EndpointConfig


class TrackerStoreError(Exception):
    """The tracker store of endpoints.yml cannot be created. Stops the start."""


def apply() -> None:
    """Let the agent use the configured store unwrapped, and let a store that cannot be created stop the start."""
    Agent._create_tracker_store = staticmethod(_unwrapped)
    TrackerStore.create = staticmethod(_create)


def _unwrapped(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def _create(
    configured: TrackerStore | EndpointConfig | None, domain: Domain | None = None, event_broker: Any = None
) -> TrackerStore:
    if configured is None or isinstance(configured, TrackerStore):
        return configured or InMemoryTrackerStore(domain)
    try:
        store_class = class_from_module_path(configured.type)
        return store_class(host=configured.url, domain=domain, event_broker=event_broker, **configured.kwargs)
    except (AttributeError, ImportError) as error:
        raise TrackerStoreError(f"the tracker store {configured.type!r} cannot be created: {error}") from error
