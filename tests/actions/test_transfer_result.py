"""What stands around the form of a transfer: kept offers, the picture, short buttons, offers under entries."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from actions.affirm import affirm
from actions.answer_question import show
from actions.answering import Answering
from actions.ask_transfer import ask_transfer
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Heard
from actions.shown_money import shown_money, shown_percent, shown_rate, worth_of_one
from actions.tell_transfer import tell_transfer
from actions.transfer_telling import Telling
from guidance.reference_rates import ReferenceRates
from guidance.transfer import Offer
from guidance.transfer_offers import TransferOffers
from knowledge_base.library import Library
from language.variants import LANGUAGES
from publishing.check_entries import usable_facts
from tests.actions.conftest import DATA, TODAY
from tests.guidance.test_transfer_offers import CHECKED, OFFER, RATE

D = Decimal
MAX_TITLE_CHARS = 20
MAX_PICTURE_BYTES = 60_000
TWO = Telling(
    amount=D(10000),
    currency="RUB",
    to="UZ",
    arrives_in="UZS",
    offers=(Offer(D(150), rate=D(140)), Offer(D(0), D(1))),
    is_open=False,
    is_complete=True,
    reference="145",
)


def heard(telling: Telling, variant: str = "ru", **slots: Any) -> Heard:
    return Heard("", variant, TODAY, {}, (), {"transfer": telling.kept(), "country": "RU", **slots})


@pytest.fixture
def kept(ground: Ground, tmp_path: Path) -> Iterator[Ground]:
    """The ground with one rate and one offer of the content team, checked the day before."""
    (tmp_path / "reference_rates.yml").write_text(yaml.safe_dump({"rates": [RATE]}), "utf-8")
    (tmp_path / "transfer_offers.yml").write_text(yaml.safe_dump({"offers": [OFFER]}), "utf-8")
    yield replace(
        ground,
        reference_rates=ReferenceRates.load(tmp_path),
        transfer_offers=TransferOffers.load(tmp_path),
    )


def test_a_transfer_is_remembered_as_it_was_told() -> None:
    assert Telling.of(json.loads(json.dumps({"transfer": TWO.kept()}))) == TWO
    assert Telling.of({}) == Telling()


def test_fresh_kept_offers_stand_beside_those_told_with_date_and_source(kept: Ground) -> None:
    text = tell_transfer(kept, heard(replace(TWO, reference=None))).text
    assert "Kept Provider (20.11.2026)" in text
    assert "https://example.org/tariffs" in text
    assert "Сравниваю с официальным курсом на 20.11.2026: 1 ₽ = 145 сум." in text


def test_stale_kept_offers_and_rates_are_never_shown(kept: Ground) -> None:
    late = replace(heard(replace(TWO, reference=None)), today=CHECKED + timedelta(days=5))
    text = tell_transfer(kept, late).text
    assert "Kept Provider" not in text
    assert "https://" not in text
    assert kept.wording.text("transfer_margin_unknown", "ru") in text


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_small_picture_goes_with_the_text(ground: Ground, variant: str) -> None:
    (picture,) = tell_transfer(ground, heard(TWO, variant)).attachments
    assert picture.media_type == "image/png"
    assert len(picture.content) < MAX_PICTURE_BYTES
    assert Image.open(BytesIO(picture.content)).width <= 2 * 360


def test_without_a_share_there_is_no_picture(ground: Ground) -> None:
    assert tell_transfer(ground, heard(replace(TWO, reference="unknown"))).attachments == ()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_gain_is_told_as_what_it_is(ground: Ground, variant: str) -> None:
    better = replace(TWO, offers=(Offer(rate=D(150)),))
    gain = shown_money(ground, D("344.83"), "RUB", variant)
    assert (
        ground.wording.text("transfer_gain", variant, gain=gain) in tell_transfer(ground, heard(better, variant)).text
    )


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize(
    "telling",
    [
        Telling(),
        Telling(choices=("KGS", "UZS")),
        Telling(amount=D(10000), currency="RUB"),
        Telling(amount=D(10000), currency="RUB", to="UZ"),
        Telling(amount=D(10000), currency="RUB", to="UZ", arrives_in="UZS"),
        Telling(amount=D(10000), currency="RUB", to="UZ", arrives_in="UZS", fee=D(0)),
        replace(TWO, is_complete=False),
        replace(TWO, reference=None),
        replace(TWO, reference=None, readings=("rate 145", "inverse 145")),
    ],
)
def test_every_question_can_be_tapped_with_short_titles(ground: Ground, variant: str, telling: Telling) -> None:
    buttons = ask_transfer(ground, heard(telling, variant)).buttons
    assert 2 <= len(buttons) <= MAX_BUTTONS
    assert buttons[-1].payload == "/stop_form"
    assert not [each.title for each in buttons if len(each.title) > MAX_TITLE_CHARS and "change" not in each.payload]
    assert len({each.payload for each in buttons}) == len(buttons)


def test_titles_of_the_texts_fit_a_reply_button(ground: Ground) -> None:
    named, all_keys = re.compile("currency_|button_(transfer|offers|wrong_of|rate_un)"), ground.wording.keys()
    keys = list(filter(named.match, all_keys))
    long = [(key, v) for key in keys for v in LANGUAGES if len(ground.wording.text(key, v)) > MAX_TITLE_CHARS]
    assert len(keys) > 12
    assert not long


@pytest.mark.parametrize(
    ("variant", "money", "percent"),
    [
        ("ru", "10\xa0000,50 ₽", "4,95\xa0%"),
        ("uz", "10\xa0000,50 rubl", "4,95%"),
        ("uz-Cyrl", "10\xa0000,50 рубль", "4,95%"),
        ("tg", "10\xa0000,50 рубл", "4,95%"),
        ("ky", "10\xa0000,50 рубль", "4,95%"),
        ("kk", "10\xa0000,50 ₽", "4,95%"),
        ("en", "10,000.50 ₽", "4.95%"),
    ],
)
def test_sums_are_written_as_in_the_language(ground: Ground, variant: str, money: str, percent: str) -> None:
    assert shown_money(ground, D("10000.5"), "RUB", variant) == money
    assert shown_percent(D("4.95"), variant) == percent


def test_a_rate_is_written_from_the_dearer_money(ground: Ground) -> None:
    assert shown_rate(ground, D(140), "RUB", "UZS", "ru") == "1 ₽ = 140 сум"
    assert shown_rate(ground, 1 / D("95.5"), "RUB", "USD", "ru") == "1 $ = 95,5 ₽"
    assert worth_of_one(ground, D("0.115"), "RUB", "TJS", "ru") == "1 ₽ = 0,115 сомони"


def test_entries_on_the_cost_and_the_way_to_send_offer_the_count(ground: Ground, hear: Any) -> None:
    library = Library.load(DATA / "faq")
    for name in ("remittances/cost-compare", "remittances/how-to-send"):
        answered = show(ground, hear(), library.entry(name))
        assert answered.buttons[0].payload == "/start_transfer"
        assert answered.slots["pending"] == "transfer"
    assert affirm(ground, hear("да", "affirm", slots={"pending": "transfer"})).next_action == "transfer_form"


def test_the_warning_on_fraud_stands_beside_the_result(ground: Ground) -> None:
    library = Library.load(DATA / "faq")
    answered = tell_transfer(replace(ground, library=library), heard(TWO, citizenship="UZ"))
    assert '/show_entry{"entry": "remittances/scams"}' in {button.payload for button in answered.buttons}


def test_the_first_step_without_a_server_is_the_first_question(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("", "start_transfer", slots={"country": "KZ"}))
    assert answered.text.endswith(ground.wording.text("ask_transfer_sum", "ru"))
    assert answered.buttons[0].payload == '/inform{"money": "20000 KZT"}'


def test_the_marks_stand_on_a_fact_that_may_be_shown(ground: Ground) -> None:
    assert set(ground.transfer_marks.fact_ids) <= set(usable_facts(DATA / "facts"))
