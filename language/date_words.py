"""The words of dates in every language and script: months, units, "ago", "yesterday", and their endings."""

import re
from collections.abc import Mapping

from language.folding import skeleton

_MONTHS = {
    1: "январ янв yanvar january jan қаңтар кантар январ",
    2: "феврал фев fevral february feb ақпан",
    3: "март мар mart march mar наурыз навруз",
    4: "апрел апр aprel april apr сәуір сауир",
    5: "май мая мае may мамыр мамир",
    6: "июн iyun june jun маусым",
    7: "июл iyul july jul шілде шилде",
    8: "август авг avgust august aug тамыз авгус",
    9: "сентябр сен сент sentabr sentyabr september sep sept қыркүйек сентабр",
    10: "октябр окт oktabr oktyabr october oct қазан октабр",
    11: "ноябр ноя noyabr november nov қараша ноябир",
    12: "декабр дек dekabr december dec желтоқсан декабир",
}
_DAYS = {
    0: "сегодня сёдня сегодне bugun bugungi бүгүн бүгін бүгінгі имрӯз имруз имрӯза имрузба эмруз имрӯзинҷо today "
    "бүгүндөн бугундан имрӯзак",
    1: "вчера вчерась вчерашний вчерашнего kecha kechagi кечадан кечээ кечээги кеше кешегі кешеден дирӯз дирӯза "
    "дируза дерӯз дирӯзак yesterday вечор",
    2: "позавчера позавчерашний паррӯз парерӯз парируз паререз парреруз парарӯз парерӯза парруза пареруза",
    3: "позапозавчера",
    -1: "завтра ertaga эртага эртанги фардо пагоҳ пага эртең эртеңки ертең tomorrow",
    -2: "послезавтра indinga индинга пасфардо пасфардоӣ бүрсүгүнү бүрсігүні",
}
_PHRASES = {
    2: (
        "the day before yesterday",
        "day before yesterday",
        "поза вчера",
        "avvalgi kuni",
        "kechadan oldingi kun",
        "мурдагы күнү",
        "мурдакүнү",
        "мурунку күнү",
        "алдыңғы күні",
        "бұрнағы күні",
        "парер рӯз",
        "рӯзи пареруз",
    ),
}
_UNITS = {
    "day": "день дня дней дн сутки суток kun kuni kunlar kundan рӯз рӯзи рӯзба күн күндөн days day кун",
    "week": "неделя недели неделю недель недел hafta haftadan ҳафта ҳафтаи апта жума week weeks апталап",
    "month": "месяц месяца месяцев мес месяцов oy ой оy моҳ моҳи ай month months",
}
_BARE_UNITS = {"day": "день", "week": "неделю hafta ҳафта апта", "month": "месяц"}
_AGO = (
    "назад ago back oldin oldun avval burun ilgari muqaddam пеш пештар пеша қабл мурун мурда мурдараак илгери бұрын "
    "алдын бурын"
)
_SINCE = "шуд шудаст boʻldi болду болды бўлди болган"
_APPROXIMATE = (
    "около примерно приблизительно пару несколько полтора полторы почти чуть больше более меньше менее каждый "
    "прошлую taxminan necha бирнече нече бірнеше неше чанд якчанд тақрибан чамасы чамасында шамамен шамалуу "
    "about around some few couple several almost nearly over half ярим ним жарым жарты yarim саршаб через after in"
)
_ARTICLES = "a an один"


def _keys(words: str) -> frozenset[str]:
    return frozenset(skeleton(word).replace(" ", "") for word in words.split())


