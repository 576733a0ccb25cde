"""The tools that the crowd uses, one file for each."""

from tests.simulated_people.tool import Tool
from tests.simulated_people.tools.contacts import CONTACT_SEARCH
from tests.simulated_people.tools.permit import WORK_PERMIT
from tests.simulated_people.tools.questionnaires import QUESTIONNAIRES
from tests.simulated_people.tools.registration import REGISTRATION
from tests.simulated_people.tools.reminders import with_reminder
from tests.simulated_people.tools.stay import STAY
from tests.simulated_people.tools.steps import STEP_LIST_TOOLS
from tests.simulated_people.tools.transfer import TRANSFER
from tests.simulated_people.tools.wages import WAGES

TOOLS: tuple[Tool, ...] = (
    *(with_reminder(REGISTRATION), with_reminder(STAY), WORK_PERMIT, TRANSFER, WAGES),
    *(*STEP_LIST_TOOLS, CONTACT_SEARCH, *QUESTIONNAIRES),
)
