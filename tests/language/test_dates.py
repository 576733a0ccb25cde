from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from language.dates import FoundDate, find_dates

TODAY = date(2026, 11, 21)  # a Saturday

RUSSIAN = """
12.03 => 2026-03-12
12.03.26 => 2026-03-12
приехал 12.03.2026г => 2026-03-12
12/03/2026 => 2026-03-12?
13/03/2026 => 2026-03-13
2026-03-12 => 2026-03-12
въехал 3 марта => 2026-03-03
3-го марта 2025 года => 2025-03-03
25 декабря => 2025-12-25
с 1 января => 2026-01-01
пятого марта => 2026-03-05
двадцать третьего октября => 2026-10-23
сегодня => 2026-11-21
вчера прилетел => 2026-11-20
позавчера => 2026-11-19
3 дня назад => 2026-11-18
три дня назад => 2026-11-18
неделю назад => 2026-11-14
две недели тому назад => 2026-11-07
месяц назад => 2026-10-21
десятого числа => 2026-11-10
30 числа => 2026-10-30
31.02 => !
45.13.2026 => !
31 ноября => !
с 12.03 по 15.03.2027 => 2026-03-12 2027-03-15
29 февраля => 2024-02-29
vchera => 2026-11-20
3 marta priehal => 2026-03-03
12 03 2026 => 2026-03-12
в марте => -
на прошлой неделе в понедельник => -
около 3 дней назад => -
2-3 дня назад => -
пару дней назад => -
ст. 18.8 КоАП, п. 3.1 => -
в 12.30 и в 9.15 => -
8-916-123-45-67, 8 800 200 01 22 => -
24/7, 1/2, 1,5 миллиона, 3.5 тыс, 12.50 руб => -
5000 руб до конца месяца => -
"""
UZBEK = """
3-mart => 2026-03-03
3-март куни келдим => 2026-03-03
3 mart => 2026-03-03
2026-yil 3-mart => 2026-03-03
5 sentabrda keldim => 2026-09-05
5-sentyabr => 2026-09-05
25-декабрда => 2025-12-25
yigirma beshinchi oktabr => 2026-10-25
бешинчи март => 2026-03-05
uchinchi may kuni => 2026-05-03
bugun => 2026-11-21
бугун келдим => 2026-11-21
kecha keldim => 2026-11-20
3 kun oldin => 2026-11-18
uch kun avval => 2026-11-18
беш кун бурун => 2026-11-16
bir hafta oldin => 2026-11-14
икки ҳафта олдин => 2026-11-07
hafta oldin => 2026-11-14
10 kun bo'ldi => 2026-11-11
12.03 da kirdim => 2026-03-12
12.03.2026 => 2026-03-12
15 chislo => 2026-11-15
20 avgustdan => 2026-08-20
30 февраль => !
5 марта келганман => 2026-03-05
ikki marta bordim => -
birinchi marta => -
ўтган ҳафта душанба => -
kecha-yu kunduz => -
bir necha kun oldin => -
mart oyida => -
taxminan 3 kun oldin => -
"""
TAJIK = """
3 март => 2026-03-03
3-юми март => 2026-03-03
3 марти соли 2026 => 2026-03-03
панҷуми март => 2026-03-05
бисту сеюми октябр => 2026-10-23
аз 1 январ => 2026-01-01
имрӯз => 2026-11-21
imruz => 2026-11-21
дирӯз => 2026-11-20
дируз омадам => 2026-11-20
diruz => 2026-11-20
диruz => 2026-11-20
парерӯз => 2026-11-19
паререз => 2026-11-19
паррӯз => 2026-11-19
5 рӯз пеш => 2026-11-16
5 руз пеш омадам => 2026-11-16
панҷ рӯз пеш => 2026-11-16
панч руз пеш => 2026-11-16
panj ruz pesh => 2026-11-16
се рӯзи пеш => 2026-11-18
як ҳафта пеш => 2026-11-14
ду хафта пеш => 2026-11-07
10 рӯз шуд => 2026-11-11
як моҳ пеш => 2026-10-21
понздаҳ рӯз қабл => 2026-11-06
12.03 => 2026-03-12
15 сентябр => 2026-09-15
20 июни 2026 => 2026-06-20
31 апрел => !
чанд рӯз пеш => -
тақрибан 5 рӯз пеш => -
рӯзи душанбе => -
дар моҳи март => -
"""
KYRGYZ = """
3-мартта келдим => 2026-03-03
марттын 3үндө => 2026-03-03
3-чү март => 2026-03-03
2026-жылдын 3-марты => 2026-03-03
бешинчи март => 2026-03-05
жыйырма бешинчи октябрь => 2026-10-25
бүгүн => 2026-11-21
бугун келдим => 2026-11-21
кечээ => 2026-11-20
кечээ келдим => 2026-11-20
keche => 2026-11-20
мурдагы күнү => 2026-11-19
үч күн мурун => 2026-11-18
уч кун мурун => 2026-11-18
3 күн мурун => 2026-11-18
uch kun murun => 2026-11-18
он беш күн мурун => 2026-11-06
бир апта мурун => 2026-11-14
эки жума мурун => 2026-11-07
10 күн болду => 2026-11-11
бир ай мурун => 2026-10-21
5-сентябрда => 2026-09-05
20-августтан => 2026-08-20
12.03.2026 => 2026-03-12
1-июнда => 2026-06-01
25-декабрь => 2025-12-25
31-июнь => !
бир нече күн мурун => -
өткөн жумада => -
март айында => -
"""
KAZAKH = """
5-наурыз => 2026-03-05
5 наурызда келдім => 2026-03-05
3-ші наурыз => 2026-03-03
наурыздың 5-інде => 2026-03-05
2026 жылдың 3 наурызы => 2026-03-03
2026 жылғы 3 наурызда => 2026-03-03
бесінші наурыз => 2026-03-05
жиырма бесінші қазан => 2026-10-25
5 қазанда => 2026-10-05
1 қаңтар => 2026-01-01
10 ақпан => 2026-02-10
15 сәуір => 2026-04-15
9 мамыр => 2026-05-09
1 маусымда => 2026-06-01
6 шілде => 2026-07-06
30 тамызда => 2026-08-30
2 қыркүйек => 2026-09-02
3 қараша => 2026-11-03
16 желтоксан => 2025-12-16
бүгін => 2026-11-21
кеше келдім => 2026-11-20
алдыңғы күні => 2026-11-19
бес күн бұрын => 2026-11-16
bes kun buryn => 2026-11-16
3 күн бұрын => 2026-11-18
бір апта бұрын => 2026-11-14
екі апта бурын => 2026-11-07
10 күн болды => 2026-11-11
5 марта => 2026-03-05
12.03 => 2026-03-12
30 ақпан => !
бірнеше күн бұрын => -
өткен аптада => -
наурыз айында => -
"""
ENGLISH = """
March 3 => 2026-03-03
March 3, 2026 => 2026-03-03
on March 5th => 2026-03-05
3 March => 2026-03-03
3rd of March 2025 => 2025-03-03
the fifth of March => 2026-03-05
twenty-third of October => 2026-10-23
25 Dec => 2025-12-25
Sept 5 => 2026-09-05
today => 2026-11-21
yesterday => 2026-11-20
the day before yesterday => 2026-11-19
3 days ago => 2026-11-18
three days ago => 2026-11-18
two weeks ago => 2026-11-07
a week ago => 2026-11-14
one month ago => 2026-10-21
03/04/2026 => 2026-04-03?
04/13/2026 => 2026-04-13
13/04/2026 => 2026-04-13
05/05/2026 => 2026-05-05
12/03 => 2026-03-12?
2026/03/12 => 2026-03-12
since 12.03 => 2026-03-12
12.03.2027 => 2027-03-12
31/11/2026 => !
February 30 => !
about three days ago => -
a few days ago => -
you may 3 times march => -
last week on Monday => -
"""
TABLES = {"ru": RUSSIAN, "uz": UZBEK, "tg": TAJIK, "ky": KYRGYZ, "kk": KAZAKH, "en": ENGLISH}


