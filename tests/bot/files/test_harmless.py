"""What an operator would get of a file: judged by its content, redrawn, or refused with a reason."""

import io
import zipfile

import pytest
from PIL import Image

from bot.files.harmless import harmless, kind_of
from bot.files.kinds import DOCX
from bot.files.refusals import DAMAGED, EMPTY, TOO_LARGE, WRONG_KIND, RefusedFileError
from tests.bot.sent_files import OGG, PDF, PLACE, bomb, docx, photo

MAX_BYTES = 10_000_000
M4A = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00"
FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00"


def _drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("ending", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_place_and_camera_and_stands_upright(ending: str) -> None:
    sent = photo(640, 480, ending)
    assert PLACE in sent
    got = harmless(sent, MAX_BYTES)
    assert (got.name, got.media_type, kind_of(got)) == ("picture.jpg", "image/jpeg", "picture")
    assert PLACE not in got.content and not dict(_drawn(got.content).getexif())
    assert _drawn(got.content).size == (480, 640)


def test_a_large_picture_is_made_small_enough_to_look_at() -> None:
    assert max(_drawn(harmless(photo(5000, 400), MAX_BYTES).content).size) == 2560


def test_a_screenshot_with_transparency_gets_white_paper() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert _drawn(harmless(written.getvalue(), MAX_BYTES).content).getpixel((5, 5)) == (255, 255, 255)


def test_what_hides_behind_a_picture_is_gone() -> None:
    hidden = b"<html><script>alert(1)</script></html>" + docx("evil.exe")
    got = harmless(photo() + hidden, MAX_BYTES)
    assert b"script" not in got.content and b"PK\x03\x04" not in got.content


def test_papers_and_sounds_are_taken_as_they_are() -> None:
    for content, name in ((PDF, "document.pdf"), (docx(), "document.docx"), (OGG, "voice.ogg"), (M4A, "voice.m4a")):
        got = harmless(content, MAX_BYTES)
        assert (got.name, got.content) == (name, content)
    assert harmless(b"ID3\x04" + b"sound" * 9, MAX_BYTES).media_type == "audio/mpeg"


def test_a_film_is_refused_and_a_voice_in_the_same_case_is_taken() -> None:
    assert harmless(FILM, MAX_BYTES, is_voice=True).name == "voice.m4a"
    assert _refusal(FILM) == WRONG_KIND


@pytest.mark.parametrize(
    ("what", "content", "key"),
    [
        ("nothing", b"", EMPTY),
        ("a program named as a picture", b"MZ\x90\x00" * 50, WRONG_KIND),
        ("a page", b"<!doctype html><script>1</script>", WRONG_KIND),
        ("a drawing with scripts", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", WRONG_KIND),
        ("a picture of a kind that cannot be redrawn", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", WRONG_KIND),
        ("a page that goes on as a PDF", b"<html>" + PDF, WRONG_KIND),
        ("an archive that is no document", docx()[:40] + b"x" * 100, DAMAGED),
        ("half a PDF", PDF[:20], DAMAGED),
        ("half a picture", photo(ending="PNG")[:300], DAMAGED),
        ("the beginning of a picture and nothing more", b"\xff\xd8\xff\xe0junk", DAMAGED),
        ("a document with macros", docx("word/vbaProject.bin"), WRONG_KIND),
        ("a document that is a Java program too", docx("META-INF/MANIFEST.MF"), WRONG_KIND),
        ("a picture of 400 million pixels", bomb(), TOO_LARGE),
        ("too many bytes", PDF.ljust(MAX_BYTES + 1), TOO_LARGE),
    ],
)
def test_what_is_not_passed_on_is_refused_with_its_reason(what: str, content: bytes, key: str) -> None:
    assert _refusal(content) == key, what


def test_a_document_that_would_unpack_to_gigabytes_is_refused_unpacked_by_nobody() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/media/image1.bmp", bytes(250_000_000))
    assert len(written.getvalue()) < 500_000
    assert _refusal(written.getvalue()) == TOO_LARGE


def test_an_archive_of_another_kind_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("photo.jpg", "x")
    assert _refusal(written.getvalue()) == WRONG_KIND
    assert docx().startswith(b"PK") and harmless(docx(), MAX_BYTES).media_type == DOCX


def _refusal(content: bytes) -> str:
    with pytest.raises(RefusedFileError) as refused:
        harmless(content, MAX_BYTES)
    return refused.value.key
