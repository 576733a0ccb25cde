"""Patch of rasa 3.6.21: connections to the action server are kept from one call to the next.

Rasa opens and closes one for each call.
"""

import asyncio

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import EndpointConfig

# Less than the action server keeps its side open (Sanic: 5 s), so that no call goes to a connection being closed.
KEEP_SECONDS = 2.0


def apply() -> None:
    """Let the sessions of an endpoint share its connections."""
    EndpointConfig.session = _session


def _session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    basic = endpoint.basic_auth
    return aiohttp.ClientSession(
        connector=_connector(endpoint),
        connector_owner=False,
        headers=endpoint.headers,
        auth=aiohttp.BasicAuth(basic["username"], basic["password"]) if basic else None,
        timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
    )


def _connector(endpoint: EndpointConfig) -> aiohttp.TCPConnector:
    loop = asyncio.get_running_loop()
    kept: tuple[asyncio.AbstractEventLoop, aiohttp.TCPConnector] | None = endpoint.__dict__.get("_kept")
    if kept is None or kept[0] is not loop:
        kept = endpoint.__dict__["_kept"] = (loop, aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS))
    return kept[1]
