"""Looks at a drawn picture: its size, and where a colour stands."""

from io import BytesIO
from itertools import groupby

import numpy as np
from PIL import Image, ImageColor


def opened(content: bytes) -> Image.Image:
    """The picture of these bytes, which have to be a PNG."""
    picture = Image.open(BytesIO(content))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def runs(picture: Image.Image, colour: str, min_length: int = 1) -> dict[int, int]:
    """For each row of pixels that holds a run of this colour: its longest run."""
    is_wanted = (np.asarray(picture) == ImageColor.getrgb(colour)).all(axis=2)
    found: dict[int, int] = {}
    for y in np.flatnonzero(is_wanted.any(axis=1)):
        longest = max(len(list(group)) for is_run, group in groupby(is_wanted[y].tolist()) if is_run)
        if longest >= min_length:
            found[int(y)] = longest
    return found


def bands(rows: dict[int, int]) -> list[int]:
    """The longest run of each band of rows that touch, from the top down."""
    found: list[int] = []
    for y in sorted(rows):
        if found and y - 1 in rows:
            found[-1] = max(found[-1], rows[y])
        else:
            found.append(rows[y])
    return found
