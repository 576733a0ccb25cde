"""The checklist that can be ticked, where to complain, and the three ways: by buttons, in every variant."""

from typing import Any

import pytest

from actions.answer_question import show
from actions.answering import Answering
from actions.ask_complaint import ask_complaint
from actions.complaint_reply import complaint_reply
from actions.complaint_telling import CHANGEABLE, CHANGING, NUMBER
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered
from actions.show_menu import show_menu
from actions.start_wages import answer_complaint, start_wages
from actions.tell_complaint import complaint_files
from actions.tick_evidence import OPEN, TICKED
from bot.channels.whatsapp.limits import MAX_REPLY_BUTTON_TITLE_CHARS
from knowledge_base.library import Library
from language.variants import LANGUAGES
from tests.actions.conftest import DATA
from tests.actions.wages_texts import Begin, tell_all, tick
from tests.guidance.pdf_text import text_of_pdf

TOLD = {
    "country": "KZ",
    "language": "kk",
    **{name: "" for name in CHANGEABLE if name != "name_kept_back"},
    "employer": "ТОО Ақ бидай",
    "period": "2026-03-01/",
}


def _step(hear: Any, step: str, **more: Any) -> Any:
    details = [("step", step), *((name, more.pop(name)) for name in ("item", "country") if name in more)]
    return hear("", "start_wages", *details, **more)


def _is_shown_everywhere(answered: Answered) -> bool:
    return len(answered.buttons) <= MAX_BUTTONS and all(
        len(button.title) <= MAX_REPLY_BUTTON_TITLE_CHARS for button in answered.buttons
    )


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_thing_is_ticked_and_unticked_and_the_list_fits_every_channel(
    ground: Ground, hear: Any, variant: str
) -> None:
    first = start_wages(ground, _step(hear, "tick", item="photos", variant=variant))
    line = ground.wording.text("evidence.photos", variant)
    assert f"{TICKED} {line}" in first.text
    assert first.text.count(OPEN) == 7
    assert _is_shown_everywhere(first)
    again = start_wages(ground, _step(hear, "tick", item="photos", variant=variant, slots=dict(first.slots)))
    assert f"{OPEN} {line}" in again.text
    assert again.slots["evidence"] is None


def test_the_list_is_gone_on_with_days_later_where_it_was(ground: Ground, hear: Any) -> None:
    shown = start_wages(ground, _step(hear, "evidence", slots={"evidence": ["contract", "days"]}))
    assert shown.text.count(TICKED) == 2
    assert shown.buttons[0].title.startswith(TICKED)


def test_a_forged_thing_is_not_remembered(ground: Ground, hear: Any) -> None:
    assert start_wages(ground, _step(hear, "tick", item="Иванов")).slots["evidence"] is None


def test_a_full_list_says_that_one_can_write(ground: Ground, hear: Any) -> None:
    all_things = [each.id for each in ground.unpaid_wages.evidence]
    shown = start_wages(ground, _step(hear, "evidence", slots={"evidence": all_things}))
    assert ground.wording.text("evidence_all_there", "ru") in shown.text


