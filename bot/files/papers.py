"""Whether a PDF or a Word document is what it begins like; nothing of it is opened or unpacked here."""

import zipfile
from io import BytesIO

from bot.files.kinds import DOCX, PDF
from bot.files.refusals import DAMAGED, TOO_LARGE, WRONG_KIND, RefusedFileError

MAX_PARTS = 2_000
MAX_UNPACKED_BYTES = 200_000_000
END_OF_PDF_WITHIN_BYTES = 2_048
_MAIN_PART = "word/document.xml"
_PROGRAMS = ("vbaproject.bin", "vbadata.xml", "manifest.mf")
"""Macros of Word, and what makes a Java program of an archive."""


def check_paper(content: bytes, media_type: str) -> None:
    """Raises `RefusedFileError` unless the content is a whole PDF, or a Word document without programs."""
    if media_type == PDF and b"%%EOF" not in content[-END_OF_PDF_WITHIN_BYTES:]:
        raise RefusedFileError(DAMAGED)
    if media_type == DOCX:
        _check_docx(content)


def _check_docx(content: bytes) -> None:
    """By the archive's table of contents alone: what it says it would unpack to is bounded too."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception:  # the archive was made by somebody who may wish that reading it fails
        raise RefusedFileError(DAMAGED) from None
    names = [part.filename.lower() for part in parts]
    if _MAIN_PART not in names or any(name.rpartition("/")[2] in _PROGRAMS for name in names):
        raise RefusedFileError(WRONG_KIND)
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFileError(WRONG_KIND)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise RefusedFileError(TOO_LARGE)
