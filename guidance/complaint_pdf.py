"""Sets a complaint as a PDF of A4 pages with lines to fill by hand."""

import io
import logging
from collections.abc import Iterable
from datetime import datetime

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from guidance.complaint import Paragraph
from guidance.pictures.canvas import FONT

MEDIA_TYPE = "application/pdf"
SIDE_MM, TOP_MM, LINE_MM, SPACE_MM = 20, 14, 5.8, 1.4
_RIGHT_FROM_MM = 90
_SIZES_PT = {"title": 13.0, "right": 10.0}
_SIZE_PT = 10.5
_SPACES_MM = {"right": 0, "title": 4, "item": 0.2}


def complaint_as_pdf(paragraphs: Iterable[Paragraph], made_at: datetime) -> bytes:
    """The bytes of the document. Signs that the font lacks, such as emoji, are left out."""
    # The library would log the very signs that it lacks.
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    page = FPDF(format="A4")
    page.set_creation_date(made_at)
    page.set_margins(SIDE_MM, TOP_MM, SIDE_MM)
    page.set_auto_page_break(True, TOP_MM)
    page.add_font("sheet", fname=str(FONT))
    page.add_page()
    for paragraph in paragraphs:
        _set(page, paragraph)
    out = io.BytesIO()
    page.output(out)
    return out.getvalue()


def _set(page: FPDF, paragraph: Paragraph) -> None:
    page.set_font("sheet", size=_SIZES_PT.get(paragraph.kind, _SIZE_PT))
    if paragraph.kind in ("title", "sign"):
        page.ln(LINE_MM)
    if paragraph.kind == "right":
        page.set_x(_RIGHT_FROM_MM)
    page.multi_cell(
        0,
        LINE_MM,
        _drawable(page, paragraph.text),
        align=Align.C if paragraph.kind == "title" else Align.L,
        new_x=XPos.LMARGIN,
        new_y=YPos.NEXT,
    )
    page.ln(_SPACES_MM.get(paragraph.kind, SPACE_MM))


def _drawable(page: FPDF, text: str) -> str:
    font = page.fonts["sheet"]
    glyphs = font.cmap if isinstance(font, TTFFont) else {}
    return "".join(sign for sign in text if sign == "\n" or ord(sign) in glyphs)
