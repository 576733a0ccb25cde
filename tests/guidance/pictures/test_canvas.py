"""The sheet: every letter of every variant is drawn, long words are cut, a file stays small."""

import pytest
from PIL import ImageFont

from guidance.pictures.canvas import FONT, INK, MARGIN, WIDTH, Canvas, shortened, text_width, wrapped
from language.alphabets import ALPHABETS
from tests.guidance.pictures.drawn import opened, runs

SIGNS = "0123456789%.,:;!?()+-–—−…·•«»“”‘’ʻʼ/₽₸$€ "
NO_LETTER = "\uffff"


@pytest.mark.parametrize("variant", ALPHABETS)
def test_the_font_has_every_letter_of_a_variant(variant: str) -> None:
    font = ImageFont.truetype(FONT, 40, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask(NO_LETTER))
    letters = sorted(ALPHABETS[variant] | {letter.upper() for letter in ALPHABETS[variant]} | set(SIGNS))
    assert not [letter for letter in letters if bytes(font.getmask(letter)) == missing]


def test_words_are_broken_into_lines_that_fit() -> None:
    lines = wrapped("Аз рӯзи даромадан то рӯзи баромадан ҳар рӯз ҳисоб мешавад", 300)
    assert len(lines) > 1
    assert all(text_width(line) <= 300 for line in lines)
    assert " ".join(lines).split() == "Аз рӯзи даромадан то рӯзи баромадан ҳар рӯз ҳисоб мешавад".split()


def test_a_word_that_is_too_wide_ends_with_an_ellipsis() -> None:
    (line,) = wrapped("ж" * 80, 300)
    assert line.endswith("ж…") and text_width(line) <= 300
    assert shortened("short", 300) == "short"


def test_a_picture_is_cut_to_its_height_and_keeps_its_colours() -> None:
    canvas = Canvas()
    canvas.box(MARGIN, 10, 100, 20, INK)
    picture = opened(canvas.png(40))
    assert picture.size == (WIDTH, 40)
    assert set(runs(picture, INK).values()) == {100} and len(runs(picture, INK)) == 20


def test_a_dashed_line_has_holes_and_a_whole_one_has_none() -> None:
    canvas = Canvas()
    canvas.upright(50, 0, 60, INK)
    assert len(runs(opened(canvas.png(60)), INK)) == 60
    dashed = Canvas()
    dashed.upright(50, 0, 60, INK, dash=10)
    assert len(runs(opened(dashed.png(60)), INK)) == 30
