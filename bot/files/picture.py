"""A picture is drawn anew from its pixels: place, time, camera and whatever hides in the file stay behind.

The only file of the gateway that imports Pillow. What comes from outside is read here and nowhere else.
"""

import threading
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from bot.files.kinds import JPEG, PNG, WEBP
from bot.files.refusals import DAMAGED, TOO_LARGE, RefusedFileError

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
MAX_PIXELS = {JPEG: 50_000_000, PNG: 25_000_000, WEBP: 25_000_000}
"""What the cameras and screens of common phones make at most. A JPEG is read at a fraction of its size; the others
take up to 270 MB of memory for a moment, one at a time.
"""
MAX_SIDE_PIXELS = 2560
"""Of what operators get: small print on a photographed page can still be read."""
QUALITY = 85
_ONE_AT_A_TIME = threading.Lock()


def redraw(content: bytes, media_type: str) -> bytes:
    """A JPEG of the same picture, upright, at most `MAX_SIDE_PIXELS` a side, without metadata. One at a time.

    Raises `RefusedFileError` for what is no picture of this kind, is damaged, or has too many pixels.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=(FORMATS[media_type],)) as picture:
                return _drawn(picture, MAX_PIXELS[media_type])
        except Image.DecompressionBombError:
            raise RefusedFileError(TOO_LARGE) from None
        except RefusedFileError:
            raise
        except Exception:  # decoders raise whatever they like at bytes that somebody has made up
            raise RefusedFileError(DAMAGED) from None


def _drawn(picture: Image.Image, max_pixels: int) -> bytes:
    width, height = picture.size
    if width * height > max_pixels:
        raise RefusedFileError(TOO_LARGE)
    box = (MAX_SIDE_PIXELS, MAX_SIDE_PIXELS)
    picture.draft("RGB", box)
    small = picture.convert("RGBA") if picture.mode in ("P", "1") else picture
    small.thumbnail(box)
    sheet = _on_white(ImageOps.exif_transpose(small))
    drawn = Image.new("RGB", sheet.size)
    drawn.paste(sheet)
    written = BytesIO()
    drawn.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """In colours without transparency: behind the letters of a screenshot the paper is white."""
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    sheet = Image.new("RGB", layer.size, "white")
    sheet.paste(layer, mask=layer.getchannel("A"))
    return sheet
