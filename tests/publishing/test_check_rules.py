"""Static checks of the rules of answer: each rule that is broken in a sound entry is named with its file and line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from foundation.settings import PROJECT
from knowledge_base.library import Library
from publishing.check_entries import check_entries, usable_facts
from publishing.check_recheck import read_notes
from publishing.check_rules import check_rules
from publishing.check_sentences import lengths
from publishing.check_statements import read_forbidden, statements_in
from publishing.facts import read_facts
from publishing.finding import Finding
from publishing.said import LANGUAGES, said_in_entries, said_in_wording
from publishing.sentences import count_words, parts, sentences

DATA = PROJECT / "data"
SENTENCES = yaml.safe_load(Path(__file__).with_name("forbidden_sentences.yml").read_text("utf-8"))
Broken = Callable[..., list[Finding]]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """What the checks find when one text of one sound entry is replaced; other content stays as it is."""

    def check(name: str, language: str, text: str, key: str = "answer", **more: Any) -> list[Finding]:
        document = yaml.safe_load((DATA / "faq" / f"{name}.yml").read_text("utf-8"))
        document[key][language] = text if key == "answer" else [text]
        file = tmp_path / "faq" / f"{name}.yml"
        file.parent.mkdir(parents=True)
        file.write_text(yaml.safe_dump(document | more, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
        for folder in ("facts", "guidance", "responses"):
            (tmp_path / folder).symlink_to(DATA / folder)
        found = check_rules(Library.load(tmp_path / "faq"), tmp_path)
        return [finding for finding in found if finding.line and _line(finding) and text in _line(finding)]

    return check


def _line(finding: Finding) -> str:
    return finding.file.read_text("utf-8").splitlines()[finding.line - 1]


def forbidden_sentences() -> Iterator[Any]:
    for statement, by_language in SENTENCES.items():
        for language, (said, not_said) in by_language.items():
            yield pytest.param(statement, language, said, not_said, id=f"{statement} {language}")


@pytest.mark.parametrize(("statement", "language", "said", "not_said"), forbidden_sentences())
def test_a_forbidden_statement_is_found_and_its_contrary_is_not(
    statement: str, language: str, said: str, not_said: str
) -> None:
    forbidden = {each.id: each for each in read_forbidden()}
    assert forbidden[statement].found_in(said, language)
    others = [each for each in forbidden.values() if not each.topics or each.id == statement]
    assert [(each.id, words) for each, words in statements_in(not_said, language, others)] == []


def test_every_forbidden_statement_has_a_sentence_of_each_language() -> None:
    assert set(SENTENCES) == {each.id for each in read_forbidden()}
    assert all(set(by_language) == set(LANGUAGES) for by_language in SENTENCES.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("statement", ["promise", "amnesty", "ninety_in_180", "hide", "card_of_another"])
def test_a_forbidden_statement_in_an_answer_is_an_error_at_its_line(
    broken: Broken, statement: str, language: str
) -> None:
    said = SENTENCES[statement][language][0]
    (finding,) = [each for each in broken("bans/check-ru", language, said) if statement in each.message]
    assert finding.is_error
    assert finding.file.name == "check-ru.yml"


def test_what_is_wrong_in_one_country_may_be_said_of_another(broken: Broken) -> None:
    said = SENTENCES["ninety_in_180"]["en"][0]
    assert not [each for each in broken("registration/stay-limits-kz", "en", said) if "ninety" in each.message]


def test_a_step_is_checked_as_an_answer_is(broken: Broken) -> None:
    (finding,) = broken("bans/check-ru", "ky", SENTENCES["buy_papers"]["ky"][0], key="steps")
    assert "step (ky)" in finding.message


def test_uzbek_cyrillic_of_its_own_is_checked_too(broken: Broken) -> None:
    said = "Хавотир олманг, пулингизни албатта қайтаришади."
    (finding,) = broken("bans/check-ru", "uz-Cyrl", said, steps={})
    assert "promise" in finding.message


@pytest.mark.parametrize(
    ("name", "language", "text", "number"),
    [
        ("bans/check-ru", "ru", "Звоните 11616.", "11616"),
        ("bans/check-ru", "uz", "1-50-60 raqamiga qoʻngʻiroq qiling.", "1-50-60"),
        ("bans/check-ru", "tg", "Ба 2244 занг занед.", "2244"),
        ("bans/check-ru", "ky", "189 номерине чалыңыз.", "189"),
        ("bans/check-ru", "kk", "1414 нөміріне қоңырау шалыңыз.", "1414"),
        ("bans/check-ru", "en", "Call 189 at once.", "189"),
        ("asylum/apply-tj", "en", "In danger call 112.", "112"),
        ("family/violence-kg", "en", "The ambulance is 103.", "103"),
        ("work/korea", "ru", "Полиция: 112.", "112"),
    ],
)
def test_a_number_without_a_source_for_that_country_is_an_error(
    broken: Broken, name: str, language: str, text: str, number: str
) -> None:
    findings = [each for each in broken(name, language, text) if "number" in each.message]
    assert [f"the number {number} " in each.message and each.is_error for each in findings] == [True]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bans/check-ru", "Call 112; the police is 102. In 2025 more than 180 people called."),
        ("contacts/emergency-numbers-ru", "For gas call 104."),
        ("registration/fines-ru", "The fine is 2,000–5,000 roubles; call your host within 3 days."),
    ],
)
def test_emergency_numbers_years_and_amounts_are_no_fault(broken: Broken, name: str, text: str) -> None:
    assert not [each for each in broken(name, "en", text) if "number" in each.message]


def test_a_number_that_is_open_in_its_fact_is_not_shown(broken: Broken) -> None:
    facts = {"facts": ["TRF-KZ-01"], "steps": {}}
    (finding,) = [
        each for each in broken("trafficking/help-now-kz", "en", "Call 11616.", **facts) if "number" in each.message
    ]
    assert finding.is_error


def test_a_number_in_the_wording_is_an_error_at_its_line(tmp_path: Path) -> None:
    texts = dict.fromkeys(LANGUAGES, "Hello.") | {"ru": "Звоните 112 или +7 495 123-45-67."}
    (tmp_path / "responses").mkdir()
    (tmp_path / "responses" / "a.yml").write_text(yaml.safe_dump({"greeting": {"text": texts}}, allow_unicode=True))
    found = [str(finding) for finding in check_rules(Library([]), tmp_path)]
    assert len(found) == 2
    assert all("a.yml:6: error: wording (ru): the number" in each for each in found)


CONSULATE = {
    "ru": "Идите в консульство своей страны.",
    "uz": "Oʻz davlatingiz konsulligiga boring.",
    "tg": "Ба консулгарии давлати худ равед.",
    "ky": "Өз мамлекетиңиздин консулдугуна барыңыз.",
    "kk": "Өз мемлекетіңіздің консулдығына барыңыз.",
    "en": "Go to the consulate of your country.",
}


@pytest.mark.parametrize("name", ["asylum/apply-ru", "trafficking/help-now-kg"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consulate_without_the_warning_is_an_error_where_one_may_fear_ones_state(
    broken: Broken, language: str, name: str
) -> None:
    (finding,) = [each for each in broken(name, language, CONSULATE[language]) if "consulate" in each.message]
    assert finding.is_error


def test_a_consulate_may_be_named_after_the_warning_and_elsewhere(broken: Broken) -> None:
    warned = "If you fear your own state, do not go to its consulate. Others get papers at the consulate."
    assert not [each for each in broken("asylum/apply-ru", "en", warned) if "consulate" in each.message]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_fact_that_is_not_told_is_a_warning_that_names_it(broken: Broken, language: str) -> None:
    (finding,) = [
        each
        for each in broken("bans/reasons-ru", language, "5, 10.", steps={})
        if "may have changed" in each.message and f"({language})" in each.message
    ]
    assert not finding.is_error
    assert "BAN-RU-05: Older wordings" in finding.message


def test_notes_for_writers_name_facts_that_have_one() -> None:
    facts = read_facts(DATA / "facts")
    assert not [name for name in read_notes() if name not in facts or not facts[name].recheck]


def test_a_sentence_of_more_than_25_words_is_a_warning(broken: Broken) -> None:
    long = " ".join(["word"] * 26) + ". Short."
    (finding,) = [each for each in broken("bans/check-ru", "en", long) if "words" in each.message]
    assert not finding.is_error
    assert "has 26 words" in finding.message


def test_a_language_whose_sentences_are_too_long_on_average_is_a_warning(tmp_path: Path) -> None:
    document = yaml.safe_load((DATA / "faq" / "bans" / "check-ru.yml").read_text("utf-8"))
    document["answer"]["tg"] = " ".join(["калима"] * 60) + "."
    (tmp_path / "faq" / "bans").mkdir(parents=True)
    (tmp_path / "faq" / "bans" / "check-ru.yml").write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    found = [str(finding) for finding in check_rules(Library.load(tmp_path / "faq"), tmp_path)]
    assert any("faq: warning: tg:" in each and "words a sentence on average" in each for each in found)


def test_words_sentences_and_parts_are_counted_as_they_are_read() -> None:
    text = "Смотрите migration.enbek.kz: там 2,000 рублей; «да». Ещё 5–10 дней! Oʻzbekiston."
    assert sentences(text) == [
        "Смотрите migration.enbek.kz: там 2,000 рублей; «да».",
        "Ещё 5–10 дней!",
        "Oʻzbekiston.",
    ]
    assert len(parts(text)) == 5
    assert [count_words(each) for each in sentences(text)] == [6, 4, 1]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("topic", "work.nothing", "is not in topics.yml"), ("facts", ["NO-FACT-01"], "may not be shown")],
)
def test_an_unknown_topic_or_fact_is_named_with_its_line(
    broken: Broken, tmp_path: Path, key: str, value: Any, words: str
) -> None:
    broken("bans/check-ru", "en", "Text.", **{key: value})
    library = Library.load(tmp_path / "faq")
    found = check_entries(library, ("bans.check",), usable_facts(DATA / "facts"), tmp_path / "faq")
    (finding,) = [each for each in found if words in each.message]
    assert (value if isinstance(value, str) else value[0]) in _line(finding)


def test_the_delivered_content_breaks_no_rule() -> None:
    found = check_rules(Library.load(DATA / "faq"), DATA)
    assert [str(finding) for finding in found if finding.is_error] == []


def test_the_delivered_sentences_are_short() -> None:
    """In parts: English and Tajik join by colons and semicolons what other languages part by full stops."""
    found = lengths(said_in_entries(Library.load(DATA / "faq"), DATA / "faq"))
    assert {each.language for each in found} == set(LANGUAGES)
    assert all(each.words_per_part <= 12 for each in found), found


def test_everything_that_is_said_is_looked_at() -> None:
    library = Library.load(DATA / "faq")
    texts = {(each.language, each.text) for each in said_in_entries(library, DATA / "faq")}
    assert all((name, entry.answer[name]) in texts for entry in library.entries for name in LANGUAGES)
    places = {(each.language, each.place) for each in said_in_wording(DATA / "responses")}
    assert places == {(name, "wording") for name in LANGUAGES}
