"""Reads the text of a PDF as a reader does: glyphs of the drawn strings, by the table that the font brings."""

import re
import zlib

_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_DRAWN = re.compile(rb"\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_GLYPH = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
_ESCAPES = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of_pdf(content: bytes) -> str:
    """All drawn text, its lines joined by blanks."""
    streams = [_plain(found) for found in _STREAM.findall(content)]
    pairs = [pair for stream in streams if b"begincmap" in stream for pair in _GLYPH.findall(stream)]
    shown = {int(glyph, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs}
    lines = [_unescaped(drawn) for stream in streams for drawn in _DRAWN.findall(stream) if b" Tf " in stream]
    return " ".join(_line(line, shown) for line in lines)


def _plain(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _unescaped(drawn: bytes) -> bytes:
    return re.sub(rb"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), drawn, flags=re.DOTALL)


def _line(line: bytes, shown: dict[int, str]) -> str:
    return "".join(shown[int.from_bytes(line[at : at + 2], "big")] for at in range(0, len(line), 2))
