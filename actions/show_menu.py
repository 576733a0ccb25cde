"""Shows the menu: the domains, the topics of one, the questions of a topic; every topic within four taps."""

from actions.buttons import button, entry_buttons, human_button, menu_button, payload
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered, Button, Heard
from actions.tools import CONTACTS, JOB_OFFER_CHECK, PERMIT, REPORT_FOR_OTHER, SCREENING, TRANSFER, start_of
from actions.turn import DialogueAction

META = "meta"
MOST_ASKED = (
    *("registration", "work", "labour_rights", "remittances"),
    *("documents", "bans", "trafficking", "health"),
)
"""The first page of the menu; the other domains follow in the order of topics.yml."""
TOOLS_OF: dict[str | None, tuple[str, ...]] = {
    "work": (PERMIT, JOB_OFFER_CHECK),
    "trafficking": (SCREENING, REPORT_FOR_OTHER),
    "labour_rights": ("wages",),
    "documents": ("lost_passport",),
    "bans": ("entry_ban",),
    "return": ("going_home", "reintegration"),
    "contacts": (CONTACTS,),
    "remittances": (TRANSFER,),
}
"""The tools that stand above the topics of a domain."""
OTHER_WAYS_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "registration": (("button_count_days", "/start_stay"),),
    META: (
        ("button_language", "/meta.language"),
        ("button_my_country", '/more_choices{"item": "country"}'),
        ("button_my_data", "/meta.my_data"),
        ("button_about", "/meta.about"),
        ("button_quick_exit", "quick_exit"),
    ),
}
"""What else stands there: the title of a button, and what it sends."""


class ShowMenu(DialogueAction):
    """What Safar can help with."""

    action_name = "action_show_menu"

    def answer(self, heard: Heard) -> Answered:
        """See `show_menu`."""
        return show_menu(self._ground, heard)


def show_menu(ground: Ground, heard: Heard) -> Answered:
    """The page that the button names: a topic's questions, a domain's topics; the domains for everything else."""
    domain, topic = heard.value("domain"), heard.value("topic")
    if topic in ground.topics.ids and (listed := _questions(ground, heard, topic or "")):
        return _page(ground, heard, f"topic.{topic}", listed, {"topic": topic or ""})
    if domain in domains(ground):
        listed = (*_tool_buttons(ground, heard.variant, domain or ""), *topic_buttons(ground, heard.variant, domain))
        return _page(ground, heard, f"domain.{domain}", listed, {"domain": domain or ""})
    return _page(ground, heard, "", domain_buttons(ground, heard.variant), {})


def domains(ground: Ground) -> tuple[str, ...]:
    """All domains: the most asked ones, the others, and last what concerns the assistant itself."""
    others = (each for each in ground.topics.domains if each not in (*MOST_ASKED, META))
    return (*MOST_ASKED, *others, META)


def domain_buttons(ground: Ground, variant: str) -> tuple[Button, ...]:
    """One button for each domain."""
    return tuple(
        Button(ground.wording.text(f"domain.{domain}", variant), payload("meta.menu", domain=domain))
        for domain in domains(ground)
    )


def topic_buttons(ground: Ground, variant: str, domain: str | None) -> tuple[Button, ...]:
    """One button for each topic of a domain; a topic's button sends its id as intent."""
    topics = ground.topics.of_domain(domain or "") if domain != META else ()
    return tuple(Button(ground.wording.text(f"topic.{topic.id}", variant), payload(topic.id)) for topic in topics)


def page_of(value: str | None) -> int:
    """The page that a button names, from 0; 0 for what is no number of at most two figures."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 3 else 0


def _questions(ground: Ground, heard: Heard, topic: str) -> tuple[Button, ...]:
    """The questions of a topic that fit the person and are in force."""
    country, citizenship = heard.slots.get("country"), heard.slots.get("citizenship")
    entries = (e for e in ground.library.of_topic(topic) if e.fits(country, citizenship))
    return entry_buttons(heard.variant, (entry for entry in entries if entry.is_valid_on(heard.today)))


def _tool_buttons(ground: Ground, variant: str, domain: str) -> tuple[Button, ...]:
    tools = TOOLS_OF.get(domain, ())
    ways = tuple(button(ground, variant, key, sends) for key, sends in OTHER_WAYS_OF.get(domain, ()))
    return (*(button(ground, variant, f"button_start_{tool}", start_of(tool)) for tool in tools), *ways)


def _page(ground: Ground, heard: Heard, title: str, listed: tuple[Button, ...], here: dict[str, str]) -> Answered:
    key = "menu_topics" if here else "menu_domains"
    named = ground.wording.text(title, heard.variant) if title else ""
    return Answered(
        text=ground.wording.text(key, heard.variant, domain=named),
        buttons=_paged(ground, heard.variant, listed, page_of(heard.value("page")), here),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={"pending": None},
    )


def _paged(
    ground: Ground, variant: str, listed: tuple[Button, ...], page: int, here: dict[str, str]
) -> tuple[Button, ...]:
    """One page of a list, with the way on or back, and a person on each; a list that fits is one page."""
    ways = (*((menu_button(ground, variant),) if here else ()), human_button(ground, variant))
    if len(listed) + len(ways) <= MAX_BUTTONS:
        return (*listed, *ways)
    size = MAX_BUTTONS - 2
    start = min(page, (len(listed) - 1) // size) * size
    shown = listed[start : start + size]
    is_last = start + size >= len(listed)
    goes = payload("meta.menu", **here) if is_last else payload("meta.menu", **here, page=str(page + 1))
    return (*shown, button(ground, variant, "button_back" if is_last else "button_more", goes), ways[-1])
