"""Translations go with their message; a switch goes with its conversation; a consent with its operator."""

import json

from sqlalchemy import func, select

from conversations.commands import Erase
from conversations.erasure import erase
from conversations.export import export_conversation
from conversations.operators import Operators
from conversations.reply import Reply
from conversations.tables import translation_switches, translations
from conversations.translations import Translation, Translations
from tests.conversations.talk import Talk

HOST = "translate.example"
SECRET = "перевод сказанного"


def _kept(talk: Talk) -> tuple[str, int, Translations]:
    kept, one = Translations(talk.database), talk.begin()
    talk.write(one, "m1", "савол")
    cursor = talk.said(one)[0].cursor
    assert kept.keep(one, Translation(cursor, "ru", SECRET, False, HOST), talk.now)
    kept.switch(one, True, "Madina", HOST, talk.now)
    return one, cursor, kept


def _rows(talk: Talk) -> int:
    with talk.database.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (translations, translation_switches)
        ]
    return sum(counts)


def test_a_reader_gets_what_is_in_their_language_and_the_own_words_of_operators(talk: Talk) -> None:
    one, cursor, kept = _kept(talk)
    kept.keep(one, Translation(cursor, "kk", "аударма", False, HOST), talk.now)
    answer = talk.transcript.say(one, "operator", "Ҷавоб", [], None, (), talk.now)
    kept.keep(one, Translation(answer, "en", "an answer", True, HOST), talk.now)
    assert [(each.variant, each.text) for each in kept.of(one, "ru")] == [("ru", SECRET), ("en", "an answer")]
    assert kept.of(talk.begin(), "ru") == ()


def test_a_second_translation_takes_the_place_of_the_first(talk: Talk) -> None:
    one, cursor, kept = _kept(talk)
    assert kept.keep(one, Translation(cursor, "ru", "лучше", False, HOST), talk.now)
    assert [each.text for each in kept.of(one, "ru")] == ["лучше"]


def test_a_translation_of_what_is_not_there_is_not_kept(talk: Talk) -> None:
    one, cursor, kept = _kept(talk)
    assert not kept.keep(one, Translation(cursor + 99, "ru", SECRET, False, HOST), talk.now)
    assert not kept.keep(talk.begin(), Translation(cursor, "kk", SECRET, False, HOST), talk.now)
    kept.switch("nobody", True, "Madina", HOST, talk.now)
    assert not kept.is_switched_on("nobody", HOST)


def test_the_switch_holds_for_one_conversation_and_one_service(talk: Talk) -> None:
    one, _, kept = _kept(talk)
    assert kept.is_switched_on(one, HOST)
    assert not kept.is_switched_on(one, "other.example") and not kept.is_switched_on(talk.begin(), HOST)
    kept.switch(one, False, "Madina", HOST, talk.now)
    assert not kept.is_switched_on(one, HOST)


def test_a_consent_holds_for_one_operator_and_one_service_and_goes_with_the_operator(talk: Talk) -> None:
    kept = Translations(talk.database)
    Operators(talk.database).add("Madina", "a long enough password", talk.now)
    for _ in range(2):
        kept.tell("Madina", HOST, talk.now)
    assert kept.knows("Madina", HOST)
    assert not kept.knows("Madina", "other.example") and not kept.knows("Rustam", HOST)


def test_erasing_a_conversation_erases_its_translations(talk: Talk) -> None:
    one, _, kept = _kept(talk)
    erase(talk.database, one, talk.now)
    assert kept.of(one, "ru") == () and _rows(talk) == 0


def test_a_migrant_who_asks_for_erasure_leaves_no_translation(talk: Talk) -> None:
    one, _, kept = _kept(talk)
    talk.turn(Reply("answer"))
    talk.write(one, "m2", "/erase")
    talk.turn(Reply("erased"), commands=[Erase()])
    assert kept.of(one, "ru") == () and _rows(talk) == 0


def test_the_export_holds_them(talk: Talk) -> None:
    one, _, _ = _kept(talk)
    document = export_conversation(talk.database, one)
    assert document and SECRET in json.dumps(document["translations"], ensure_ascii=False)
    assert document["translation_switches"][0]["operator"] == "Madina"
