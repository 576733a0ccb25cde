"""The page of all conversations, also those that the bot has: by state, language, channel and danger, page by page."""

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.access import require_operator
from console.languages import variant_of_request
from console.office import Office
from console.pages import BRANDS, Pages
from conversations.conversation import DANGER_LEVELS
from conversations.overview import FILTERS, Listed, Place, list_conversations
from language.variants import LANGUAGES, OWN_NAMES

STATES = ("bot", "waiting", "operator", "closed")
CHANNELS = ("web", *BRANDS)
CHOICES = {"state": STATES, "variant": LANGUAGES, "channel": CHANNELS, "danger": DANGER_LEVELS}


class Overview:
    """The route of the page."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """The one route."""
        return [Route("/conversations", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """One page of the list; a filter that does not exist is left out."""
        operator = await require_operator(self._office, request)
        filters = {name: request.query_params.get(name, "") for name in FILTERS}
        filters = {name: value for name, value in filters.items() if value in CHOICES[name]}
        behind = Place.read(request.query_params.get("behind", ""))
        listed, next_place = await run_in_threadpool(list_conversations, self._office.database, filters, behind)
        variant = variant_of_request(request)
        return self._pages.page(
            request,
            "overview.html",
            operator=operator,
            rows=[(each, *self._places(each, variant)) for each in listed],
            filters=filters,
            choices=self._choices(variant),
            next_query=urlencode(filters | {"behind": next_place.text()}) if next_place else "",
            first_query=urlencode(filters) if behind else None,
        )

    def _places(self, each: Listed, variant: str) -> tuple[str | None, str | None, str]:
        name = self._office.places.country_name
        country, citizenship = (name(code, variant) if code else None for code in (each.country, each.citizenship))
        return country, citizenship, self._pages.channel(variant, each.channel)

    def _choices(self, variant: str) -> dict[str, list[tuple[str, str]]]:
        """For each filter its values with their names."""
        speak = self._pages.speaker(variant)
        dangers = {"none": speak("danger_none"), "concern": speak("concern"), "urgent": speak("urgent")}
        return {
            "state": [(each, speak(f"held_by_{each}")) for each in STATES],
            "variant": [(each, OWN_NAMES[each]) for each in LANGUAGES],
            "channel": [(each, self._pages.channel(variant, each)) for each in CHANNELS],
            "danger": list(dangers.items()),
        }
