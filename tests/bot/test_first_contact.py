"""First contact: the first message is answered; language choice and the sentence on data stand under the answer."""

from collections.abc import Callable

from language.variants import LANGUAGES, OWN_NAMES
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]


def test_the_notice_stands_under_the_first_answer_and_comes_once(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(environ).url)
    first = person.write("Здравствуйте, как сделать регистрацию?")
    person.answer_to(first)
    person.answer_to(person.write("А сколько это стоит?"))
    assert [message["sender"] for message in person.seen] == ["migrant", "bot", "system", "migrant", "bot"]
    notice = person.seen[2]
    assert "хранятся" in notice["text"]
    assert (notice["reply_to"], notice["answers"]) == (None, [])
    titles = [button["title"] for button in notice["buttons"]]
    assert titles[:-1] == [OWN_NAMES[variant] for variant in LANGUAGES]
    assert notice["buttons"][3]["payload"] == '/meta.language{"variant": "tg"}'


def test_only_the_languages_of_the_settings_are_offered(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ | {"SAFAR_LANGUAGES": "tg,ru"}).url)
    person.answer_to(person.write("What about my passport and registration?"))
    (notice,) = person.notices()
    assert [button["title"] for button in notice["buttons"]][:-1] == ["Тоҷикӣ", "Русский"]
    assert engine.asked[0]["metadata"]["variant"] == "tg"


def test_the_notice_is_in_the_language_and_script_of_the_first_message(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    said = {
        "Assalomu alaykum, roʻyxatdan qanday oʻtaman?": "faqat sizga javob berish",
        "Ассалому алайкум, рўйхатдан қандай ўтаман?": "фақат сизга жавоб бериш",
        "Ман дар Маскав кор мекунам, чӣ тавр ба қайд гирифта мешавам?": "танҳо барои ҷавоб",
        "Саламатсызбы, каттоодон кантип өтөм, үйүм Бишкекте": "жооп берүү үчүн гана",
        "Сәлеметсіз бе, қалай тіркелуге болады, жұмыс іздеп жүрмін": "жауап беру үшін ғана",
        "Hello, how can I register after I arrive with my family?": "only so that we can answer",
    }
    url = begin(sqlite_environ).url
    for text, words in said.items():
        person = meet(url)
        person.answer_to(person.write(text))
        assert words in person.notices()[0]["text"]
