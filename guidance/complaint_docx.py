"""Writes a complaint as a DOCX that can be filled in and mended on a phone: the least that Word and others read."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from guidance.complaint import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1417"'
    ' w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
)
_PLACES = {
    "right": '<w:spacing w:after="0"/><w:ind w:left="4500"/>',
    "title": '<w:spacing w:before="360" w:after="240"/><w:jc w:val="center"/>',
    "text": '<w:spacing w:after="120"/>',
    "item": '<w:spacing w:after="80"/><w:ind w:left="360"/>',
    "sign": '<w:spacing w:before="240"/>',
}
_LETTERS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name: the same text is the same file."""


def complaint_as_docx(paragraphs: Iterable[Paragraph]) -> bytes:
    """The bytes of the document (ECMA-376, part 1); nothing in it says who or when made it."""
    body = "".join(map(_paragraph, paragraphs))
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}{_PAGE}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _WRITTEN_AT), text)
    return out.getvalue()


def _paragraph(paragraph: Paragraph) -> str:
    is_title = paragraph.kind == "title"
    letters = f'{_LETTERS}{"<w:b/>" if is_title else ""}<w:sz w:val="{28 if is_title else 24}"/>'
    run = f'<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{escape(_writable(paragraph.text))}</w:t></w:r>'
    return f"<w:p><w:pPr>{_PLACES[paragraph.kind]}</w:pPr>{run}</w:p>"


def _writable(text: str) -> str:
    """Control signs cannot stand in XML."""
    return "".join(sign for sign in text if sign.isprintable() or sign == " " or sign == "\u00a0")
