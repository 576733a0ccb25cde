"""Language and script of a message, on sentences that the model was never trained on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.identify import DEFAULT_FOLDER, MODEL_FILE, Identifier, IdentifierError
from language.training.identifier import measure, train
from language.training.labelled_text import LabelledText
from language.variants import LANGUAGES

SENTENCES = {
    ("ru", "Cyrl"): [
        "Подскажите, где в Твери делают дактилоскопию",
        "Брат второй год лежит после аварии на складе, а фирма закрылась",
        "начальник сказал завтра не приходи и расчет не отдает",
        "Нас поселили в вагончике без отопления",
        "Сколько стоит обед в столовой?",
        "скажите пожалуста мне надо прадлить патент",
    ],
    ("ru", "Latn"): [
        "podskazhite kuda idti s patentom",
        "mne ne platyat uje dva mesyaca chto delat",
        "zdravstvuyte u menya ukrali telefon i dengi",
        "gde mozhno sdat ekzamen po russkomu yaziku",
        "hozyain zabral pasport i ne otdaet",
        "skolko stoit sdelat registraciyu na god",
    ],
    ("uz", "Latn"): [
        "Kecha do‘konda ishlab turganimda politsiya kelib hujjatimni tekshirdi",
        "Akam ikki oydan beri telefonini ko'tarmayapti",
        "oylikni bermayapti prorab nima qilsam boladi",
        "yaxwimisiz menga yordam kerak edi",
        "Qizimni bog‘chaga qanday joylashtiraman?",
        "dokumentlarim propal boldi migratsiyaga boraymi",
    ],
    ("uz", "Cyrl"): [
        "Кеча дўконда ишлаб турганимда полиция келиб ҳужжатимни текширди",
        "Акам икки ойдан бери телефонини кўтармаяпти",
        "ойликни бермаяпти прораб нима килсам булади",
        "якинда келдим руйхатга туришим керак экан",
        "Қизимни боғчага қандай жойлаштираман?",
        "менга ёрдам беринг илтимос",
    ],
    ("tg", "Cyrl"): [
        "Дирӯз дар бозор маро нигоҳ дошта, ҳуҷҷатҳоямро гирифтанд",
        "Модарам бемор аст, ба Душанбе рафтанам лозим",
        "музди мехнатамро ду мох боз намедиханд",
        "ба ман бигуед ки патентро дар кучо мегиранд",
        "Духтарамро чӣ тавр ба мактаб дохил кунам?",
        "ман регистрация надорам штраф мешавад ё не",
    ],
    ("tg", "Latn"): [
        "man dar moskva kor mekunam hujjat nadoram",
        "muzdi kori maro namedihand chi kor kunam",
        "bachaam bemor ast kujo murojiat kunem",
        "salom baroi patent chand pul lozim meshavad",
        "pasportamro gum kardam ba safорат raftam",
        "bigued ki in joi kori qonuni hast yo ne",
    ],
    ("ky", "Cyrl"): [
        "Кечээ базардан документтеримди алып коюшту, эми эмне кылам",
        "Апам ооруп жатат, Ошко барышым керек",
        "айлыгымды эки айдан бери беришпей жатат",
        "мен жумуш издеп журом кайда кайрылсам болот",
        "Кызымды бала бакчага кантип орноштурам?",
        "штраф келиптир аны кантип толойм",
    ],
    ("ky", "Latn"): [
        "men moskvada ishteim dokumentim jok emne kylam",
        "ailygymdy eki aidan beri berbei jatat",
        "salam mektepke balamdy kantip berem",
        "jardam bergilechi sizderden surayt elem",
        "pasportumdu jogotup aldym kaida baram",
        "kanday kylyp jumush tapsam bolot",
    ],
    ("kk", "Cyrl"): [
        "Кеше базарда құжаттарымды алып қойды, енді не істеймін",
        "Анам ауырып жатыр, Шымкентке баруым керек",
        "жалакымды еки айдан бери бермей жатыр",
        "мен жумыс издеп журмин кайда барсам болады",
        "Қызымды балабақшаға қалай орналастырамын?",
        "айыппул келипти оны калай толеймин",
    ],
    ("kk", "Latn"): [
        "men almatyda jumys isteimin qujatym joq ne isteimin",
        "jalaqymdy eki aidan beri bermei jatyr",
        "salemetsiz be balamdy mektepke qalai beremin",
        "komektesinizshi otinemin",
        "pasportymdy joghaltyp aldym qaida baramyn",
        "qalai jumys tapsam bolady aitynyzshy",
    ],
    ("en", "Latn"): [
        "Yesterday the police took my papers at the market",
        "my boss does not pay me for two months what can i do",
        "How do I send my daughter to school here?",
        "i lost my pasport were shud i go",
        "Is the patent needed for a Kyrgyz citizen",
        "can you help me please",
    ],
}
OTHER = [
    "Çalışma iznimi uzatmak istiyorum, hangi kuruma başvurmalıyım?",
    "Mənim sənədlərim itib, indi hara getməliyəm, kömək edin",
    "Скажіть, будь ласка, де отримати довідку про доходи",
    "Ich möchte wissen, ob meine Aufenthaltserlaubnis noch gilt",
    "سلام، چطور می‌توانم کار پیدا کنم",
    "我想知道怎么办理工作许可",
    "비자를 연장하고 싶어요",
    "ჰოუ გამარჯობა როგორ ხარ",
    "calisma iznimi uzatmak istiyorum hangi kuruma basvurmaliyim",
    "menim senedlerim itib indi hara getmeliyem komek edin",
    "Iş rugsadymy nirede uzaldyp bolýar, haýsy kagyzlar gerek",
    "Эшләргә рөхсәт алу өчен кая мөрәҗәгать итәргә кирәк",
    "скажить будь ласка де отримати довидку про доходы",
    "Gdzie mogę przedłużyć pozwolenie na pracę?",
    "Saan ako maaaring kumuha ng permiso sa pagtatrabaho?",
    "asdkjh qwlekj zxmcnb qpwoeiru",
    "шщгзх фждлв ъэждл фывпрл",
]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier.load()


def test_language_and_script_are_right_in_95_of_100_sentences(identifier: Identifier) -> None:
    wrong = [
        (expected, found, text)
        for expected, texts in SENTENCES.items()
        for text in texts
        if (found := _language_and_script(identifier, text)) != expected
    ]
    assert len(wrong) <= 0.05 * sum(map(len, SENTENCES.values())), wrong


@pytest.mark.parametrize("expected", list(SENTENCES))
def test_no_language_and_script_is_left_behind(identifier: Identifier, expected: tuple[str, str]) -> None:
    found = [_language_and_script(identifier, text) for text in SENTENCES[expected]]
    assert found.count(expected) >= len(found) - 1, found


def test_languages_that_we_do_not_speak_and_gibberish_are_other(identifier: Identifier) -> None:
    wrong = [text for text in OTHER if identifier.identify(text).language != "other"]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    "text", ["", "  ", "?!", "12.03", "😀👍", "ок", "да", "+7 900", "\x00", "https://example.org/a"]
)
@pytest.mark.parametrize("previous", LANGUAGES)
def test_text_of_hardly_a_letter_keeps_the_previous_variant(identifier: Identifier, text: str, previous: str) -> None:
    found = identifier.identify(text, previous)
    assert (found.language, found.script) == (
        previous.partition("-")[0],
        "Latn" if previous in ("uz", "en") else "Cyrl",
    )
    assert found.confidence == 0.0


@pytest.mark.parametrize(("text", "previous"), [("паспорт", "tg"), ("Москва", "kk"), ("патент", "ky"), ("salom", "uz")])
def test_a_short_word_leans_to_the_previous_language(identifier: Identifier, text: str, previous: str) -> None:
    assert identifier.identify(text, previous).language == previous


@pytest.mark.parametrize(("text", "language"), [(texts[0], key[0]) for key, texts in SENTENCES.items()])
def test_a_whole_sentence_changes_the_language(identifier: Identifier, text: str, language: str) -> None:
    previous = "ky" if language != "ky" else "uz"
    assert identifier.identify(text, previous).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("WhatsAppда Google Pay билан пул юборсам бўладими", "uz"),
        ("Мен Western Union аркылуу акча жөнөттүм", "ky"),
        ("MoneyGram барои фиристодани пул дар Душанбе кор мекунад?", "tg"),
    ],
)
def test_foreign_names_do_not_change_the_language(identifier: Identifier, text: str, language: str) -> None:
    found = identifier.identify(text)
    assert (found.language, found.script) == (language, "Cyrl")


def test_what_names_no_letter_of_ours_without_a_conversation_is_russian_without_confidence(
    identifier: Identifier,
) -> None:
    assert identifier.identify("12.03").confidence == 0.0
    assert identifier.identify("12.03").language == "ru"


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=80), previous=st.none() | st.sampled_from(LANGUAGES))
def test_nothing_that_can_be_typed_breaks_it(identifier: Identifier, text: str, previous: str | None) -> None:
    found = identifier.identify(text, previous)
    assert found.language in ("ru", "uz", "tg", "ky", "kk", "en", "other")
    assert 0.0 <= found.confidence <= 1.0


def test_a_message_of_sixty_letters_takes_under_half_a_millisecond(identifier: Identifier) -> None:
    texts = [text.ljust(60, "а")[:60] for texts in SENTENCES.values() for text in texts]
    assert min(_seconds(identifier, texts) for _ in range(5)) / len(texts) < 0.0005


def test_a_message_of_10_000_letters_takes_no_longer_than_a_long_sentence(identifier: Identifier) -> None:
    assert min(_seconds(identifier, ["маро ёрӣ диҳед " * 700]) for _ in range(5)) < 0.005


def test_the_model_in_the_repository_is_small() -> None:
    assert sum(path.stat().st_size for path in DEFAULT_FOLDER.iterdir()) < 5_000_000


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(IdentifierError, match=str(tmp_path)):
        Identifier.load(tmp_path)


def test_a_broken_model_is_refused(broken_models: Path) -> None:
    with pytest.raises(IdentifierError, match="language model"):
        Identifier.load(broken_models)


@pytest.fixture(params=["cut off", "other classes"])
def broken_models(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    for path in DEFAULT_FOLDER.iterdir():
        content = path.read_bytes()
        if request.param == "cut off" and path.name == MODEL_FILE:
            content = content[:1000]
        if request.param == "other classes":
            content = content.replace(b'"ru-Cyrl",', b"")
        (tmp_path / path.name).write_bytes(content)
    yield tmp_path


def test_training_twice_gives_the_same_model_and_it_knows_what_it_was_taught(tmp_path: Path) -> None:
    texts = [LabelledText(text, key[0], forms=20) for key, sentences in SENTENCES.items() for text in sentences]
    texts += [LabelledText(text, "other", forms=20) for text in OTHER]
    for folder in (tmp_path / "one", tmp_path / "two"):
        train(texts, folder)
    assert (tmp_path / "one" / MODEL_FILE).read_bytes() == (tmp_path / "two" / MODEL_FILE).read_bytes()
    assert (
        measure(Identifier.load(tmp_path / "one"), [each for each in texts if each.language != "other"])["all"] > 0.95
    )


def _language_and_script(identifier: Identifier, text: str) -> tuple[str, str]:
    found = identifier.identify(text)
    return found.language, found.script


def _seconds(identifier: Identifier, texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        identifier.identify(text)
    return time.process_time() - started
