"""Canned replies: our own are whole, they are found however one types, and a wrong file is named with its record."""

from pathlib import Path

import pytest

from foundation.settings import PROJECT
from knowledge_base.canned_replies import CannedReply, CannedReplyError, read_canned_replies, search
from language.variants import LANGUAGES

OURS = PROJECT / "data" / "canned_replies"
TEXTS = "{ru: А, uz: B, tg: В, ky: Г, kk: Д, en: E}"
REVIEW = "{ru: unreviewed, uz: unreviewed, tg: unreviewed, ky: unreviewed, kk: unreviewed, en: reviewed}"
SOUND = f"one:\n  title: {TEXTS}\n  text: {TEXTS}\n  review: {REVIEW}\n"


@pytest.fixture(scope="module")
def ours() -> tuple[CannedReply, ...]:
    return read_canned_replies(OURS)


def _read(folder: Path, text: str) -> tuple[CannedReply, ...]:
    (folder / "own.yml").write_text(text, "utf-8")
    return read_canned_replies(folder)


def test_ours_are_whole_in_every_variant_and_unread(ours: tuple[CannedReply, ...]) -> None:
    assert len(ours) >= 40
    for reply in ours:
        assert set(reply.title) == set(reply.text) == set(LANGUAGES)
        assert {reply.review_of(variant) for variant in LANGUAGES} == {"unreviewed"}
        assert len({reply.text[variant] for variant in LANGUAGES}) == len(LANGUAGES)


def test_uzbek_in_cyrillic_letters_is_derived_and_keeps_its_variables(tmp_path: Path) -> None:
    texts = TEXTS.replace("B", "'Yoz, {city}'").replace(" А", " '{city}'")
    for letter in "ВГДE":
        texts = texts.replace(f" {letter}", " '{city}'")
    (reply,) = _read(tmp_path, SOUND.replace(f"text: {TEXTS}", f"text: {texts}"))
    assert reply.text["uz-Cyrl"] == "Ёз, {city}"
    assert reply.variables == ("city",)
    assert reply.filled("uz-Cyrl", {"city": "Қоқон"}) == "Ёз, Қоқон"
    assert reply.filled("ru", {}) == "{city}"


@pytest.mark.parametrize(
    ("query", "variant", "key"),
    [
        ("паспорт", "ru", "ask_who_has_passport"),
        ("pasport", "ru", "ask_who_has_passport"),
        ("ПАСПОРТ ког", "ru", "ask_who_has_passport"),
        ("passp", "en", "ask_who_has_passport"),
        ("xavfsiz", "uz", "ask_safe_to_write"),
        ("хавфсиз", "uz-Cyrl", "ask_safe_to_write"),
        ("ваъда", "tg", "cannot_promise"),
        ("вада", "tg", "cannot_promise"),
        ("cannot_promise", "kk", "cannot_promise"),
        ("коопсуз", "ky", "ask_safe_to_write"),
        ("рақмет", "kk", "thanks"),
        ("ракмет", "kk", "thanks"),
        ("trust", "en", "thanks"),
    ],
)
def test_a_reply_is_found_by_a_word_however_it_is_typed(
    ours: tuple[CannedReply, ...], query: str, variant: str, key: str
) -> None:
    assert key in [reply.key for reply in search(ours, query, variant)][:4]


def test_title_and_key_come_before_the_text(ours: tuple[CannedReply, ...]) -> None:
    assert search(ours, "перевод", "ru")[0].key == "i_use_translation"
    assert search(ours, "promise", "en")[0].key == "cannot_promise"


def test_an_empty_question_finds_all_and_a_strange_one_none(ours: tuple[CannedReply, ...]) -> None:
    assert search(ours, "  ", "ru") == ours
    assert search(ours, "велосипед", "ru") == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("one:", "One:", "a key is small Latin letters"),
        ("title:", "titel:", "knows no titel"),
        ("text: {ru: А, uz: B, tg: В", "text: {ru: А, uz: B, tg: ''", "text lacks tg"),
        ("text: {ru: А", "text: {de: X, ru: А", "text has de"),
        ("text: {ru: А", "text: {ru: '{city}'", "other variables than in ru"),
        ("text: {ru: А", "text: {ru: '{street}'", "text in ru has {street}; there are only"),
        ("en: reviewed", "en: nice", "review of en must be one of"),
        (f"  review: {REVIEW}\n", "", "review of ru must be one of"),
        ("text: {ru: А", f"text: {{ru: '{'А' * 601}'", "601 characters; at most 600"),
        (SOUND, "- one\n", "must hold keys with their records"),
        (SOUND, "one: [", "cannot be read as YAML"),
        (SOUND, "one: two\n", "is no record"),
    ],
)
def test_a_wrong_record_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SOUND
    with pytest.raises(CannedReplyError) as error:
        _read(tmp_path, SOUND.replace(old, new, 1))
    assert message in str(error.value) and "own.yml" in str(error.value)


def test_a_key_in_two_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "another.yml").write_text(SOUND, "utf-8")
    with pytest.raises(CannedReplyError, match="one: stands twice"):
        _read(tmp_path, SOUND)
