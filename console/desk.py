"""The page on which an operator sees what they take on, and the switch between present and away."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.access import read_form, require_operator, text_of
from console.languages import variant_of_request
from console.office import Office
from console.pages import Pages
from conversations.desks import Desk, UnknownOperatorError
from language.variants import OWN_NAMES


class DeskPage:
    """Routes of the page and of the switch."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """The page, and its form."""
        return [
            Route("/desk", self.show, methods=["GET"]),
            Route("/desk/presence", self.switch, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """What this operator takes on; it is changed by the command `safar operator set`."""
        operator = await require_operator(self._office, request)
        desk = await run_in_threadpool(self._office.desks.of, operator)
        parts, mode = self._parts(desk, variant_of_request(request)), self._office.settings.queue_mode
        return self._pages.page(request, "desk.html", operator=operator, desk=desk, parts=parts, mode=mode)

    async def switch(self, request: Request) -> Response:
        """Present or away, from now on."""
        operator = await require_operator(self._office, request)
        form = await read_form(request)
        try:
            await run_in_threadpool(self._switch, operator, text_of(form, "present") == "yes")
        except UnknownOperatorError:
            return RedirectResponse("/login", 303)
        return RedirectResponse("/desk" if text_of(form, "back") == "desk" else "/", 303)

    def _switch(self, operator: str, is_present: bool) -> None:
        self._office.desks.set(operator, is_present=is_present)

    def _parts(self, desk: Desk, variant: str) -> list[tuple[str, list[str]]]:
        """The parts of the desk in words: (key of the title, names); an empty list stands for all."""
        texts, places = self._office.texts, self._office.places
        topics = [self._topic(each, variant) for each in desk.topics]
        countries = [places.country_name(code, variant) if code in places.codes() else code for code in desk.countries]
        languages = [OWN_NAMES.get(each, each) for each in desk.languages]
        limit = str(desk.open_limit) if desk.open_limit is not None else texts.text("console_desk_no_limit", variant)
        teams = list(desk.teams) or [texts.text("console_desk_none", variant)]
        lists = [("languages", languages), ("topics", topics), ("countries", countries)]
        return [*lists, ("limit", [limit]), ("open", [str(desk.open_count)]), ("teams", teams)]

    def _topic(self, topic: str, variant: str) -> str:
        key = f"topic.{topic}" if "." in topic else f"domain.{topic}"
        return self._office.texts.text(key, variant) if self._office.texts.has(key) else topic
