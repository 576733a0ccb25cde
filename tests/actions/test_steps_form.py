"""Step lists and contacts, held with Rasa's rules in every variant: detours, corrections, wrong input, days later."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from actions.ground import Ground
from language.variants import LANGUAGES
from publishing.check_consulate import _CONSULATE
from tests.actions.stay_texts import NOT_UZBEK

Begin = Callable[..., Any]
RUSSIA = {
    "ru": "Россия",
    "uz": "Rossiya",
    "uz-Cyrl": "Россия",
    "tg": "Русия",
    "ky": "Россия",
    "kk": "Ресей",
    "en": "Russia",
}
UZBEK = {
    "ru": "Узбекистан",
    "uz": "Oʻzbekiston",
    "uz-Cyrl": "Ўзбекистон",
    "tg": "Ӯзбекистон",
    "ky": "Өзбекстан",
    "kk": "Өзбекстан",
    "en": "Uzbekistan",
}
NO = {"ru": "нет", "uz": "yoʻq", "uz-Cyrl": "йўқ", "tg": "не", "ky": "жок", "kk": "жоқ", "en": "no"}
UNSURE = {
    "ru": "не знаю",
    "uz": "bilmayman",
    "uz-Cyrl": "билмайман",
    "tg": "намедонам",
    "ky": "билбейм",
    "kk": "білмеймін",
    "en": "I don't know",
}


def start(name: str) -> str:
    return f"/start_steps{json.dumps({'item': name})}"


def reply(item: str, value: str = "yes", tool: str = "steps") -> str:
    return f"/answer_questionnaire{json.dumps({'questionnaire': tool, 'item': item, 'reply': value})}"


def show(step: str) -> str:
    return f"/show_step{json.dumps({'step': step})}"


class Texts:
    """What the lists ask and say in one variant."""

    def __init__(self, ground: Ground, variant: str) -> None:
        self._ground, self._variant = ground, variant

    def asked(self, item: str) -> str:
        return self._ground.step_lists.questionnaire.item(item).ask[self._variant]

    def help(self, item: str) -> str:
        return self._ground.contacts.questionnaire.item(item).ask[self._variant]

    def said(self, key: str, **values: str) -> str:
        return self._ground.wording.text(key, self._variant, **values)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_lost_passport_step_by_step_with_detours(begin: Begin, ground: Ground, variant: str) -> None:
    person, texts = begin(variant), Texts(ground, variant)
    assert texts.asked("where") in await person.tap(start("lost_passport"))
    assert texts.asked("fears_state") in await person.say(RUSSIA[variant])
    wrong = await person.say("хзщъ", "nlu_fallback")
    assert texts.said("reply_not_caught") in wrong and texts.asked("fears_state") in wrong
    detour = await person.tap("/bans.check")
    assert "bans/check" in detour and texts.asked("fears_state") in detour
    assert texts.asked("citizen_of") in await person.say(NO[variant], "deny")
    assert texts.asked("passport_how") in await person.say(UZBEK[variant])
    assert texts.said("step.lost_police_ru") in await person.say(UNSURE[variant], "nlu_fallback")
    assert texts.said("step.lost_form_uz") in await person.tap(show("2"))
    assert "consulate.mfa.uz" in await person.tap(show("all"))
    assert texts.said("step.lost_visit_uz") in await person.tap(show("3"))
    assert texts.said("resume_offer_steps") in await person.tap(start("lost_passport"))
    on = f"/continue_questionnaire{json.dumps({'questionnaire': 'steps', 'step': 'go_on'})}"
    assert texts.said("step.lost_visit_uz") in await person.tap(on), "one comes back to the step where one was"
    assert texts.said("steps_done") in await person.tap(show("done"))
    assert texts.said("questionnaire_gone") in await person.tap(show("3"))


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_one_who_fears_the_own_state_never_reads_of_its_consulate(
    begin: Begin, ground: Ground, variant: str
) -> None:
    person, texts, language = begin(variant), Texts(ground, variant), "uz" if variant == "uz-Cyrl" else variant
    consulate = _CONSULATE["ru" if variant == "uz-Cyrl" else language]
    answers: dict[str, tuple[str, ...]] = {
        "lost_passport": ("in_ru", "fears_state", "pass_stolen"),
        "entry_ban": ("ban_ru", "fears_state", "why_expelled"),
        "going_home": ("in_kz", "fears_state", "home_no_passport", "home_debt", "home_situation"),
    }
    for name, items in answers.items():
        said = [await person.tap(start(name)), *[await person.tap(reply(item)) for item in items]]
        assert texts.said("step.fear_first") in said[-1]
        said += [await person.tap(show("all")), await person.tap(show("2"))]
        assert not [text for text in said if consulate.search(text)]
        await person.tap(show("done"))
    for need in ("need_consulate", "need_labour", "need_home"):
        said = [await person.tap("/start_contacts"), await person.tap(reply(need, tool="contacts"))]
        said += [await person.tap(reply("contact_fears", "skip", "contacts"))]
        if need == "need_labour":
            said += [await person.tap(reply("contact_tj", tool="contacts"))]
        assert texts.said("contacts_fear") in said[-1]
        assert not [text for text in said if consulate.search(text)], need


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_change_of_mind_about_the_country_changes_the_steps(begin: Begin, ground: Ground, variant: str) -> None:
    person, texts = begin(variant), Texts(ground, variant)
    await person.tap(start("going_home"))
    assert texts.asked("fears_state") in await person.tap(reply("in_kz"))
    changed = await person.tap(reply("in_ru"))
    assert texts.said("answer_changed") in changed and texts.asked("fears_state") in changed
    assert texts.asked("citizen_of") in await person.tap(reply("fears_state", "no"))
    await person.tap(reply("cit_tj"))
    await person.tap(reply("home_overstay"))
    assert texts.said("step.home_choice") in await person.tap(reply("home_situation"))
    assert texts.said("step.home_register_ru") in await person.say(
        {"tg": "ҳа", "en": "yes"}.get(variant, "да"), "affirm"
    )
    assert texts.said("step.home_choice") in await person.say(UZBEK[variant], "inform")
    anew = f"/continue_questionnaire{json.dumps({'questionnaire': 'steps', 'step': 'restart'})}"
    assert texts.asked("where") in await person.tap(anew), "the same list, from its first question"


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_citizenship_is_corrected_in_the_middle_and_a_date_that_is_none_is_no_answer(
    begin: Begin, ground: Ground, variant: str
) -> None:
    person, texts = begin(variant), Texts(ground, variant)
    await person.tap(start("lost_passport"))
    for item, value in (("in_ru", "yes"), ("fears_state", "no"), ("cit_uz", "yes")):
        asked = await person.tap(reply(item, value))
    assert texts.asked("passport_how") in asked
    odd = await person.say("31.02.2026", "inform")
    assert texts.said("reply_not_caught") in odd and texts.asked("passport_how") in odd
    corrected = await person.say(NOT_UZBEK[variant], "inform")
    assert texts.said("answer_changed") in corrected and texts.asked("passport_how") in corrected
    await person.tap(reply("pass_lost"))
    told = await person.tap(show("all"))
    assert texts.said("step.lost_back_tj") in told and texts.said("step.lost_form_uz") not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_contacts_by_country_and_kind(begin: Begin, ground: Ground, variant: str) -> None:
    person, texts = begin(variant), Texts(ground, variant)
    assert texts.help("help_where") in await person.tap("/start_contacts")
    assert texts.help("help_kind") in await person.say(RUSSIA[variant])
    title = ground.contacts.questionnaire.item("need_consulate").title[variant]
    assert texts.help("contact_fears") in await person.say(title)
    assert texts.help("contact_citizen") in await person.say(NO[variant], "deny")
    told = await person.say(UZBEK[variant])
    assert "https://www.uzconsulate.ru/certificat" in told and "https://boshkonsulekb.ru/certificat" in told
    assert texts.said("contacts_check") in told
    assert texts.help("help_kind") in await person.tap("/start_contacts"), "the country is kept"
    told = await person.tap(reply("need_emergency", tool="contacts"))
    assert "112" in told and texts.said("contacts_ambulance", number="103") in told


async def test_a_country_of_the_list_is_remembered_and_another_list_begins_anew(begin: Begin, ground: Ground) -> None:
    person, texts = begin(), Texts(ground, "ru")
    await person.tap(start("lost_passport"))
    await person.tap(reply("in_ru"))
    assert texts.asked("back_situation") not in await person.tap(start("reintegration"))
    assert texts.asked("back_situation") in await person.say("я таджик", "inform")
    for item in ("back_no_work", "back_debt"):
        assert texts.said("choices_anything_else") in await person.tap(reply(item))
    told = await person.tap(reply("back_situation"))
    assert texts.said("step.back_first") in told
    told = await person.tap(show("all"))
    assert texts.said("step.back_benefit_tj") in told and texts.said("step_recheck") in told
    assert "answer_source" not in told and "Sputnik Tajikistan" in told


async def test_without_a_reply_the_question_of_the_list_waits_and_a_stop_keeps_the_answers(
    begin: Begin, ground: Ground
) -> None:
    person, texts = begin(), Texts(ground, "ru")
    assert texts.asked("list") in await person.tap("/start_steps")
    assert texts.asked("ban_by") in await person.say("Запрет на въезд")
    assert texts.said("questionnaire_stopped") in await person.tap("/stop_form")
    assert texts.said("resume_offer_steps") in await person.tap(start("entry_ban"))
    assert texts.asked("ban_by") in await person.say("да", "affirm")
    assert texts.asked("fears_state") in await person.say("в Казахстан")
