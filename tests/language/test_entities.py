import subprocess
import sys
from datetime import date
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from language.entities import EntityFinder
from language.gazetteer import GazetteerError

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)

RUSSIAN = """
Я гражданка Таджикистана, живу в Москве => citizenship=TJ city=moscow country=RU
я таджик => citizenship=TJ
Мы с женой узбеки, работаем в России => citizenship=UZ country=RU
я из Узбекистана, что мне делать => citizenship=UZ
из Кыргызстана => citizenship=KG
приехал из Душанбе в Питер => city=dushanbe citizenship=TJ city=saint_petersburg country=RU
гражданин Республики Узбекистан => citizenship=UZ
граждане Казахстана в РФ => citizenship=KZ country=RU
Киргизам нужен патент? => citizenship=KG document=patent
какие документы нужны таджикам в Екатеринбурге => citizenship=TJ city=yekaterinburg country=RU
узбекский паспорт потерял => citizenship=UZ document=passport
Как отправить деньги из России в Узбекистан? => country=RU
хочу работать в Казахстане => country=KZ
еду в Турцию => country=TR
в Южной Корее работал => country=KR
как получить гражданство РФ => country=RU
муж гражданин России => country=RU
у меня гражданство РФ => citizenship=RU
мой начальник узбек и он не платит => -
позвоните в полицию, читаю, учу русский язык, переводчик с узбекского языка => -
в Нижнем Новгороде и в Санкт-Петербурге => city=nizhny_novgorod country=RU city=saint_petersburg country=RU
в росии без регистрацыи => country=RU document=registration
я с таджикистана, миграционная карта просрочена => citizenship=TJ document=migration_card
свидетельство о рождении ребенка => document=birth_certificate
ИНН и СНИЛС потерял => document=inn document=snils
разрешение на временное проживание или ВНЖ => document=temporary_residence document=residence_permit
патент стоит 5000 руб => document=patent money=5000 RUB
взяли 200$ и 30 тысяч рублей => money=200 USD money=30000 RUB
зарплата 1,5 миллиона сум или 12 500,50 руб. => money=1500000 UZS money=12500.5 RUB
приехал 12.03, вчера => date=2026-03-12 date=2026-11-20
на границе забрали карту => document=migration_card
перевести на карту сбербанка => -
"""
UZBEK = """
Men Oʻzbekiston fuqarosiman => citizenship=UZ
men o'zbekman => citizenship=UZ
Ўзбекистондан келганман, Россияда ишлайман => citizenship=UZ country=RU
Moskvadaman, ro'yxatga turishim kerak => city=moscow country=RU document=registration
Toshkentdanman => city=tashkent citizenship=UZ
O'zbekistonlikman => citizenship=UZ
Rossiyaga keldim => country=RU
Россияга нечи кунга келса бўлади => country=RU
Масквада патент неча пул => city=moscow country=RU document=patent
Piterda yashayman => city=saint_petersburg country=RU
Қозоғистонда ишлаяпман => country=KZ
Qozog'istonga borsam bo'ladimi => country=KZ
ўзбекларга патент керакми => citizenship=UZ document=patent
тожикман => citizenship=TJ
Тожикистондан келдим => citizenship=TJ
Қирғизистон фуқаросиман => citizenship=KG
Koreyaga viza => country=KR document=visa
Туркияда ишлаш => country=TR
5 минг сўм => money=5000 UZS
2 million so'm berdim => money=2000000 UZS
5000 rubl jarima => money=5000 RUB
pasportimni yo'qotdim => document=passport
tug'ilganlik haqidagi guvohnoma => document=birth_certificate
Ўзбекистон паспорти => citizenship=UZ document=passport
Самарқанддан келдик => city=samarkand citizenship=UZ
Россиядан Ўзбекистонга пул жўнатиш => country=RU
3 kun oldin keldim => date=2026-11-18
ўзбек тилида гапир => -
бир узбек билан ишладим акам => -
O'rusiyada yuribman => country=RU
migratsiya kartasi yo'q => document=migration_card
"""
TAJIK = """
Тоҷикистонам => citizenship=TJ
ман тоҷикам => citizenship=TJ
Ман аз Тоҷикистон, дар Москва кор мекунам => citizenship=TJ city=moscow country=RU
ман шаҳрванди Тоҷикистон ҳастам => citizenship=TJ
аз точикистон омадам => citizenship=TJ
русияба омадам => country=RU
Москваба кор мекунам => city=moscow country=RU
Маскавда регистрация чанд пул => city=moscow country=RU document=registration
man az dushanbe omadam piter => city=dushanbe citizenship=TJ city=saint_petersburg country=RU
барои тоҷикон дар Русия патент => citizenship=TJ country=RU document=patent
тоҷикҳо чӣ кор кунанд => citizenship=TJ
паспорти Тоҷикистон => document=passport citizenship=TJ
ман ӯзбекам => citizenship=UZ
дар Қазоқистон кор мекунам => country=KZ
аз Русия ба Тоҷикистон пул фиристодан => country=RU
рӯзи душанбе меравам => -
то душанбе => -
дар Душанбе => city=dushanbe country=TJ
тоҷик ҳастам => citizenship=TJ
тоҷикистонӣ ҳастам => citizenship=TJ
аз Кӯлобам => city=kulob citizenship=TJ
худжандиам => city=khujand citizenship=TJ
забони тоҷикӣ => -
ман дар хонаам мали ман уман => -
3000 рубл додам => money=3000 RUB
500 сомонӣ => money=500 TJS
панҷ ҳазор рубл => money=5000 RUB
дирӯз омадам => date=2026-11-20
шаҳодатномаи таваллуди бача => document=birth_certificate
корти муҳоҷират => document=migration_card
РВП-ро гирифтан => document=temporary_residence
дар Кореяи Ҷанубӣ => country=KR
Точикистонба меравам => country=TJ
"""
KYRGYZ = """
мен кыргызмын => citizenship=KG
Кыргызстандын жараны => citizenship=KG
Мен Кыргызстандын жаранымын, Москвада жашайм => citizenship=KG city=moscow country=RU
Кыргызстандан келдим => citizenship=KG
кыргызстандыкмын => citizenship=KG
Бишкектен келдим => city=bishkek citizenship=KG
Оштон келдим => city=osh citizenship=KG
Ошто каттоо => city=osh country=KG document=registration
Россияда иштейм => country=RU
Масквадамын => city=moscow country=RU
Казакстанда иштегим келет => country=KZ
Кореяга кантип барам => country=KR
Түркияда => country=TR
кыргыздарга регистрация керекпи => citizenship=KG document=registration
мен өзбекмин => citizenship=UZ
кыргыз тилинде жаз => -
паспортумду жоготтум => document=passport
каттоого турдум => document=registration
миграциялык картам жок => document=migration_card
туулгандыгы тууралуу күбөлүк => document=birth_certificate
5000 сом => money=5000 KGS
беш миң рубль => money=5000 RUB
30 миң сом жибердим => money=30000 KGS
үч күн мурун келдим => date=2026-11-18
кечээ => date=2026-11-20
Россиядан Кыргызстанга акча которуу => country=RU
kyrgyzstandanmyn => citizenship=KG
Новосибирскте => city=novosibirsk country=RU
РФте ВНЖ => country=RU document=residence_permit
"""
KAZAKH = """
қазақстандықпын => citizenship=KZ
мен қазақпын => citizenship=KZ
Мен Қазақстан азаматымын => citizenship=KZ
Қазақстаннан келдім => citizenship=KZ
Мәскеуде тұрамын => city=moscow country=RU
Ресейде жұмыс істеймін => country=RU
Алматыданмын => city=almaty citizenship=KZ
Астанадан келдім => city=astana citizenship=KZ
Мен Өзбекстаннанмын => citizenship=UZ
Өзбекстан азаматтарына тіркеу керек пе => citizenship=UZ document=registration
Қазақстанда тіркелу => country=KZ document=registration
Алматыда тұрамын => city=almaty country=KZ
қырғызбын => citizenship=KG
тәжікпін => citizenship=TJ
Түркияға барам => country=TR
қазақ тілінде жаз => -
қазан айында Қазанда => city=kazan country=RU
5 қазан => date=2026-10-05
20 мың теңге => money=20000 KZT
паспортымды жоғалттым => document=passport
көші-қон картасы => document=migration_card
туу туралы куәлік => document=birth_certificate
жеке куәлік => document=id_card
кеше келдім => date=2026-11-20
бес күн бұрын => date=2026-11-16
Ресейден Қазақстанға ақша аудару => country=RU
Шымкентте => city=shymkent country=KZ
қазақтарға патент керек пе => citizenship=KZ document=patent
ИИН керек => document=inn
"""
ENGLISH = """
I am from Tajikistan and live in Russia => citizenship=TJ country=RU
I'm Uzbek => citizenship=UZ
I am a citizen of Kyrgyzstan => citizenship=KG
Uzbek citizen in Moscow => citizenship=UZ city=moscow country=RU
we are Tajiks => citizenship=TJ
my Tajik passport is lost => citizenship=TJ document=passport
I came from Dushanbe => city=dushanbe citizenship=TJ
do Kazakhs need a patent in Russia => citizenship=KZ document=patent country=RU
going to South Korea => country=KR
working in Turkey => country=TR
How to send money from Russia to Uzbekistan => country=RU
how to get Russian citizenship => country=RU
my husband is a Russian citizen => country=RU
I speak the Tajik language => -
a man with a tool may come in march => -
5000 rubles => money=5000 RUB
200 dollars => money=200 USD
I paid $200 => money=200 USD
30 thousand tenge => money=30000 KZT
migration card => document=migration_card
birth certificate of my son => document=birth_certificate
residence permit => document=residence_permit
work permit => document=work_permit
permission of the police => -
two weeks ago => date=2026-11-07
yesterday => date=2026-11-20
Saint Petersburg => city=saint_petersburg country=RU
I live in Istanbul, my visa ended => city=istanbul country=TR document=visa
a chilly hotel, a malicious roman in oman => -
Kyrgyz nationals => citizenship=KG
"""
TABLES = {"ru": RUSSIAN, "uz": UZBEK, "tg": TAJIK, "ky": KYRGYZ, "kk": KAZAKH, "en": ENGLISH}


