"""The migrant's yes or no to a referral: noted at once, with or without the engine, whoever holds the conversation."""

from bot.ground import Ground
from bot.notices import answer
from bot.store import Store
from conversations.claim import Claimed
from conversations.conversation import Conversation
from conversations.referral import Referrals
from conversations.referral_buttons import consent_buttons, read_consent
from conversations.referral_steps import Referral
from conversations.reply import Reply
from foundation.clock import Clock


class ReferralAnswers:
    """Carries out the buttons of a referral. A message that comes again gets the same reply and changes nothing."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._referrals = Referrals(store.database)
        self._clock = clock

    def reply_to(self, claimed: Claimed, ground: Ground, variant: str) -> Reply:
        """What is said to it. Blocks.

        To a held conversation it is a notice, and the message stays open: the operator should see it.
        """
        said = self.reply(claimed.conversation, claimed.payload, ground, variant)
        if not claimed.conversation.is_held:
            return said
        return Reply(said.text, said.buttons, "system", answers_question=False)

    def reply(self, conversation: Conversation, payload: str | None, ground: Ground, variant: str) -> Reply:
        """The bot's answer to the button of this payload. Blocks."""
        consent = read_consent(payload)
        if consent is None or conversation.is_disguised:
            return answer(ground, "button_has_expired", variant)
        code, is_agreed = consent
        referral = self._referrals.answer(conversation.id, code, is_agreed, self._clock())
        if referral is None:
            return answer(ground, "button_has_expired", variant)
        key = _key(referral, is_agreed)
        return Reply(ground.wording.text(key, variant), consent_buttons(ground.wording.buttons(key, variant), code))


def _key(referral: Referral, is_agreed: bool) -> str:
    match referral.state:
        case "agreed":
            return "referral_agreed"
        case "refused" if not is_agreed:
            return "referral_refused"
        case "withdrawn" if not is_agreed:
            return "referral_withdrawn" if referral.passed_on_at else "referral_refused"
        case "passed_on" | "answered" | "no_answer" if is_agreed:
            return "referral_passed_already"
    return "referral_is_over"
