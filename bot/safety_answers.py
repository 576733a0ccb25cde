"""What each step of the safety dialogue says, and what it wants done; nothing here asks the engine."""

from dataclasses import dataclass, replace

from bot.ground import Ground
from bot.notices import answer, notice
from bot.safety_block import emergency_line, exit_button, first_buttons, fitting, named_source, step_button
from bot.safety_step import OTHER_COUNTRY, SafetyStep
from conversations.commands import Command, Disguise, OpenHandover, Remember
from conversations.conversation import Conversation, highest_danger
from conversations.reply import Button, Reply
from guidance.safety_paths import SafetyPath

REASON = "asked for a person in danger"
HIDING = ("cannot_write", "disguise")


@dataclass(frozen=True)
class SafetyAnswer:
    """The replies to a step, the first being the answer, and its commands."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True)
class SafetyTalk:
    """One migrant's place in the safety dialogue; `has_engine` says whether entries can be shown at present."""

    ground: Ground
    conversation: Conversation
    path: SafetyPath
    variant: str
    default_country: str
    has_engine: bool

    def answer(self, step: SafetyStep) -> SafetyAnswer:
        """What is said and done at this step. Whoever takes up the talk openly is not disguised any more."""
        said = self._answer(step)
        if not self.conversation.is_disguised or step.step in HIDING:
            return said
        return replace(said, commands=(Disguise(False), *said.commands))

    def _answer(self, step: SafetyStep) -> SafetyAnswer:
        match step.step:
            case "can_write":
                return SafetyAnswer(self._path_replies())
            case "cannot_write":
                return SafetyAnswer((self._cannot_write(),), (Disguise(),))
            case "disguise":
                return SafetyAnswer((self._harmless(),), (Disguise(),))
            case "resume":
                return SafetyAnswer(self._again())
            case "person":
                return self._person()
            case "country":
                return self._country(step.country)
        return SafetyAnswer((self._no_danger(),))

    def _again(self) -> tuple[Reply, ...]:
        """The first question anew; who came meanwhile is named now, because it was not said to a stranger's eyes."""
        said = Reply(self._text("safety_again"), first_buttons(self.ground, self.conversation, self.path, self.variant))
        if not self.conversation.is_held:
            return (said,)
        key = "operator_joined" if self.conversation.state == "operator" else "waiting_in_queue"
        return said, notice(self.ground, key, self.variant)

    def _path_replies(self) -> tuple[Reply, ...]:
        """What to do now, a person, the number; the country is asked last, where it is not known."""
        said = tuple(Reply(self._text(key)) for key in self.path.texts(self.conversation.signs))
        country = self.conversation.country
        if country is None:
            return (*said, self._offer(None), self._where())
        return (*said, *self._places(country), self._offer(country))

    def _places(self, country: str | None) -> tuple[Reply, ...]:
        """The emergency number of a country and, on a path that has them, those to turn to there."""
        number = emergency_line(self.ground, country or "", self.variant, self.path.numbers)
        said = Reply(self._text("safety_number", number=number))
        return (said, self._contacts(country)) if self.path.has_contacts else (said,)

    def _where(self) -> Reply:
        number = emergency_line(self.ground, self.default_country, self.variant, self.path.numbers)
        text = f"{self._text('safety_number', number=number)}\n\n{self._text('safety_where')}"
        return Reply(text, (*map(self._country_button, self.ground.numbers.countries()), self._country_button()))

    def _country_button(self, country: str = OTHER_COUNTRY) -> Button:
        name = self.ground.places.country_name(country, self.variant)
        title = self._text("safety_button_other_country") if country == OTHER_COUNTRY else name
        return Button(title, SafetyStep("country", self.path.id, country).payload)

    def _country(self, chosen: str | None) -> SafetyAnswer:
        """The number and the addresses of the chosen country, which is kept as when it is told in any other way."""
        country = chosen if chosen in self.ground.places.codes() else None
        commands = (Remember(country),) if country else ()
        first, *more = self._places(country)
        buttons = self._ways_on(country)
        last = replace(more[-1] if more else first, buttons=buttons)
        return SafetyAnswer((first, last) if more else (last,), commands)

    def _contacts(self, country: str | None) -> Reply:
        found = self.ground.organisations.for_one_in_fear(country)
        if not found:
            return Reply(self._text("safety_contacts_none"))
        lines = (
            self._text("safety_contact_line", name=each.name(self.variant), at=each.page, source=named_source(source))
            for each in found
            for source in each.sources[:1]
        )
        name = self.ground.places.country_name(str(country), self.variant)
        return Reply(self._text("safety_contacts", country=name, lines="\n".join(lines)))

    def _offer(self, country: str | None) -> Reply:
        key = "safety_offer_held" if self.conversation.is_held else "safety_offer"
        words = self.ground.words
        text = self._text(
            key, code_word=words.word("disguise", self.variant), exit_word=words.word("exit", self.variant)
        )
        return Reply(text, self._ways_on(country))

    def _ways_on(self, country: str | None) -> tuple[Button, ...]:
        """A person, another subject, more to read, the exit; what a person is called for already is left out."""
        ground, path, variant = self.ground, self.path, self.variant
        hide, leave = step_button(ground, "disguise", path, variant), exit_button(ground, variant)
        if self.conversation.is_held:
            return hide, leave
        person = step_button(ground, "person", path, variant)
        entry = path.entry(country) if self.has_engine else None
        more = (Button(self._text("safety_button_entry"), f'/show_entry{{"entry": "{entry}"}}'),) if entry else ()
        return fitting(self.conversation, (person, hide, *more, leave))

    def _cannot_write(self) -> Reply:
        word = self.ground.words.word("resume", self.variant)
        leave = exit_button(self.ground, self.variant)
        return Reply(self._text("safety_cannot_write", resume_word=word), (leave,))

    def _harmless(self) -> Reply:
        """Its subjects are the engine's to answer, so they are offered only where it can."""
        word = self.ground.words.word("resume", self.variant)
        said = answer(self.ground, "safety_disguise", self.variant, resume_word=word)
        return said if self.has_engine and not self.conversation.is_held else replace(said, buttons=())

    def _person(self) -> SafetyAnswer:
        if self.conversation.is_held:
            return SafetyAnswer((Reply(self._text("safety_already_called")),))
        level = highest_danger("concern", self.conversation.danger)
        replies = (
            answer(self.ground, "human_called", self.variant),
            notice(self.ground, "waiting_in_queue", self.variant),
        )
        return SafetyAnswer(replies, (OpenHandover(REASON, level, signs=self.conversation.signs),))

    def _no_danger(self) -> Reply:
        said = answer(self.ground, "safety_no_danger", self.variant)
        return replace(said, buttons=()) if self.conversation.is_held else said

    def _text(self, key: str, **values: object) -> str:
        return self.ground.wording.text(key, self.variant, **values)
