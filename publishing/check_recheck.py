"""Check that an answer tells its reader what the content team has yet to check: it may have changed, ask there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import yaml

from publishing.facts import Fact
from publishing.finding import Finding
from publishing.said import Said
from publishing.sentences import sentences

NOTES = Path(__file__).with_name("recheck_notes.yml")
"""Facts whose `recheck` is a note for writers and no doubt about what is told, each with the reason."""
_CHANGED = {
    "ru": r"измен|меня(ет|ют|л)|\bнов(ое|ые|ый|ая|ым|ых)\b|\bстары[ех]\b|сведения \d{4}|\bразные\b|отлич|зависит"
    r"|планир|готовил|обсужда|пересм|кажд(ый|ую) (год|осень|1 янв)|этот год|этого года|заново|по-новому|свеж|перестр"
    r"|реорган|нынешн|сегодняшн",
    "uz": r"o[ʻ‘’'`]zgar|\byangi|\beski|\d{4}-yilgi maʼlumot|har xil|boshqacha|farq|bog[ʻ‘’'`]liq|reja|tayyorlan"
    r"|muhokama|har yil|(bu|shu) yil|qayta tuzil|tugagan|hozirgi",
    "tg": r"тағйир|дигар (ме|на)?(шав|шуд|кард|аст)|иваз|\bнав(аш|и|ро)?\b|к[ӯу]ҳна|маълумоти соли|гуногун|вобаста"
    r"|нақша|тайёр|муҳокима|ҳар сол|имсол|аз нав|тамом шуда|имрӯза",
    "ky": r"өзгөр|\bжаңы|\bэски|\d{4}-жылкы маалымат|ар кандай|ар башка|ар түр|жараша|пландал|даярдал|талкуу"
    r"|жыл сайын|ар жыл|быйыл|ушул жыл|кайра түзүл|бүткөн|азыркы",
    "kk": r"өзгер|\bжаңа|\bескі|\d{4} жылғы мәлімет|әртүрлі|басқаша|байланысты|жоспар|дайындал|талқы|жыл сайын"
    r"|әр жыл|биыл|осы жыл|қайта құр|біткен|қазіргі",
    "en": r"chang|amend|\bnew\b|\bold\b|information is from|differ|depend|planned|in preparation|discussed|reviewed"
    r"|(every|each) (year|autumn|1 january|half)|yearly|this year|may have|reorgani|ran out|today's|whether it",
}
_ASK = {
    "ru": r"уточн|спрос|спраш|провер|смотр|узна|сверьте|ищите|берите|возьмите|обратитесь|полный — в",
    "uz": r"so[ʻ‘’'`]ra|aniqla|tekshir|qarang|bilib|oling|ko[ʻ‘’'`]r|murojaat|to[ʻ‘’'`]lig[ʻ‘’'`]i",
    "tg": r"пурс|аниқ|санҷ|бин|нигоҳ|гиред|муроҷиат|пуррааш",
    "ky": r"сура|такта|кара|текшер|билиңиз|алыңыз|кайрыл|толугу",
    "kk": r"сұра|нақты|біл|қара|тексер|алыңыз|жүгін|толығы",
    "en": r"\bask|check|\bsee\b|look|find out|\btake\b|consult|talk to|the full one",
}


def check_recheck(texts: Iterable[Said], facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """A warning for each entry and language that cites an open fact and does not tell what `tells_of_change` wants.

    Only warnings: the wordings are many, and patterns know the usual ones.
    """
    notes = read_notes()
    for _, group in groupby(texts, key=lambda said: said.entry.id if said.entry else ""):
        rows = list(group)
        entry = rows[0].entry
        cited = entry.facts if entry else ()
        open_facts = [name for name in cited if name in facts and facts[name].recheck and name not in notes]
        for language in dict.fromkeys(said.language for said in rows) if open_facts else ():
            of_language = [said for said in rows if said.language == language]
            if not any(tells_of_change(said.text, language) for said in of_language):
                doubts = "; ".join(f"{name}: {facts[name].recheck}" for name in open_facts)
                message = f"no sentence says both that it may have changed and where to check it ({doubts})"
                yield of_language[0].finding(message, is_error=False)


def tells_of_change(text: str, language: str) -> bool:
    """Whether one sentence says both: that something may have changed, differs or is old, and where to ask or look."""
    return any(
        re.search(_CHANGED[language], sentence, re.IGNORECASE) and re.search(_ASK[language], sentence, re.IGNORECASE)
        for sentence in sentences(text)
    )


@lru_cache(maxsize=1)
def read_notes(file: Path = NOTES) -> Mapping[str, str]:
    """From the ids of facts to the reason why their `recheck` need not be told."""
    return {str(name): str(why) for name, why in (yaml.safe_load(file.read_text("utf-8")) or {}).items()}
