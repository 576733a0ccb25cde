"""An answer that a machine has translated says so to the migrant, and keeps the operator's own words beside it."""

from starlette.datastructures import FormData

from console.access import text_of
from console.office import Office
from console.translator import MAX_CHARS, host_of
from conversations.translations import Translation, Translations

FALLBACK_VARIANT = "ru"


def with_sentence(office: Office, conversation_id: str, form: FormData, text: str) -> str:
    """The answer, closed by the sentence that a machine has translated it, where it was and does not say so."""
    if not _own_words(form):
        return text
    conversation = office.conversations.get(conversation_id)
    variant = (conversation.variant if conversation else None) or FALLBACK_VARIANT
    sentence = office.texts.text("machine_translated", variant)
    return text if sentence in text else f"{text}\n\n{sentence}"


def keep_own_words(office: Office, conversation_id: str, form: FormData, variant: str, cursor: int) -> None:
    """Keep what the operator wrote with the message at `cursor`, for colleagues; nothing for other answers."""
    if words := _own_words(form):
        kept = Translation(cursor, variant, words, True, host_of(office.settings))
        Translations(office.database).keep(conversation_id, kept, office.clock())


def _own_words(form: FormData) -> str:
    """What the operator wrote before it was translated; empty where nothing was."""
    return text_of(form, "own_words").replace("\r\n", "\n").strip()[:MAX_CHARS]
