"""Files on their way through the engine come out as they went in; anything odd is refused."""

import base64
from typing import Any

import pytest

from conversations.attachment_json import (
    DOCX,
    MAX_ATTACHMENT_BYTES,
    MAX_ATTACHMENTS,
    attachments_from_json,
    attachments_to_json,
)
from conversations.reply import Attachment

PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = Attachment("рӯзҳо.png", "image/png", PNG + b"\0\xff")
LETTER = Attachment("Shikoyat – 2026.docx", DOCX, b"PK\x03\x04words")
PAPER = Attachment("letter.pdf", "application/pdf", b"%PDF-1.7")
ROW = {"name": "days.png", "media_type": "image/png", "content": base64.b64encode(PNG).decode()}


def test_what_goes_in_comes_out() -> None:
    assert attachments_from_json(attachments_to_json([PICTURE, LETTER, PAPER])) == (PICTURE, LETTER, PAPER)
    assert attachments_from_json([]) == ()


def test_a_file_of_the_largest_size_passes_and_one_byte_more_does_not() -> None:
    fits = Attachment("a.png", "image/png", PNG + b"0" * (MAX_ATTACHMENT_BYTES - len(PNG)))
    assert attachments_from_json(attachments_to_json([fits])) == (fits,)
    with pytest.raises(ValueError, match="too large"):
        attachments_to_json([Attachment("a.png", "image/png", fits.content + b"0")])


@pytest.mark.parametrize(
    "rows",
    [
        {"name": "days.png"},
        "days.png",
        [ROW] * (MAX_ATTACHMENTS + 1),
        ["days.png"],
        [{"name": "days.png", "media_type": "image/png"}],
        [ROW | {"address": "https://elsewhere.example/days.png"}],
        [ROW | {"media_type": "text/html"}],
        [ROW | {"media_type": "image/svg+xml"}],
        [ROW | {"media_type": ["image/png"]}],
        [ROW | {"media_type": "application/pdf"}],
        [ROW | {"content": base64.b64encode(b"<script>").decode()}],
        [ROW | {"content": ""}],
        [ROW | {"content": "no base64!"}],
        [ROW | {"content": "ё"}],
        [ROW | {"content": None}],
        [ROW | {"name": ""}],
        [ROW | {"name": ".."}],
        [ROW | {"name": "../days.png"}],
        [ROW | {"name": "c:\\days.png"}],
        [ROW | {"name": 'a".png'}],
        [ROW | {"name": "a\r\nb.png"}],
        [ROW | {"name": "a\u202egnp.exe"}],
        [ROW | {"name": "a" * 81}],
        [ROW | {"name": 7}],
    ],
    ids=repr,
)
def test_any_other_shape_is_refused(rows: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        attachments_from_json(rows)
