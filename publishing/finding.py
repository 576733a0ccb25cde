"""One thing that a check found: where, how bad, what is wrong and what to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """`is_error`: a release cannot be made with it; else it is a warning for the content team."""

    file: Path
    line: int
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        kind = "error" if self.is_error else "warning"
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {kind}: {self.message}"
