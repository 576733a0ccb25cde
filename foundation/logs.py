"""One log line a fact: time, process, level, message; ids, sizes and codes, never words of a migrant."""

import logging
import sys

FORMAT = "%(asctime)s %(process_name)s %(levelname)s %(name)s: %(message)s"


def set_up_logs(process: str, level: int = logging.INFO) -> None:
    """Send all logs of this process to standard error, each line with the name of the process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, "%H:%M:%S", defaults={"process_name": process}))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "uvicorn.access", "alembic", "sanic.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
