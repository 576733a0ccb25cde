"""A white sheet to draw on, twice as wide as a small phone's screen; the only file that imports Pillow."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "DejaVuSans.ttf"
"""DejaVu Sans 2.37: its licence lies beside it. It has all letters of our seven variants."""
WIDTH = 720
"""Pixels; shown at 360 px, every size of text is halved."""
MAX_HEIGHT = 4000
MARGIN = 28
SMALL, PLAIN, LARGE = 26, 30, 36
"""Heights of letters in pixels: 13, 15 and 18 px on a screen of 360 px."""
LINE = 1.3
"""From line to line, in heights of letters."""
COLOURS = 48
"""So many are kept in the file: flat areas and the edges of letters need no more."""

INK, SOFT, PALE, PAPER = "#17262b", "#44565d", "#d9d4c8", "#ffffff"
ACCENT, ALARM = "#0b5a54", "#9a1b1b"


class Canvas:
    """Draws from the top left corner; all lengths are pixels."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH, MAX_HEIGHT), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: int, y: int, words: str, size: int = PLAIN, ink: str = INK, place: str = "l") -> None:
        """One line whose top is at `y`; `place` says what `x` is of it: l(eft), m(iddle), r(ight)."""
        self._draw.text((x, y), words, ink, _font(size), anchor=f"{place}a")

    def lines(self, x: int, y: int, lines: Sequence[str], size: int = PLAIN, ink: str = INK) -> int:
        """Lines below each other; gives the `y` below the last one."""
        for number, line in enumerate(lines):
            self.text(x, y + round(number * size * LINE), line, size, ink)
        return y + round(len(lines) * size * LINE)

    def box(self, x: int, y: int, width: int, height: int, fill: str | None, edge: str | None = None) -> None:
        """A rectangle with a fill, an edge of two pixels, or both."""
        self._draw.rectangle((x, y, x + width - 1, y + height - 1), fill, edge, 2 if edge else 0)

    def hatched(self, x: int, y: int, width: int, height: int, ink: str, fill: str = PAPER, gap: int = 10) -> None:
        """A rectangle with slanting lines."""
        tile = Image.new("RGB", (width, height), fill)
        draw = ImageDraw.Draw(tile)
        for start in range(-height, width, gap):
            draw.line((start, height, start + height, 0), ink, 3)
        self._image.paste(tile, (x, y))

    def upright(self, x: int, top: int, bottom: int, ink: str = INK, dash: int = 0, thickness: int = 3) -> None:
        """An upright line; with `dash`, broken into pieces of so many pixels."""
        for start in range(top, bottom, 2 * dash or bottom - top):
            end = min(start + dash, bottom) if dash else bottom
            self._draw.rectangle((x, start, x + thickness - 1, end - 1), ink)

    def pointer(self, x: int, y: int, width: int, ink: str = INK) -> None:
        """A triangle that points down to the point below its middle; `y` is its tip, half as high as it is wide."""
        self._draw.polygon([(x - width // 2, y - width // 2), (x + width // 2, y - width // 2), (x, y)], ink)

    def png(self, height: int) -> bytes:
        """The upper part of the sheet as the bytes of a PNG."""
        cut = self._image.crop((0, 0, WIDTH, min(height, MAX_HEIGHT)))
        file = BytesIO()
        cut.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            file, "PNG", optimize=True
        )
        return file.getvalue()


def text_width(words: str, size: int = PLAIN) -> int:
    """How wide a line is, in pixels."""
    return round(_font(size).getlength(words))


def wrapped(words: str, width: int, size: int = PLAIN) -> tuple[str, ...]:
    """The words in lines of at most `width` pixels; a word that is wider ends with an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, width, size))
    return tuple(lines)


def shortened(words: str, width: int, size: int = PLAIN) -> str:
    """The words, or as many of their letters as fit, with an ellipsis."""
    if text_width(words, size) <= width:
        return words
    kept = next((n for n in range(len(words), 0, -1) if text_width(f"{words[:n]}…", size) <= width), 0)
    return f"{words[:kept].rstrip()}…"


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