async def test_ticks_are_made_in_the_chat_and_stay_over_other_questions(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(tick("contract"))
    await talk.say("как проверить запрет на въезд?", "bans.check")
    assert (await talk.tap(tick("pass"))).count(TICKED) == 2


@pytest.mark.parametrize("variant", LANGUAGES)
def test_where_to_complain_has_sources_dates_and_no_number(ground: Ground, hear: Any, variant: str) -> None:
    slots = {"country": "RU", "citizenship": "TJ"}
    told = start_wages(ground, _step(hear, "where", variant=variant, slots=slots))
    say = ground.wording.text
    for each in ("complain.RU", "wage_help.TJ", "complain_when", "complain_without_papers", "deadline_recheck"):
        assert say(each, variant) in told.text
    for shown in ("https://www.obovsem.pro", "https://kant.kg", "21.11.2026", "03.12.2021"):
        assert shown in told.text
    assert say("wage_help.UZ", variant) not in told.text
    assert _is_shown_everywhere(told)


@pytest.mark.parametrize("variant", LANGUAGES)
def test_without_a_fact_for_a_country_a_person_is_offered_and_the_own_office_named(
    ground: Ground, hear: Any, variant: str
) -> None:
    told = start_wages(ground, _step(hear, "where", variant=variant, slots={"country": "TR", "citizenship": "UZ"}))
    assert told.buttons[0].payload == "/meta.human"
    assert ground.wording.text("wage_help.UZ", variant) in told.text
    assert ground.wording.text("complain.RU", variant) not in told.text


async def test_the_country_is_asked_back_and_may_be_typed(begin: Begin, ground: Ground) -> None:
    talk = begin()
    assert await talk.tap('/start_wages{"step": "where"}') == ground.wording.text("ask_complaint_country", "ru")
    assert ground.wording.text("complain.KZ", "ru") in await talk.say("в Казахстане")


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_three_ways_name_danger_first_and_lead_to_the_screening(ground: Ground, hear: Any, variant: str) -> None:
    ways = Answering(ground).answer(hear("", "start_wages", variant=variant))
    assert ground.wording.text("button_start_screening", variant).rstrip("?") in ways.text
    assert "/start_screening" in {button.payload for button in ways.buttons}
    assert "/meta.human" in {button.payload for button in ways.buttons}
    assert _is_shown_everywhere(ways)


def test_what_was_begun_can_be_gone_on_with_or_forgotten(ground: Ground, hear: Any) -> None:
    ways = start_wages(ground, hear("", "start_wages", slots={"complaint": TOLD}))
    assert ground.wording.text("button_go_on_complaint", "ru") in {button.title for button in ways.buttons}
    forgotten = start_wages(ground, _step(hear, "forget", slots={"complaint": TOLD, "evidence": ["days"]}))
    assert forgotten.slots["complaint"] is None
    assert forgotten.slots["evidence"] is None


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize(
    "told", [{}, {"country": "RU"}, TOLD, {**TOLD, CHANGING: "list"}, {"country": "RU", NUMBER: "5 "}]
)
def test_every_question_fits_every_channel(ground: Ground, hear: Any, variant: str, told: dict[str, str]) -> None:
    assert _is_shown_everywhere(ask_complaint(ground, hear(variant=variant, slots={"complaint": told})))


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "is_answer"),
    [
        ("аэропорт Домодедово, терминал", "bans.check", 0.9, True),
        ("склад на овощной базе", "work.find_job", 0.99, True),
        ("Домодедово", "bans.check", 0.99, True),
        ("как узнать, есть ли у меня запрет", "bans.check", 0.95, False),
        ("он забрал паспорт и бьёт", "trafficking.forced_labour", 0.85, False),
        ("меню", "meta.menu", 0.9, False),
        ("закончим на этом", "stop_form", 0.9, False),
    ],
)
def test_an_answer_in_ones_own_words_is_told_from_a_question_and_a_wish(
    ground: Ground, hear: Any, text: str, intent: str, confidence: float, is_answer: bool
) -> None:
    slots = {"complaint": {"country": "RU", "employer": ""}}
    heard = hear(text, intent, ranking={intent: confidence}, slots=slots)
    reply = complaint_reply(ground, heard)
    assert bool(reply) is is_answer
    assert not reply or reply.told["place"] == text


def test_a_button_of_a_complaint_that_was_left_goes_on_with_it(ground: Ground, hear: Any) -> None:
    tapped = hear("", "answer_complaint", ("item", "place"), ("reply", "skip"), slots={"complaint": {"country": "RU"}})
    answered = answer_complaint(ground, tapped)
    assert answered.next_action == "complaint_form"
    assert answered.slots["complaint"] == {"country": "RU", "place": ""}


def test_a_button_of_a_complaint_that_is_made_keeps_nothing(ground: Ground, hear: Any) -> None:
    answered = answer_complaint(ground, hear("", "answer_complaint", ("item", "place"), ("reply", "skip")))
    assert answered.text == ground.wording.text("questionnaire_gone", "ru")
    assert "complaint" not in answered.slots


def test_the_document_holds_what_was_told_and_what_was_ticked(ground: Ground, hear: Any) -> None:
    files = complaint_files(ground, hear(slots={"evidence": ["contract", "employer"]}), TOLD)
    assert [each.name for each in files] == ["document.pdf", "document.docx"]
    written = " ".join(text_of_pdf(files[0].content).split())
    for each in ("Мемлекеттік еңбек инспекциясына", "ТОО Ақ бидай", "01.03.2026 күнінен бастап", "1. еңбек шарты."):
        assert each in written
    assert "2. " not in written.partition("Қосымшалар")[2]


def test_entries_on_wages_and_the_menu_lead_here(ground: Ground, hear: Any) -> None:
    entries = [e for e in Library.load(DATA / "faq").entries if e.topic == "labour_rights.unpaid_wages"]
    assert len(entries) >= 2
    for entry in entries:
        assert [b.payload for b in show(ground, hear(), entry).buttons[:2]] == ["/start_wages", "/meta.human"]
    assert show_menu(ground, hear("", "meta.menu", ("domain", "labour_rights"))).buttons[0].payload == "/start_wages"


async def test_the_answer_that_brings_the_document_says_none_of_what_was_told(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await tell_all(talk)
    assert await talk.tap('/answer_complaint{"item": "finish", "reply": "make"}') == (
        ground.wording.text("complaint_made", "ru")
    )
