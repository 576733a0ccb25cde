"""What the people of the tests say, in every language variant.

Not all of it is unseen: “I am in Moscow”, “I am from Tajikistan”, “3 days ago” stand among the harmless examples of
danger too (`data/danger/`), since the detector took some of them for danger here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Speech:
    """The words of one conversation. `question` is about lifting a ban on entering Russia."""

    greeting: str
    question: str
    place: str
    """“I am in Moscow.”"""
    citizenship: str
    """“I am from Tajikistan.”"""
    entered_on: str
    """“Three days ago.”"""
    danger: str
    """Locked in, beaten, the papers taken away."""
    to_operator: str
    answer: str


SPEECHES = {
    "ru": Speech(
        "здравствуйте",
        "как снять запрет на въезд в Россию?",
        "я сейчас в Москве",
        "я из Таджикистана",
        "3 дня назад",
        "помогите, нас заперли и бьют, паспорта забрали",
        "нас здесь трое",
        "Я читаю вас. Где вы сейчас?",
    ),
    "uz": Speech(
        "assalomu alaykum",
        "Rossiyaga kirish taqiqini qanday olib tashlash mumkin?",
        "hozir Moskvadaman",
        "men Tojikistondanman",
        "3 kun oldin",
        "yordam bering, bizni qamab qo‘yishdi, urishyapti, pasportimizni olib qo‘yishdi",
        "biz uch kishimiz",
        "Xabaringizni oʻqidim. Hozir qayerdasiz?",
    ),
    "uz-Cyrl": Speech(
        "ассалому алайкум, яхшимисиз?",
        "Россияга кириш тақиқини қандай олиб ташлаш мумкин?",
        "ҳозир Москвадаман",
        "мен Тожикистонданман",
        "3 кун олдин",
        "ёрдам беринг, бизни қамаб қўйишди, уришяпти, паспортимизни олиб қўйишди",
        "биз уч кишимиз",
        "Хабарингизни ўқидим. Ҳозир қаердасиз?",
    ),
    "tg": Speech(
        "салом, хубед?",
        "манъи вуруд ба Русияро чӣ тавр бекор кардан мумкин?",
        "ҳоло дар Маскав ҳастам",
        "ман аз Тоҷикистон",
        "3 рӯз пеш",
        "ёрӣ диҳед, моро қулф карда мезананд, шиносномаамонро гирифтанд",
        "мо се нафарем",
        "Паёматонро хондам. Ҳоло дар куҷоед?",
    ),
    "ky": Speech(
        "саламатсызбы",
        "Россияга кирүүгө салынган тыюуну кантип алып салса болот?",
        "азыр Москвадамын",
        "мен Тажикстанданмын",
        "3 күн мурун",
        "жардам бергиле, бизди камап коюп сабап жатышат, паспортубузду тартып алышты",
        "биз үч кишибиз",
        "Билдирүүңүздү окудум. Азыр кайдасыз?",
    ),
    "kk": Speech(
        "сәлеметсіз бе",
        "Ресейге кіруге салынған тыйымды қалай алып тастауға болады?",
        "қазір Мәскеудемін",
        "мен Тәжікстаннанмын",
        "3 күн бұрын",
        "көмектесіңіздер, бізді қамап қойды, ұрып жатыр, паспортымызды тартып алды",
        "біз үшеуміз",
        "Хабарыңызды оқыдым. Қазір қайдасыз?",
    ),
    "en": Speech(
        "hello",
        "how can I get an entry ban to Russia lifted?",
        "I am in Moscow now",
        "I am from Tajikistan",
        "3 days ago",
        "help us, they locked us in and beat us, they took our passports",
        "there are three of us",
        "I have read your message. Where are you now?",
    ),
}