def _rows() -> list[tuple[str, str, str]]:
    rows = ((language, row) for language, table in TABLES.items() for row in table.strip().splitlines())
    return [(language, *row.split(" => ")) for language, row in rows]


def _shown(found: FoundDate) -> str:
    return "!" if found.is_impossible else f"{found.value}{'?' * found.is_ambiguous}"


@pytest.mark.parametrize(("language", "text", "expected"), _rows())
def test_a_date_is_read_as_people_write_it(language: str, text: str, expected: str) -> None:
    """ "!" is a date that cannot be, "?" one that can be read in two ways, "-" no date."""
    found = find_dates(text, language, TODAY)
    assert " ".join(map(_shown, found)) == expected.replace("-", "", expected == "-")
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all((one.value is None) == one.is_impossible for one in found)


@pytest.mark.parametrize("language", TABLES)
def test_there_are_enough_rows_for_each_language(language: str) -> None:
    assert len(TABLES[language].strip().splitlines()) >= 25


def test_a_day_without_year_is_never_in_the_future() -> None:
    today = date(2026, 3, 12)
    assert [
        find_dates(text, "ru", today)[0].value for text in ("12.03", "13.03", "12 марта", "13 марта", "13 числа")
    ] == [
        date(2026, 3, 12),
        date(2025, 3, 13),
        date(2026, 3, 12),
        date(2025, 3, 13),
        date(2026, 2, 13),
    ]


def test_a_month_ago_is_a_day_that_exists() -> None:
    assert find_dates("месяц назад", "ru", date(2026, 3, 31))[0].value == date(2026, 2, 28)


def test_a_variant_is_taken_for_its_language() -> None:
    assert find_dates("уч кун олдин", "uz-Cyrl", TODAY)[0].value == date(2026, 11, 18)


def test_tomorrow_is_found_and_lies_in_the_future() -> None:
    assert [find_dates(text, "tg", TODAY)[0].value for text in ("фардо", "завтра")] == [date(2026, 11, 22)] * 2


_WORDS = "12 3 31 99 2026 0 . / - , марта kun рӯз назад oldin пеш мурун числа March of yil соли two"
_PIECES = st.sampled_from(_WORDS.split())


@given(
    st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES).map("".join)),
    st.sampled_from([*TABLES, "other", ""]),
    st.dates(),
)
@settings(max_examples=300, deadline=None)
@example("\0\0 12.03\0", "ru", TODAY)
@example("9" * 6000 + ".12 " + "1." * 500 + " 999 дней назад", "ru", date.min)
@example("😀 \ud800 3 марта🇷🇺", "ru", TODAY)
@example("²³ ٣ март ½ ٣ рӯз пеш", "tg", TODAY)
@example("завтра послезавтра 3 числа", "ru", date.max)
@example("999 months ago 31 числа 29 февраля", "en", date.min)
def test_no_text_makes_it_raise_and_places_are_true(text: str, language: str, today: date) -> None:
    end = 0
    for found in find_dates(text, language, today):
        assert found.start >= end
        assert text[found.start : found.end] == found.text
        end = found.end
