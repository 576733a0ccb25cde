"""Which kind of file it is, by its first bytes; what it is called and said to be counts for nothing.

https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern, Ogg: https://www.rfc-editor.org/rfc/rfc3533,
brands of ISO files: https://mp4ra.org/registered-types/brands
"""

from dataclasses import dataclass

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OGG, MP3, M4A = "audio/ogg", "audio/mpeg", "audio/mp4"
PICTURES = (JPEG, PNG, WEBP)
PAPERS = (PDF, DOCX)
SOUNDS = (OGG, MP3, M4A)
ENDINGS = {JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf", DOCX: "docx", OGG: "ogg", MP3: "mp3", M4A: "m4a"}
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_MIXED_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"dash")
"""Of sound as well as of film: sound only where the platform says that it is a voice message."""


@dataclass(frozen=True)
class _Beginning:
    media_type: str
    first: bytes
    later: bytes = b""
    later_at: int = 0

    def fits(self, content: bytes) -> bool:
        is_later = content[self.later_at : self.later_at + len(self.later)] == self.later
        return content.startswith(self.first) and is_later


_BEGINNINGS = (
    _Beginning(JPEG, b"\xff\xd8\xff"),
    _Beginning(PNG, b"\x89PNG\r\n\x1a\n"),
    _Beginning(WEBP, b"RIFF", b"WEBP", 8),
    _Beginning(PDF, b"%PDF-"),
    _Beginning(DOCX, b"PK\x03\x04"),
    _Beginning(OGG, b"OggS\x00"),
    _Beginning(MP3, b"ID3"),
    _Beginning(MP3, b"\xff\xfb"),
    _Beginning(MP3, b"\xff\xf3"),
    _Beginning(MP3, b"\xff\xf2"),
)


def media_type_of(content: bytes, *, is_voice: bool) -> str | None:
    """The kind of this content; None for every kind that is not taken (HEIC, film, programs, pages …)."""
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return M4A if brand in _SOUND_BRANDS or (is_voice and brand in _MIXED_BRANDS) else None
    return next((each.media_type for each in _BEGINNINGS if each.fits(content)), None)
