"""The calendar picture goes with the count of days of stay, in every variant, and only there."""

from datetime import date

import pytest

from actions.ground import Ground
from actions.shown_date import short_months
from language.alphabets import strange_words
from language.variants import LANGUAGES
from tests.actions.stay_texts import BEGIN, NO_MORE, NO_PERMIT, PERMIT, STILL_HERE, TWO_TRIPS, Begin
from tests.guidance.pictures.drawn import opened

KEYS = ("used", "over", "today", "ahead", "advised", "last")


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_the_count_brings_one_picture_and_the_questions_bring_none(begin: Begin, variant: str) -> None:
    talk = begin(variant)
    for step in (talk.tap(BEGIN), talk.tap(NO_PERMIT), talk.say(TWO_TRIPS[variant], "registration.arrival")):
        await step
        assert talk.attached == ()
    await talk.tap(NO_MORE)
    (picture,) = talk.attached
    assert (picture.name, picture.media_type) == ("days.png", "image/png")
    assert len(picture.content) < 60_000
    assert opened(picture.content).width == 720


async def test_the_picture_follows_a_moving_period_too(begin: Begin) -> None:
    talk = begin("uz")
    await talk.tap('/start_stay{"country": "KZ", "citizenship": "UZ"}')
    await talk.tap(NO_PERMIT)
    await talk.say("11.11.2026")
    await talk.tap(STILL_HERE)
    await talk.tap(NO_MORE)
    (picture,) = talk.attached
    assert opened(picture.content).height < 800, "seven or eight months, not twelve"


async def test_where_the_limit_does_not_bind_there_is_nothing_to_draw(begin: Begin) -> None:
    talk = begin("ky")
    await talk.tap('/start_stay{"country": "RU", "citizenship": "KG"}')
    await talk.tap(PERMIT)
    assert talk.attached == ()


@pytest.mark.parametrize("variant", LANGUAGES)
def test_its_words_are_short_and_of_their_language(ground: Ground, variant: str) -> None:
    values = {"used": "90", "left": "90", "days": "90", "date": str(date(2026, 12, 18))}
    lines = [ground.wording.text(f"stay_picture_{key}", variant, **values) for key in KEYS]
    assert max(len(line) for line in lines) < 50
    months = short_months(variant)
    assert len(set(months)) == len(months) == 12
    assert not strange_words(" ".join([*lines, *months]), variant)