def _rows() -> list[tuple[str, str, str]]:
    rows = ((language, row) for language, table in TABLES.items() for row in table.strip().splitlines())
    return [(language, *row.split(" => ")) for language, row in rows]


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder.load(ROOT / "data" / "guidance")


@pytest.mark.parametrize(("language", "text", "expected"), _rows())
def test_what_people_write_is_understood(finder: EntityFinder, language: str, text: str, expected: str) -> None:
    found = finder.find(text, language, TODAY)
    assert " ".join(f"{entity.kind}={entity.value}" for entity in found) == expected.replace("-", "", expected == "-")
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


@pytest.mark.parametrize("language", TABLES)
def test_there_are_enough_rows_for_each_language(language: str) -> None:
    assert len(TABLES[language].strip().splitlines()) >= 25


def test_a_city_and_its_country_stand_at_the_same_place(finder: EntityFinder) -> None:
    city, country = finder.find("Живу в Санкт-Петербурге.", "ru", TODAY)
    assert (
        (city.start, city.end, city.text) == (country.start, country.end, country.text) == (7, 23, "Санкт-Петербурге")
    )


def test_a_variant_is_taken_for_its_language(finder: EntityFinder) -> None:
    assert [entity.value for entity in finder.find("3 минг сўм", "uz-Cyrl", TODAY)] == ["3000 UZS"]


