"""Files as people send them: a photo with the place where it was taken, papers, sounds, and what is made to harm."""

import io
import zipfile

from PIL import Image

PLACE = b"55.7558N 37.6173E"
OGG = b"OggS\x00\x02" + b"a voice" * 30
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def photo(width: int = 640, height: int = 480, ending: str = "JPEG", colour: str = "teal") -> bytes:
    """A picture whose metadata tell where it was taken, lying on its side."""
    image, written = Image.new("RGB", (width, height), colour), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    image.save(written, ending, exif=exif)
    return written.getvalue()


def docx(*more: str) -> bytes:
    """A Word document with these parts beside its own."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<w/>")
    return written.getvalue()


def bomb() -> bytes:
    """A picture of a few kilobytes that would fill 400 million pixels."""
    written = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    return written.getvalue()
