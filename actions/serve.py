"""The action server: `python -m actions.serve --port N`. Loads everything once, then answers on loopback."""

import argparse
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.affirm import Affirm
from actions.answer_question import AnswerQuestion
from actions.ask_another_trip import AskAnotherTrip
from actions.ask_citizenship import AskCitizenship
from actions.ask_complaint import AskComplaint
from actions.ask_country import AskCountry
from actions.ask_entered_on import AskEnteredOn
from actions.ask_permit import permit_askers
from actions.ask_questionnaire import askers
from actions.ask_stay_citizenship import AskStayCitizenship
from actions.ask_stay_country import AskStayCountry
from actions.ask_stay_permit import AskStayPermit
from actions.ask_transfer import AskTransfer
from actions.ask_trips import AskTrips
from actions.check_job_offer import CheckJobOffer, TellJobOfferResult
from actions.choose_language import ChooseLanguage
from actions.continue_questionnaire import AnswerQuestionnaire, ContinueQuestionnaire
from actions.default_fallback import DefaultFallback
from actions.deny import Deny
from actions.greet import Greet
from actions.ground import Ground
from actions.hear_complaint import HearComplaint
from actions.helped import Helped
from actions.inform import Inform
from actions.list_reminders import ListReminders
from actions.more_choices import MoreChoices
from actions.not_helped import NotHelped
from actions.open_handover import OpenHandover
from actions.set_reminder import SetReminder
from actions.share_note import ShareNote
from actions.show_entry import ShowEntry
from actions.show_menu import ShowMenu
from actions.show_step import ShowStep
from actions.start_questionnaire import starters
from actions.start_wages import AnswerComplaint, StartWages
from actions.stop_form import StopForm
from actions.stop_reminders import StopReminders
from actions.tell_about_data import TellAboutData
from actions.tell_about_safar import TellAboutSafar
from actions.tell_complaint import TellComplaint
from actions.tell_contacts import TellContacts
from actions.tell_permit import TellPermit
from actions.tell_registration_deadline import TellRegistrationDeadline
from actions.tell_report_for_other import TellReportForOther
from actions.tell_screening_result import TellScreeningResult
from actions.tell_stay import TellStay
from actions.tell_steps import TellSteps
from actions.tell_transfer import TellTransfer
from actions.turn_down_topic import TurnDownTopic
from actions.validate_complaint_form import ValidateComplaintForm
from actions.validate_permit_form import ValidatePermitForm
from actions.validate_questionnaire import validators
from actions.validate_registration_form import ValidateRegistrationForm
from actions.validate_stay_form import ValidateStayForm
from actions.validate_transfer_form import ValidateTransferForm
from foundation.logs import set_up_logs
from foundation.settings import load_settings

ACTIONS = (
    Affirm,
    AnswerQuestion,
    AnswerQuestionnaire,
    AskCitizenship,
    AskCountry,
    AskEnteredOn,
    CheckJobOffer,
    ChooseLanguage,
    ContinueQuestionnaire,
    DefaultFallback,
    Deny,
    Greet,
    HearComplaint,
    Helped,
    Inform,
    MoreChoices,
    NotHelped,
    OpenHandover,
    ShareNote,
    ShowEntry,
    ShowMenu,
    StopForm,
    TellAboutData,
    TellAboutSafar,
    TellJobOfferResult,
    TellRegistrationDeadline,
    TellReportForOther,
    TellScreeningResult,
    TurnDownTopic,
    ValidateRegistrationForm,
    AskAnotherTrip,
    AskStayCitizenship,
    AskStayCountry,
    AskStayPermit,
    AskTrips,
    TellStay,
    ValidateStayForm,
    TellPermit,
    ValidatePermitForm,
    SetReminder,
    ListReminders,
    StopReminders,
    AnswerComplaint,
    AskComplaint,
    StartWages,
    TellComplaint,
    ValidateComplaintForm,
    ShowStep,
    TellContacts,
    TellSteps,
    AskTransfer,
    TellTransfer,
    ValidateTransferForm,
)
"""The actions of domain.yml, one class for each; those of the questionnaires come on top, one for each tool."""


def create_executor(ground: Ground) -> ActionExecutor:
    """All actions, standing on the same ground."""
    executor = ActionExecutor()
    of_tools = (*starters(ground), *validators(ground), *askers(ground))
    for action in (*(action(ground) for action in ACTIONS), *of_tools, *permit_askers(ground)):
        executor.register_action(action)
    return executor


def create_app(executor: ActionExecutor, name: str = "safar_actions") -> Sanic:
    """POST /webhook as Rasa calls it, GET /health: both answer only after everything is loaded."""
    app = Sanic(name, configure_logging=False)

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return response.json({"status": "ok", "actions": len(executor.actions)})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        try:
            return response.json(await executor.run(request.json))
        except ActionNotFoundException as error:
            return response.json({"error": "unknown action", "action_name": error.action_name}, status=404)

    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is ended; the release and its content come from the environment."""
    parser = argparse.ArgumentParser(prog="actions.serve", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args(arguments).port
    set_up_logs("actions")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    settings = load_settings(os.environ)
    content = Path(os.environ.get("SAFAR_CONTENT", settings.content))
    ground = Ground.load(Path(os.environ["SAFAR_RELEASE_DIR"]), content, settings.encoder)
    app = create_app(create_executor(ground))
    host = os.environ.get("SANIC_HOST", "127.0.0.1")
    app.run(host, port, workers=1, motd=False, access_log=False)


if __name__ == "__main__":
    main()
