"""The tools that ask: their names are those of their slots, forms and buttons."""

SCREENING = "screening"
JOB_OFFER_CHECK = "job_offer_check"
REPORT_FOR_OTHER = "report_for_other"
TOOLS = (SCREENING, JOB_OFFER_CHECK, REPORT_FOR_OTHER)
