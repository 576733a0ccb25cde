"""Shows the menu: the domains, then the topics of one; every topic within four taps, long lists in pages."""

from actions.buttons import button, human_button, payload
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered, Button, Heard
from actions.tools import JOB_OFFER_CHECK, REPORT_FOR_OTHER, SCREENING
from actions.turn import DialogueAction

META = "meta"
TOOLS_OF = {"work": (JOB_OFFER_CHECK,), "trafficking": (SCREENING, REPORT_FOR_OTHER), None: (SCREENING,)}
"""Where the menu shows a tool: in these domains, and on the list of domains itself (None)."""


class ShowMenu(DialogueAction):
    """What Safar can help with."""

    action_name = "action_show_menu"

    def answer(self, heard: Heard) -> Answered:
        """See `show_menu`."""
        return show_menu(self._ground, heard)


def show_menu(ground: Ground, heard: Heard) -> Answered:
    """The page of the menu that the button names; the first page of domains for everything else."""
    domain, page = heard.value("domain"), _page(heard.value("page"))
    if domain in domains(ground):
        listed = (*_tool_buttons(ground, heard.variant, domain), *topic_buttons(ground, heard.variant, domain))
        text, here = "menu_topics", {"domain": domain}
    else:
        listed = (*domain_buttons(ground, heard.variant), *_tool_buttons(ground, heard.variant, None))
        text, here = "menu_domains", {}
    return Answered(
        text=ground.wording.text(text, heard.variant, domain=_title(ground, heard.variant, domain)),
        buttons=_paged(ground, heard.variant, listed, page, here),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={"pending": None},
    )


def domains(ground: Ground) -> tuple[str, ...]:
    """All domains of content, in the order of topics.yml."""
    return tuple(domain for domain in ground.topics.domains if domain != META)


def domain_buttons(ground: Ground, variant: str) -> tuple[Button, ...]:
    """One button for each domain."""
    return tuple(
        Button(ground.wording.text(f"domain.{domain}", variant), payload("meta.menu", domain=domain))
        for domain in domains(ground)
    )


def topic_buttons(ground: Ground, variant: str, domain: str) -> tuple[Button, ...]:
    """One button for each topic of a domain; a topic's button sends its id as intent."""
    topics = ground.topics.of_domain(domain)
    return tuple(Button(ground.wording.text(f"topic.{topic.id}", variant), payload(topic.id)) for topic in topics)


def _tool_buttons(ground: Ground, variant: str, domain: str | None) -> tuple[Button, ...]:
    tools = TOOLS_OF.get(domain, ())
    return tuple(button(ground, variant, f"button_start_{tool}", payload(f"start_{tool}")) for tool in tools)


def _paged(
    ground: Ground, variant: str, listed: tuple[Button, ...], page: int, here: dict[str, str]
) -> tuple[Button, ...]:
    """One page of a list, with the way on and, at the end, a person; a list that fits is one page."""
    if len(listed) < MAX_BUTTONS:
        return (*listed, human_button(ground, variant))
    size = MAX_BUTTONS - 1
    start = min(page, (len(listed) - 1) // size) * size
    shown = listed[start : start + size]
    if start + size < len(listed):
        return (*shown, button(ground, variant, "button_more", payload("meta.menu", **here, page=str(page + 1))))
    back = button(ground, variant, "button_back", payload("meta.menu", **here))
    return (*shown, back, human_button(ground, variant))[:MAX_BUTTONS]


def _title(ground: Ground, variant: str, domain: str | None) -> str:
    return ground.wording.text(f"domain.{domain}", variant) if domain in domains(ground) else ""


def _page(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 3 else 0
