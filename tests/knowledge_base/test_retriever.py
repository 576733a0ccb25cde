"""Questions in, entries or "not in our content" out."""

import statistics
import time
from collections.abc import Mapping
from datetime import date

import pytest

from knowledge_base.library import Library
from knowledge_base.retriever import Retrieval, Retriever, build_index
from language.encoder import Encoder
from tests.knowledge_base.entry_texts import FOREIGN


def find(
    retriever: Retriever,
    text: str,
    country: str | None = "RU",
    citizenship: str | None = None,
    topics: Mapping[str, float] | None = None,
    today: date | None = None,
) -> Retrieval:
    return retriever.find(
        text, variant="ru", country=country, citizenship=citizenship, topics=topics or {}, today=today
    )


def ids(found: Retrieval) -> list[str]:
    return [match.entry.id for match in found.matches]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("штраф если опоздал с регистрацией", "registration/fines-ru"),
        ("потеряла пасспорт что мне делать", "documents/lost_passport"),
        ("poteryal pasport chto delat", "documents/lost_passport"),
        ("my passport is lost", "documents/lost_passport"),
        ("работодатель не платит зарплату", "labour_rights/unpaid_wages-ru"),
        ("нужны документы чтобы получить патент", "work/permit-uz"),
    ],
)
def test_a_question_in_other_words_finds_its_entry(retriever: Retriever, text: str, entry: str) -> None:
    found = find(retriever, text)
    assert ids(found)[0] == entry
    assert found.is_in_content
    assert 0.5 < found.matches[0].score <= 1.0


def test_matches_are_ordered_and_limited(retriever: Retriever) -> None:
    found = retriever.find("патент", variant="ru", country=None, citizenship=None, topics={}, limit=2)
    assert len(found.matches) == 2
    assert found.matches[0].score >= found.matches[1].score


def test_entries_of_other_countries_and_citizenships_are_never_found(retriever: Retriever) -> None:
    everywhere = {name for text in ("регистрация", "патент", "паспорт") for name in ids(find(retriever, text, "KZ"))}
    assert everywhere == {"registration/arrival-kz", "documents/lost_passport"}
    assert "work/permit-uz" not in ids(find(retriever, "Как получить патент?", citizenship="KG"))
    assert ids(find(retriever, "нужен ли мне патент", citizenship="KG"))[0] == "work/eaeu-kg"


def test_the_country_is_asked_for_when_the_answer_depends_on_it(retriever: Retriever) -> None:
    found = find(retriever, "Как зарегистрироваться после приезда?", country=None)
    assert found.is_in_content
    assert set(found.countries) == {"RU", "KZ"}
    assert find(retriever, "Как зарегистрироваться после приезда?", country="KZ").countries == ()


def test_no_country_is_asked_for_when_one_answer_is_all_there_is(retriever: Retriever) -> None:
    assert find(retriever, "Какой штраф за просрочку регистрации?", country=None).countries == ()
    assert find(retriever, "Потерял паспорт, что делать?", country=None).countries == ()


@pytest.mark.parametrize("text", ["какая погода будет в субботу", "напиши стих про весну", "123", "", "😀", "x" * 9999])
def test_what_has_nothing_to_do_with_us_is_not_in_the_content(retriever: Retriever, text: str) -> None:
    found = find(retriever, text, country=None)
    assert not found.is_in_content
    assert found.countries == ()


def test_the_classifiers_ranking_decides_between_near_entries(retriever: Retriever) -> None:
    arrival = find(retriever, "регистрация", topics={"registration.arrival": 0.9, "registration.fines": 0.05})
    fines = find(retriever, "регистрация", topics={"registration.fines": 0.9, "registration.arrival": 0.05})
    assert ids(arrival)[0] == "registration/arrival-ru"
    assert ids(fines)[0] == "registration/fines-ru"


def test_a_topic_without_an_entry_takes_the_question_out_of_the_content(retriever: Retriever) -> None:
    text = "Можно ли зарегистрироваться по временной прописке родственника?"
    assert not find(retriever, text, topics={"residence.temporary": 0.9}).is_in_content
    assert find(retriever, text, topics={"registration.arrival": 0.9}).is_in_content


def test_an_entry_that_is_not_yet_in_force_is_left_out(retriever: Retriever) -> None:
    text = "Где купить полис ДМС?"
    assert ids(find(retriever, text, today=date(2027, 1, 1)))[0] == "health/insurance-ru"
    assert "health/insurance-ru" not in ids(find(retriever, text, today=date(2026, 12, 31)))


def test_an_empty_library_has_an_index_and_no_answers(tmp_path: object, encoder: Encoder) -> None:
    from pathlib import Path

    folder, library = Path(str(tmp_path)) / "index", Library(())
    build_index(library, encoder, folder, foreign=FOREIGN)
    found = find(Retriever.load(folder, library, encoder), "паспорт")
    assert found == Retrieval((), False, ())


def test_a_question_takes_less_than_five_milliseconds(retriever: Retriever) -> None:
    seconds = []
    for _ in range(50):
        started = time.process_time()
        find(retriever, "Здравствуйте, я приехал вчера и не знаю, кто должен меня зарегистрировать", country=None)
        seconds.append(time.process_time() - started)
    assert statistics.median(seconds) < 0.005