@given(st.text(max_size=300), st.sampled_from([*TABLES, "other", ""]))
@settings(max_examples=200, deadline=None)
@example("\0\0 Россия\0", "ru")
@example("9" * 6000 + " руб 1." + "2." * 500, "ru")
@example("😀🇷🇺👨‍👩‍👧 И\u0306ошкар \ud800 ₽$5", "ru")
@example("²³ ٣ март ½ 1²руб", "tg")
def test_no_text_makes_it_raise_and_places_are_true(finder: EntityFinder, text: str, language: str) -> None:
    for entity in finder.find(text, language, TODAY):
        assert text[entity.start : entity.end] == entity.text != ""


def test_a_message_takes_less_than_a_millisecond_and_a_half(finder: EntityFinder) -> None:
    texts = [(language, text) for language, text, _ in _rows()]
    for _ in range(2):
        began = process_time()
        for language, text in texts:
            finder.find(text, language, TODAY)
        taken = process_time() - began
    assert taken / len(texts) < 0.0015


def test_the_deep_learning_libraries_are_not_loaded() -> None:
    code = "import sys; from language.entities import EntityFinder; EntityFinder.load(); print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout == b"False\n"


def test_what_people_write_does_not_make_the_vocabulary_grow(finder: EntityFinder) -> None:
    strings = len(finder._pipeline.vocab.strings)
    for number in range(200):
        finder.find(f"Москва слово{number} россияда{chr(1072 + number % 30) * 3}", "ru", TODAY)
    assert len(finder._pipeline.vocab.strings) == strings


def test_each_country_of_the_gazetteer_has_a_name_to_show() -> None:
    shown = yaml.safe_load((ROOT / "data/guidance/countries.yml").read_text("utf-8"))["countries"]
    known = yaml.safe_load((ROOT / "data/guidance/gazetteer.yml").read_text("utf-8"))["countries"]
    assert set(known) <= set(shown)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("visa: виза\n  passport: виза", "виза means both"),
        ("visa: виза@xx", "none of our languages"),
        ("visa: '%%'", "has no letters"),
    ],
)
def test_a_wrong_word_in_the_gazetteer_is_named(tmp_path: Path, words: str, message: str) -> None:
    (tmp_path / "gazetteer.yml").write_text(f"countries: {{}}\nwords: {{}}\ndocuments:\n  {words}\n", "utf-8")
    with pytest.raises(GazetteerError, match=message):
        EntityFinder.load(tmp_path)
