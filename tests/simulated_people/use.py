"""A person uses one tool from its first question to its result, with detours, and checks the result."""

from collections.abc import Mapping
from typing import Any

from actions.ground import Ground
from tests.simulated_people.detours import DETOURS
from tests.simulated_people.tool import Tool
from tests.simulated_people.visit import Visit, as_payload
from tests.simulated_people.ways import next_tap

MAX_STEPS = 150
MAX_DETOURS = 6
SHOWN_CHARS = 400


async def use(visit: Visit, tool: Tool, ground: Ground) -> None:
    """Begin, answer, compare the result with the pure rule, tap one button more."""
    visit.person.answers.clear()
    if tool.before:
        await tool.before(visit, ground)
    await visit.tap(tool.begin)
    detours = 0
    for _ in range(MAX_STEPS):
        slots = await visit.slots()
        if slots["form"] != tool.form:
            if not await _resumed(visit, tool, slots):
                break
        elif detours < MAX_DETOURS and visit.person.chance.random() < visit.person.detours:
            detours += 1
            await visit.person.chance.choice(DETOURS)(visit)
            await _again(visit, tool)
        else:
            await _answer(visit, tool, ground, slots)
    else:
        return visit.complain(f"{tool.name} never ends")
    if tool.whole in visit.offered:
        await visit.tap(tool.whole)
    _compare(visit, tool, ground)
    if tool.after:
        await tool.after(visit, ground)
    if onward := visit.harmless():
        await visit.tap(visit.person.chance.choice(onward))


async def _answer(visit: Visit, tool: Tool, ground: Ground, slots: Mapping[str, Any]) -> None:
    wanted = tool.reply(visit.person, slots, visit.offered)
    typed = tool.typed(ground, visit.person, wanted) if visit.person.chance.random() < visit.person.types else None
    if typed:
        return await visit.say(*typed, wanted)
    tapped = next_tap(wanted, visit.offered)
    if tapped is None:
        visit.complain(f"{tool.name}: no button leads to {wanted}; there is {visit.offered}")
    await visit.tap(tapped or wanted)


async def _again(visit: Visit, tool: Tool) -> None:
    """After a detour that has left the tool it is begun again."""
    if (await visit.slots())["form"] != tool.form:
        await visit.tap(tool.begin)


async def _resumed(visit: Visit, tool: Tool, slots: Mapping[str, Any]) -> bool:
    """Whether the tool asks if it should go on where it was left: it should."""
    go_on = as_payload("continue_questionnaire", questionnaire=tool.name, step="go_on")
    if str(slots.get("pending")) != f"resume:{tool.name}":
        return False
    await visit.tap(go_on)
    return True


def _compare(visit: Visit, tool: Tool, ground: Ground) -> None:
    for piece in tool.expected(ground, visit.person):
        if piece.strip() not in visit.text:
            visit.complain(f"{tool.name}: expected “{piece}” in “{visit.text[:SHOWN_CHARS]}”")
    for piece in tool.barred(ground, visit.person):
        if piece in visit.text:
            visit.complain(f"{tool.name}: “{piece}” must not stand in “{visit.text[:SHOWN_CHARS]}”")
