"""The emergency number of the country that the migrant is in, with its source."""

from actions.ground import Ground
from actions.heard import Heard
from language.source_dates import shown_date_of_source


def emergency_line(ground: Ground, heard: Heard) -> str:
    """“call 112 (Russia; source: …)”, or the local police where the country is unknown or no number has a source."""
    country = heard.slots.get("country")
    found = ground.numbers.for_country(country)
    if found is None:
        return ground.wording.text("emergency_line_unknown", heard.variant)
    source = found.sources[0]
    dated = f"{source.title}, {shown_date_of_source(source.date)}" if source.date[:1].isdigit() else source.title
    name = ground.places.country_name(found.country, heard.variant)
    return ground.wording.text("emergency_line", heard.variant, numbers=found.first, country=name, source=dated)
