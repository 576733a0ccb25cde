"""The rules of answer on the running dialogue, in every language variant.

What can be seen in the content alone is checked by `safar validate` (`tests/publishing/test_check_rules.py`).
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from guidance.places import Places
from knowledge_base.answer import compose
from knowledge_base.library import Library
from language.transliteration import uzbek_to_latin
from language.variants import LANGUAGES
from language.wording import Wording
from publishing.check_consulate import names_consulate_unwarned
from publishing.check_statements import read_forbidden, statements_in
from publishing.must_pass import read_must_pass
from tests.trained_release import PROJECT
from tests.ways.conftest import Meet
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk, spoken

REGISTRATION = "registration.arrival"
DEADLINES = ("deadline_ahead", "deadline_soon", "deadline_today", "deadline_passed")
LEGAL_TOPICS = ("registration.fines", "labour_rights.contract", "bans.reasons", "health.emergency")
SAFETY_TOPICS = ("asylum.apply", "asylum.stateless", "trafficking.help_now", "trafficking.forced_labour")
NUMBER = re.compile(r"(?<!\d)(?:10[1-4]|112)(?!\d)")
QUESTIONS = {
    row.variant: row.text for row in read_must_pass(PROJECT / "tests" / "must_pass.yml") if row.topic == REGISTRATION
}
FEAR = {
    "ru": "Я боюсь властей своей страны, меня там посадят. Мне идти в консульство?",
    "uz": "Davlatimdan qoʻrqaman, qaytsam qamashadi. Konsullikka boraymi?",
    "uz-Cyrl": "Давлатимдан қўрқаман, қайтсам қамашади. Консулликка борайми?",
    "tg": "Ман аз давлати худам метарсам, баргардам, ҳабс мекунанд. Ба консулгарӣ равам?",
    "ky": "Өз мамлекетимден коркуп жатам, кайтсам камап салышат. Консулдукка барайынбы?",
    "kk": "Өз мемлекетімнен қорқамын, қайтсам қамап тастайды. Консулдыққа барайын ба?",
    "en": "I fear my own government, they will jail me if I go back. Should I go to the consulate?",
}
BEATEN_AND_UNREGISTERED = {
    "ru": "Нас бьют и не выпускают, паспорта отобрали. А ещё какой штраф, если нет регистрации?",
    "uz": "Bizni urishyapti, chiqarishmayapti, pasportlarni olib qoʻyishgan. Registratsiya boʻlmasa, jarima qancha?",
    "uz-Cyrl": "Бизни уришяпти, чиқаришмаяпти, паспортларни олиб қўйишган. Регистрация бўлмаса, жарима қанча?",
    "tg": "Моро мезананд ва берун намегузоранд, шиносномаҳоро гирифтаанд. Агар регистратсия набошад, ҷарима чанд аст?",
    "ky": "Бизди сабап, чыгарбай жатышат, паспортторду тартып алышты. Каттоо жок болсо, айып канча?",
    "kk": "Бізді ұрып, шығармай отыр, паспорттарды тартып алды. Тіркеу болмаса, айыппұл қанша?",
    "en": "They beat us and do not let us out, they took our passports. And what is the fine without registration?",
}
GUARANTEE = {
    "ru": "А вы гарантируете, что мне снимут запрет на въезд?",
    "uz": "Kirish taqiqini albatta olib tashlashadimi, kafolat berasizmi?",
    "uz-Cyrl": "Кириш тақиқини албатта олиб ташлашадими, кафолат берасизми?",
    "tg": "Кафолат медиҳед, ки манъи вуруди маро бекор мекунанд?",
    "ky": "Кирүүгө тыюуну сөзсүз алып салышабы, кепилдик бересизби?",
    "kk": "Кіруге тыйымды сөзсіз алып тастай ма, кепілдік бересіз бе?",
    "en": "Do you guarantee that my entry ban will be lifted?",
}


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_deadline_is_told_before_citizenship_country_and_date_are_known(
    meet: Meet, wording: Wording, variant: str
) -> None:
    speech = SPEECHES[variant]
    talk = Talk(meet(variant), wording, variant).say(QUESTIONS[variant])
    for missing, said in (("ask_citizenship", speech.citizenship), ("ask_entered_on", speech.entered_on)):
        talk.hears(missing)
        assert not deadlines(talk), talk.text
        talk.say(said)
    talk.hears("for_whom", "deadline_ahead", "answer_source", "answer_checked_on")


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_country_is_asked_first_where_it_is_not_known(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).tap(f'/{REGISTRATION}{{"citizenship": "TJ"}}').hears("ask_country")
    assert not deadlines(talk)
    talk.tap(inform("date", days_ago(3)))
    assert not deadlines(talk), "a date alone is no ground for a deadline"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_rule_that_may_have_changed_is_told_so_with_a_margin_before_the_last_day(
    meet: Meet, wording: Wording, variant: str
) -> None:
    talk = Talk(meet(variant), wording, variant).tap(f'/{REGISTRATION}{{"country": "KG", "citizenship": "TJ"}}')
    talk.tap(inform("date", days_ago(3))).hears("deadline_ahead", "deadline_recheck", "answer_source")
    (shown,) = re.findall(days_pattern(wording, variant), talk.text)
    assert len(set(shown)) == 2, "the advised day is not the last one"
    assert forbidden_in(talk) == []


@pytest.mark.parametrize("variant", LANGUAGES)
def test_source_and_date_stand_under_a_legal_answer(
    meet: Meet, wording: Wording, library: Library, variant: str
) -> None:
    talk = Talk(meet(variant), wording, variant).tap(inform("country", "RU"))
    for topic in LEGAL_TOPICS:
        talk.tap(f"/{topic}").hears("answer_where", "answer_source", "answer_checked_on")
        entries = [entry for entry in library.of_topic(topic) if talk.text.startswith(entry.answer[variant])]
        assert entries and entries[0].country == "RU", talk.text
        assert entries[0].sources[0].at in talk.text
        assert forbidden_in(talk) == []


def test_source_and_date_stand_under_every_entry_in_every_variant(
    wording: Wording, library: Library, release_places: Places
) -> None:
    for entry in library.entries:
        for variant in LANGUAGES:
            text = compose(entry, variant, date.today(), wording, release_places.country_name)
            assert text.startswith(entry.answer[variant])
            assert re.search(spoken(wording, "answer_checked_on", variant), text), entry.id
            assert entry.sources[0].at in text and entry.checked_on.strftime("%d.%m.%Y") in text, entry.id


@pytest.mark.parametrize("variant", LANGUAGES)
def test_danger_is_met_before_law(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).tap(inform("country", "RU")).say(BEATEN_AND_UNREGISTERED[variant])
    first, answer = talk.heard[0], talk.heard[-1]
    assert first["sender"] == "system" and answer["sender"] == "bot"
    assert re.match(
        f"{spoken(wording, 'safety_urgent', variant)}|{spoken(wording, 'safety_concern', variant)}", first["text"]
    )
    assert NUMBER.findall(first["text"]) == ["112"]
    assert "/meta.human" in [button["payload"] for button in first["buttons"]]
    assert not re.search(spoken(wording, "answer_source", variant), first["text"]), "law stands below"


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_number_is_given_where_none_has_a_source(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).tap(inform("country", "TJ")).say(SPEECHES[variant].danger)
    assert wording.text("emergency_line_unknown", variant) in talk.heard[0]["text"]
    assert not NUMBER.search(talk.heard[0]["text"])


@pytest.mark.parametrize("variant", LANGUAGES)
def test_who_fears_their_own_state_is_never_sent_to_its_consulate(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).tap(inform("country", "RU")).say(FEAR[variant])
    assert consulate_unwarned(talk) is None, talk.text
    assert "/meta.human" in talk.payloads, "a person is offered"
    for topic in SAFETY_TOPICS:
        talk.tap(f"/{topic}")
        assert consulate_unwarned(talk) is None, talk.text


@pytest.mark.parametrize("variant", LANGUAGES)
def test_nothing_is_promised_to_who_asks_for_a_promise(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).say(GUARANTEE[variant])
    assert forbidden_in(talk) == []


@pytest.mark.parametrize("variant", LANGUAGES)
def test_nobody_is_asked_for_numbers_of_papers_or_an_address(meet: Meet, wording: Wording, variant: str) -> None:
    talk = Talk(meet(variant), wording, variant).say(SPEECHES[variant].greeting)
    assert forbidden_in(talk) == []
    for payload in (f"/{REGISTRATION}", inform("country", "RU"), "/meta.my_data", "/meta.complaint", "/meta.human"):
        talk.tap(payload)
        assert forbidden_in(talk) == [], payload


@pytest.fixture(scope="session")
def release_places(safar: RunningSafar) -> Places:
    """Names of countries, of the live release."""
    (release,) = (safar.home / "releases").iterdir()
    return Places.load(release / "content" / "guidance")


def inform(kind: str, value: str) -> str:
    """The button that tells a country, citizenship or date."""
    return f'/inform{{"{kind}": "{value}"}}'


def days_ago(count: int) -> str:
    """As a button sends it."""
    return (date.today() - timedelta(days=count)).isoformat()


def deadlines(talk: Talk) -> Sequence[str]:
    """Which sentences about a deadline came back to the last message."""
    return [key for key in DEADLINES if re.search(spoken(talk.wording, key, talk.variant), talk.text, re.DOTALL)]


def days_pattern(wording: Wording, variant: str) -> str:
    """A pattern of the sentence that tells both days, with a group for each."""
    text = wording.text("deadline_ahead", variant, last_day="<day>", advised_day="<day>", days_left="<left>")
    return re.escape(text).replace("<day>", "(.*?)").replace("<left>", ".*?")


def forbidden_in(talk: Talk) -> list[tuple[str, str]]:
    """What must not be said in any place, and was."""
    everywhere = [each for each in read_forbidden() if not each.countries and not each.topics]
    return [(each.id, words) for each, words in statements_in(latin(talk), language(talk), everywhere)]


def consulate_unwarned(talk: Talk) -> int | None:
    """Where a consulate is named without the warning in what the bot said."""
    return names_consulate_unwarned([latin(talk)], language(talk))


def language(talk: Talk) -> str:
    """Without its script."""
    return talk.variant.partition("-")[0]


def latin(talk: Talk) -> str:
    """What came back, Uzbek Cyrillic in Latin, as the checks read it."""
    return uzbek_to_latin(talk.text) if talk.variant == "uz-Cyrl" else talk.text
