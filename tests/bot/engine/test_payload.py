"""What a button may send."""

import pytest

from bot.engine.payload import RESERVED_INTENTS, Payload, PayloadError, read_payload, without_prefix

INTENTS = {"registration.arrival", "inform", "restart"}
ENTITIES = {"country", "citizenship"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/registration.arrival", Payload("registration.arrival")),
        ('/inform{"country":"RU"}', Payload("inform", {"country": "RU"})),
        ('/inform {"country": "RU", "citizenship": "TJ"}', Payload("inform", {"country": "RU", "citizenship": "TJ"})),
        ("/inform{}", Payload("inform")),
    ],
)
def test_payloads_of_our_buttons_are_read(text: str, expected: Payload) -> None:
    assert read_payload(text, INTENTS, ENTITIES) == expected


@pytest.mark.parametrize("intent", sorted(RESERVED_INTENTS))
def test_intents_of_rasa_itself_are_refused_even_if_the_domain_has_them(intent: str) -> None:
    with pytest.raises(PayloadError):
        read_payload(f"/{intent}", INTENTS | RESERVED_INTENTS, ENTITIES)


@pytest.mark.parametrize("text", ["/restart", "  /restart", "\n/restart", "\u2003/restart", "//", "/"])
def test_a_text_loses_its_prefix_and_nothing_else(text: str) -> None:
    changed = without_prefix(text)
    assert not changed.strip().startswith("/")
    assert changed.replace("\u2215", "/", 1) == text


@pytest.mark.parametrize("text", ["и/или", "12/03/2026", "http://safar/", "привет"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert without_prefix(text) == text