DAYTIME = _keys("kunduz кундуз yu ю тун kechasi")
"""After "kecha" they make "night and day", not "yesterday"."""
YEAR_MARKS = _keys(
    "г год года году гг й yil yilda yili yilning сол соли соле жыл жылы жылдын жылдың жылғы жылгы жылда йил йили "
    "йилнинг йилда year yildagi"
)
DAY_OF_MONTH = _keys("числа число числу числе chislo chisla chislada числоси sana sanasi сана санада")
FORBIDS_DATE = _keys(
    "ст статья статьи статье статьей статью п пп часть ч модда моддаси моддаи банд bob берене бап бабы пункт пункта "
    "закон закона фз article section act модданинг версия version"
)
"""Before a number with a dot they make it a paragraph of a law."""
UNIT_AFTER = _keys(
    "тыс тысяч тысячи тысяча млн миллион миллиона миллионов минг ming ҳазор миң мың mln million thousand k руб рублей "
    "рубля рубль р сум сўм soʻm сом сомони тенге теңге тг доллар долларов евро usd rub uzs kgs tjs kzt процент "
    "процента процентов foiz фоиз пайыз кг kg км km метр м часа часов час ч соат саат сағат hour hours мин минут коап "
    "кодекса ук тк фз см гб gb год года yosh ёш сола жаш жас раза раз"
) | frozenset("%₽$€°№")
"""After a number with a dot they make it an amount, a time or a paragraph of a law."""
CLOCK_BEFORE = _keys("at соат соати саат саати сағат soat часов время vaqt")
DATE_BEFORE = _keys(
    "с со от до на по числа дата дату from since on until till аз то санаи sana сана куни date entered въехал приехал "
    "прилетел келдим кирдим omadam keldim омадам келгем келдім"
)
DATE_AFTER = _keys(
    "да dan дан га ga числа число куни kuni күнү күні дня въехал приехал прилетел келдим keldim кирдим omadam омадам "
    "келгем келдім г года"
)

_MONTH_ENDINGS = re.compile(
    r"(?:i?a|iu|e|i|u|em|iami|l|be?r|uary)?(?:[dt][aeo]gi?|[dt][aeo](?:n)?|n?[iu]n|[dtn][iu]n?|[gk][aeo]|ro|ba|dagi|gi|"
    r"[gk]?acha|s?i(?:da|de|dan|den|ga|ge|ni|nda|nde|nan|nen|na|ne|nin|ndagi)?|nan|nen|d?an|moh|oi[iu]?)?"
)
_ABBREVIATIONS = frozenset({"sent", "sept"})
_SHORT_STEMS = frozenset({"iun", "iul"})
_MAY = "mai"


def month_of(key: str) -> int | None:
    """Return the month that a word's skeleton names, whatever its ending; None for other words."""
    if key in MONTHS:
        return MONTHS[key]
    if key.startswith(_MAY):
        return MONTHS[_MAY] if key[len(_MAY) :] in _MAY_ENDINGS else None
    for length in range(len(key) - 1, 2, -1):
        stem = key[:length]
        if stem in MONTHS and (stem in _SHORT_STEMS or (length > 3 and stem not in _ABBREVIATIONS)):
            return MONTHS[stem] if _MONTH_ENDINGS.fullmatch(key[length:]) else None
    return None


def _by_skeleton(rows: Mapping[int, str]) -> dict[str, int]:
    return {skeleton(word): value for value, words in rows.items() for word in words.split()}


def _units(rows: Mapping[str, str]) -> dict[str, str]:
    return {skeleton(word): unit for unit, words in rows.items() for word in words.split()}


MONTHS = _by_skeleton(_MONTHS)
_MAY_ENDINGS = _keys("да дан дын дин ди ни га ро ба нинг даги и иң дың дің дон до дун дын ға ы")
DAYS_AGO = _by_skeleton(_DAYS)
PHRASES = {tuple(skeleton(phrase).split()): days for days, phrases in _PHRASES.items() for phrase in phrases}
UNITS = _units(_UNITS)
BARE_UNITS = _units(_BARE_UNITS)
AGO = _keys(_AGO)
SINCE = _keys(_SINCE)
APPROXIMATE = _keys(_APPROXIMATE) | {skeleton("то")}
ARTICLES = _keys(_ARTICLES)
