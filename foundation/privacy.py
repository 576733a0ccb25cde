"""Names for logs that do not tell who somebody is."""

import hashlib


def short_name(identifier: str) -> str:
    """Eight hexadecimal digits that stand for an id in a log; the same id has the same name."""
    return hashlib.blake2s(identifier.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
