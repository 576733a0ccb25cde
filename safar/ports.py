"""Free ports on loopback for the inner processes, and a clear word where a wanted port is taken."""

import errno
import socket


class PortTakenError(Exception):
    """A port that the host has set is in use by another program."""


def free_port() -> int:
    """A port on loopback that no program listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(host: str, port: int, setting: str) -> None:
    """Raise `PortTakenError`, naming the setting, where the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error})"
            raise PortTakenError(f"Port {port} on {host} {reason}. Set {setting} to a free one.") from error
