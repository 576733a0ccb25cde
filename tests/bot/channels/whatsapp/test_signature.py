"""Who calls."""

import pytest

from bot.channels.whatsapp.signature import is_genuine, is_verify_token, signature_of

BODY = '{"entry": "Ҷ"}'.encode()
SECRET = "app-secret"


def test_the_right_signature_is_genuine() -> None:
    assert is_genuine(BODY, signature_of(BODY, SECRET), SECRET)
    known = "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert is_genuine(b"The quick brown fox jumps over the lazy dog", known, "key")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha256=ünknown",
        "sha256=" + "0" * 64,
        signature_of(BODY, SECRET).removeprefix("sha256="),
        signature_of(BODY, SECRET).replace("sha256", "sha1"),
        signature_of(BODY, SECRET) + "0",
        signature_of(BODY, SECRET)[:-1],
        signature_of(BODY, "another"),
        signature_of(BODY + b" ", SECRET),
    ],
)
def test_any_other_is_not(header: str | None) -> None:
    assert not is_genuine(BODY, header, SECRET)


def test_the_verify_token_is_compared_whole() -> None:
    assert is_verify_token("word", "word")
    assert not is_verify_token("", "word")
    assert not is_verify_token("wordy", "word")
    assert not is_verify_token("wörd", "word")
