"""The form of stay with the trained engine: people's own words are understood or left to the form, in each variant."""

import os
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from actions.ground import Ground
from actions.serve import create_executor
from actions.shown_date import shown_date
from bot.engine.serve import prepare
from language.variants import LANGUAGES
from tests.actions.conftest import TODAY
from tests.actions.stay_texts import BEGIN, NOT_UZBEK, QUESTION, SPRING, TAKEN_BACK, TWO_TRIPS, UNSURE, used_in_year
from tests.trained_release import trained_release

NO = {"ru": "нет", "uz": "yo'q", "uz-Cyrl": "йўқ", "tg": "не", "ky": "жок", "kk": "жоқ", "en": "no"}


@pytest.fixture(scope="module")
def trained() -> Iterator[tuple[Any, Ground]]:
    release = trained_release()
    ground = Ground.load(release, release / "content", str(release / "encoder"))
    with mock.patch.dict(os.environ, SAFAR_ENCODER=str(release / "encoder"), SAFAR_CONTENT=str(release / "content")):
        prepare(os.environ)
        from tests.actions.held_conversation import load_agent

        yield load_agent(release, create_executor(ground)), ground


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_days_of_stay_are_counted_in_peoples_own_words(trained: tuple[Any, Ground], variant: str) -> None:
    from tests.actions.held_conversation import HeldConversation

    agent, ground = trained
    held = HeldConversation(agent, f"stay {variant}", variant, TODAY.isoformat())
    spring = f"{shown_date(SPRING[0], variant)} – {shown_date(SPRING[1], variant)}"

    async def hears(text: str, *expected: str) -> None:
        messages = await (held.tap(text) if text.startswith("/") else held.say(text))
        said = "\n\n".join(message["text"] for message in messages if message["text"])
        for each in expected:
            assert each in said, f"{text}\ngot: {said}"

    await hears(BEGIN, ground.wording.text("ask_stay_permit_long_term_status", variant))
    await hears(NO[variant], ground.wording.text("ask_trips_of_the_year", variant, year="2026"))
    await hears(TWO_TRIPS[variant], spring, ground.wording.text("ask_another_trip", variant))
    await hears(UNSURE[variant], ground.wording.text("trip_unsure", variant), spring)
    await hears(TAKEN_BACK[variant], ground.wording.text("trip_removed", variant), spring)
    await hears(QUESTION[variant], spring, ground.wording.text("ask_another_trip", variant))
    await hears(ground.wording.text("button_no_more_trips", variant), used_in_year(ground, variant, 70, 20))
    await hears(NOT_UZBEK[variant], ground.places.country_name("TJ", variant), used_in_year(ground, variant, 70, 20))
