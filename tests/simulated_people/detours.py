"""What people do instead of answering: ask, look at the menu, mistype, change their mind, leave, come back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from language.variants import LANGUAGES
from tests.actions.stay_texts import NOT_UZBEK, QUESTION
from tests.simulated_people.person import PATIENCE_DAYS, other_citizenship
from tests.simulated_people.visit import Visit, as_payload

WRONG = ("31.02.2026", "абвгд", "?", "99", "05.06.2031", "-5000 rub", "🙂", "x" * 600)
DETAIL_FORMS = ("registration_form", "stay_form", "permit_form", "steps_form", "contacts_form")
NUMBER_FORMS = ("transfer_form",)
"""Here a number in figures is an answer."""
CHANGE = as_payload("inform", change="details")


async def ask(visit: Visit) -> None:
    """A question of another topic; the tool must still be there afterwards."""
    await _and_back(visit, lambda: visit.say(QUESTION[visit.person.variant], "bans.check"))


async def look_at_the_menu(visit: Visit) -> None:
    """A look elsewhere."""
    await _and_back(visit, lambda: visit.tap("/meta.menu"))


async def greet(visit: Visit) -> None:
    """“Hello” in the middle."""
    await _and_back(visit, lambda: visit.say("салом", "meta.greeting"))


async def mistype(visit: Visit) -> None:
    """No answer to what was asked."""
    is_number = (await visit.slots())["form"] in NUMBER_FORMS
    wrong = visit.person.chance.choice([each for each in WRONG if not (is_number and each[0].isdigit())])
    await _and_back(visit, lambda: visit.say(wrong, visit.person.chance.choice(("nlu_fallback", "inform"))))


async def change_mind(visit: Visit) -> None:
    """“Change details”: another citizenship than was told, or all numbers of a transfer anew."""
    if CHANGE in visit.offered:
        if (await visit.slots())["form"] not in NUMBER_FORMS:
            visit.person.citizenship = other_citizenship(visit.person)
        await visit.tap(CHANGE)


async def correct_in_words(visit: Visit) -> None:
    """“Not Uzbek, Tajik”, once the citizenship has been told."""
    person, slots = visit.person, await visit.slots()
    if slots.get("citizenship") == "UZ" and person.country != "TJ" and slots["form"] in DETAIL_FORMS:
        person.citizenship = "TJ"
        await visit.say(NOT_UZBEK[person.variant], "inform")


async def stop(visit: Visit) -> None:
    """Enough for now."""
    if "/stop_form" in visit.offered:
        await visit.tap("/stop_form")
        if (await visit.slots())["form"]:
            visit.complain("the tool goes on after it was stopped")


async def come_back_later(visit: Visit) -> None:
    """Past midnight, or after days: with “hello”, or by a button that still stands there."""
    chance, offered = visit.person.chance, visit.harmless()
    if chance.random() < 0.3:
        visit.person.today += timedelta(days=1)
        return
    await visit.leave_for_days(chance.randint(2, PATIENCE_DAYS))
    if offered and chance.random() < 0.5:
        await visit.tap(chance.choice(offered))
    else:
        await visit.say("салом", "meta.greeting")


async def change_language(visit: Visit) -> None:
    """Another language or script from here on."""
    visit.person.variant = visit.person.chance.choice(LANGUAGES)
    await visit.tap(as_payload("meta.language", variant=visit.person.variant))


DETOURS: tuple[Callable[[Visit], Awaitable[None]], ...] = (
    ask,
    look_at_the_menu,
    greet,
    mistype,
    change_mind,
    correct_in_words,
    stop,
    come_back_later,
    change_language,
)


async def _and_back(visit: Visit, go: Callable[[], Awaitable[None]]) -> None:
    before = await visit.slots()
    await go()
    after = await visit.slots()
    for name in ("form", "requested_slot"):
        if before.get(name) != after.get(name):
            visit.complain(f"{name} was {before.get(name)} and is {after.get(name)} after a detour")
