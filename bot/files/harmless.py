"""What an operator gets of a file that a migrant has sent: judged by its content, redrawn, under a name of ours."""

from bot.files.kinds import ENDINGS, JPEG, PAPERS, PICTURES, SOUNDS, media_type_of
from bot.files.papers import check_paper
from bot.files.picture import redraw
from bot.files.refusals import EMPTY, TOO_LARGE, WRONG_KIND, RefusedFileError
from conversations.reply import Attachment

_PICTURE, _PAPER, _SOUND = "picture", "document", "voice"


def harmless(content: bytes, max_bytes: int, *, is_voice: bool = False) -> Attachment:
    """The file to be passed on; raises `RefusedFileError`. Takes a moment: not for the event loop.

    The name is ours, because a person's own file name tells who they are.
    """
    if not content:
        raise RefusedFileError(EMPTY)
    if len(content) > max_bytes:
        raise RefusedFileError(TOO_LARGE)
    media_type = media_type_of(content, is_voice=is_voice)
    if media_type in PICTURES:
        return _named(_PICTURE, JPEG, redraw(content, media_type))
    if media_type in PAPERS:
        check_paper(content, media_type)
        return _named(_PAPER, media_type, content)
    if media_type in SOUNDS:
        return _named(_SOUND, media_type, content)
    raise RefusedFileError(WRONG_KIND)


def kind_of(file: Attachment) -> str:
    """As in `IncomingMessage.kind`: picture, document or voice."""
    return file.name.partition(".")[0]


def _named(kind: str, media_type: str, content: bytes) -> Attachment:
    return Attachment(f"{kind}.{ENDINGS[media_type]}", media_type, content)
