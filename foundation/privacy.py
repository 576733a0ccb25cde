"""Names for logs that do not tell who somebody is."""

import hashlib
import secrets
from functools import lru_cache


def short_name(identifier: str) -> str:
    """Eight hexadecimal digits that stand for an id in the log; the same id has the same name while a process lives.

    The key is nowhere stored: when the process has ended, nobody can tell any more whose name a line holds, not even
    who knows the id. So an old log leads to nobody, and erasure need not rewrite it.
    """
    told = identifier.encode("utf-8", "surrogatepass")
    return hashlib.blake2s(told, digest_size=4, key=_key()).hexdigest()


@lru_cache(maxsize=1)
def _key() -> bytes:
    return secrets.token_bytes(16)
