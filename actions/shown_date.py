"""Dates with the names of their months, for the answers of this package."""

from language.shown_date import short_months as short_months
from language.shown_date import shown_date as shown_date
from language.shown_date import shown_days as shown_days
from language.shown_date import shown_month as shown_month
