"""The texts that operators read and those that operators' steps say to migrants."""

import logging
from pathlib import Path

from foundation.settings import PROJECT
from language.wording import Buttons, Wording, WordingError

PROGRAM = PROJECT / "data" / "responses"

log = logging.getLogger(__name__)


class Texts:
    """The host's own texts; where a key is lacking there, as after an upgrade of the program, the program's."""

    def __init__(self, own: Wording, program: Wording) -> None:
        self._own = own
        self._program = program
        self._own_keys = frozenset(own.keys())
        self._program_keys = frozenset(program.keys())

    @classmethod
    def load(cls, content: Path) -> "Texts":
        """Read the texts of a content folder; when they cannot be read, the program's serve."""
        program = Wording.load(PROGRAM)
        if content / "responses" == PROGRAM:
            return cls(program, program)
        try:
            return cls(Wording.load(content / "responses"), program)
        except WordingError as error:
            log.error("the texts of the content folder cannot be used: %s", error)
            return cls(program, program)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._own_keys or key in self._program_keys

    def text(self, key: str, variant: str, **values: object) -> str:
        """The text of a key; raises `WordingError`."""
        return self._of(key).text(key, variant, **values)

    def buttons(self, key: str, variant: str) -> Buttons:
        """Title and payload of each button of a key; raises `WordingError`."""
        return self._of(key).buttons(key, variant)

    def _of(self, key: str) -> Wording:
        return self._own if key in self._own_keys else self._program
