"""An unexpected failure as one log line: its kind and place, never its words, which may be a migrant's."""

import traceback
from pathlib import Path


def failure_code(error: BaseException) -> str:
    """Such as “KeyError at bot/worker.py:80”; never an error's message, for databases quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    if not ours:
        return type(error).__name__
    last = ours[-1]
    place = "/".join(Path(last.filename).parts[-2:])
    return f"{type(error).__name__} at {place}:{last.lineno}"
