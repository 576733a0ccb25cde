"""What is said to a migrant: a text with quick-reply buttons."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote


class Button(NamedTuple):
    """A quick reply: what stands on it, and what pressing it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Attachment:
    """A picture or document that goes with a message; `media_type` as in HTTP, `content` its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Whether it is shown rather than offered for saving."""
        return self.media_type in ("image/png", "image/jpeg")

    @property
    def disposition(self) -> str:
        """As HTTP's Content-Disposition: RFC 6266, the name as in RFC 8187."""
        return f"{'inline' if self.is_picture else 'attachment'}; filename*=UTF-8''{quote(self.name, safe='')}"


@dataclass(frozen=True)
class Reply:
    """One message to a migrant. `sender` is bot or system.

    Of the bot's replies to one question the first with `answers_question` is *the* answer and carries `reply_to`; the
    others follow it without. A reply of the system is a notice and never carries `reply_to`; where the bot gives no
    answer, a notice with `answers_question` lists the question in its `answers` and so settles it.
    """

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    sender: str = "bot"
    answers_question: bool = True
    attachments: tuple[Attachment, ...] = ()
