"""What all answers stand on: wording, topics, entries, retriever and rules of one release, loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.tools import CONTACTS, JOB_OFFER_CHECK, REPORT_FOR_OTHER, SCREENING, STEPS
from foundation.settings import PROJECT
from guidance import contact_search, job_offer, permit_rules, replies, screening, step_lists, transfer_marks
from guidance.complaint import Complaints
from guidance.contact_search import ContactSearch
from guidance.contacts import EmergencyNumbers, Organisations
from guidance.job_offer import JobOffer
from guidance.permit_rules import PermitRules
from guidance.places import Places
from guidance.questionnaire import Questionnaire
from guidance.questionnaire_file import read_questionnaire
from guidance.reference_rates import ReferenceRates
from guidance.registration import Registration
from guidance.replies import Replies
from guidance.screening import Screening
from guidance.stay import Stays
from guidance.step_lists import StepLists
from guidance.transfer_marks import TransferMarks
from guidance.transfer_offers import TransferOffers
from guidance.unpaid_wages import UnpaidWages
from knowledge_base.library import Library
from knowledge_base.retriever import Retriever
from knowledge_base.topics import Topics
from language.encoder import load_encoder
from language.wording import Wording

REPORT_FILE = "report_for_other.yml"


@dataclass(frozen=True)
class Ground:
    """Everything that an answer may look into; nothing here changes while it is used."""

    wording: Wording
    topics: Topics
    library: Library
    retriever: Retriever
    registration: Registration
    places: Places
    numbers: EmergencyNumbers
    replies: Replies
    screening: Screening
    job_offer: JobOffer
    report_for_other: Questionnaire

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """The questionnaires by their tool; see `actions.questionnaires`."""
        return {
            SCREENING: self.screening.questionnaire,
            JOB_OFFER_CHECK: self.job_offer.questionnaire,
            REPORT_FOR_OTHER: self.report_for_other,
            STEPS: self.step_lists.questionnaire,
            CONTACTS: self.contacts.questionnaire,
        }

    stays: Stays
    permits: PermitRules
    complaints: Complaints
    unpaid_wages: UnpaidWages
    step_lists: StepLists
    contacts: ContactSearch
    reference_rates: ReferenceRates
    transfer_offers: TransferOffers
    transfer_marks: TransferMarks

    @property
    def organisations(self) -> Organisations:
        """Organisations and offices, from which the contacts are searched."""
        return self.contacts.organisations

    @classmethod
    def load(cls, release_dir: Path, content: Path, encoder_path: str) -> "Ground":
        """Read a release and its content; errors of the parts come through unchanged."""
        encoder = load_encoder(encoder_path)
        library = Library.load(content / "faq")
        program = PROJECT / "data"
        return cls(
            wording=Wording.load(content / "responses").completed_by(Wording.load(program / "responses")),
            topics=Topics.load(content / "topics.yml"),
            library=library,
            retriever=Retriever.load(release_dir / "index", library, encoder),
            registration=Registration.load(content / "guidance"),
            places=Places.load(content / "guidance"),
            numbers=EmergencyNumbers.load(content / "guidance"),
            replies=Replies.load(_folder_with(replies.FILE, content)),
            screening=Screening.load(_folder_with(screening.FILE, content)),
            job_offer=JobOffer.load(_folder_with(job_offer.FILE, content)),
            report_for_other=read_questionnaire(_folder_with(REPORT_FILE, content) / REPORT_FILE),
            stays=Stays.load(content / "guidance"),
            permits=PermitRules.load(_folder_with(permit_rules.FILE, content)),
            complaints=Complaints.load(content / "guidance"),
            unpaid_wages=UnpaidWages.load(content / "guidance"),
            step_lists=StepLists.load(_folder_with(step_lists.FILE, content)),
            contacts=_contacts(content),
            reference_rates=ReferenceRates.load(content / "guidance"),
            transfer_offers=TransferOffers.load(content / "guidance"),
            transfer_marks=TransferMarks.load(_folder_with(transfer_marks.FILE, content)),
        )


def _contacts(content: Path) -> ContactSearch:
    """Questions and contacts belong together: content that lacks the questions lacks the offices too."""
    folder = _folder_with(contact_search.FILE, content)
    return ContactSearch.load(folder, Organisations.load(folder))


def _folder_with(file: str, content: Path) -> Path:
    """Where this file of guidance is: content and releases may be older than the program and lack it."""
    return next(folder / "guidance" for folder in (content, PROJECT / "data") if (folder / "guidance" / file).is_file())
