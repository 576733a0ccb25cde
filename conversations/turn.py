"""The end of a turn: replies, commands and "done" in one transaction; a second finish of a message changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from conversations import claim, erasing, writing
from conversations.claim import Claimed
from conversations.commands import (
    CloseHandover,
    Command,
    CountNeeds,
    Disguise,
    Erase,
    OpenHandover,
    QuickExit,
    Remember,
    SafetySaid,
    SetLanguage,
    SetReminder,
    StopReminders,
)
from conversations.conversation import Conversation, change_conversation, lock_conversation
from conversations.database import Database
from conversations.dialogue_state import forget_files
from conversations.disguise import disguise, end_disguise
from conversations.handover_steps import Step, end_handover, open_handover
from conversations.needs import count_needs
from conversations.notes import write_note
from conversations.reminders import set_reminder, stop_reminders
from conversations.reply import Reply
from conversations.replying import has_answer, is_answered, write_replies
from conversations.tables import transcript
from language.variants import language_of


def finish_turn(
    database: Database,
    claimed: Claimed,
    replies: Sequence[Reply],
    commands: Sequence[Command],
    release: str | None,
    now: datetime,
) -> bool:
    """Write what a turn has brought; False: nothing was written.

    That is so when the claim is lost, the message is finished or erased; or when an operator held the conversation at
    the claim, the bot has it now, and the turn brings no answer: then the message can be claimed anew at once.
    An answer to what has gone out of sight meanwhile is not shown. When the bot has to be silent by now, its replies
    are left out and the message waits for the operator; a message that an operator has answered meanwhile gets no
    second answer.
    """
    with database.begin() as connection:
        conversation = lock_conversation(connection, claimed.conversation_id)
        if conversation is None or not claim.holds(connection, claimed):
            return False
        has_answer_already = is_answered(connection, claimed)
        if not has_answer_already and _has_come_back(conversation, claimed, replies, commands):
            claim.release(connection, claimed, claimed.stored_at, is_try=False)
            return False
        writing.lock_transcript_end(connection)
        if _is_hidden(conversation, claimed):
            replies = ()
        is_silent = has_answer_already or (conversation.is_held and not _closes(commands))
        _finish(connection, conversation, claimed, replies, commands, release, now, is_silent)
    if _erases(commands):
        database.forget_journal()
    return True


def say_notice(database: Database, claimed: Claimed, reply: Reply, now: datetime) -> bool:
    """Say once, while a turn lasts, that it takes longer; False: it was said before, or the claim is lost."""
    with database.begin() as connection:
        conversation = lock_conversation(connection, claimed.conversation_id)
        if conversation is None or not claim.holds(connection, claimed) or _is_noticed(connection, claimed):
            return False
        writing.lock_transcript_end(connection)
        said = {"buttons": reply.buttons, "question_id": claimed.message_id, "position": writing.NOTICE_POSITION}
        writing.append(connection, conversation, "system", reply.text, now, **said)
        return True


def _finish(
    connection: Connection,
    conversation: Conversation,
    claimed: Claimed,
    replies: Sequence[Reply],
    commands: Sequence[Command],
    release: str | None,
    now: datetime,
    is_silent: bool,
) -> None:
    if any(isinstance(command, QuickExit) for command in commands) and conversation.channel == "web":
        erasing.erase_conversation(connection, conversation.id, now)
        return
    for command in commands:
        carry_out(connection, conversation, claimed, command, now)
    write_replies(connection, conversation, claimed, replies, release, now, is_silent=is_silent)
    forget_files(connection, conversation.id, claimed.message_id)
    if _erases(commands):
        change_conversation(connection, conversation.id, is_greeted=False)
    claim.end(connection, claimed, "done", None, now)


def carry_out(
    connection: Connection, conversation: Conversation, claimed: Claimed, command: Command, now: datetime
) -> None:
    """Do what a command of this message's turn wants, inside an open transaction that has locked the conversation."""
    match command:
        case OpenHandover(reason, danger) as opened:
            open_handover(connection, conversation, reason, danger, now, opened.signs)
            if opened.note is not None:
                write_note(connection, conversation.id, opened.note)
        case CloseHandover():
            if conversation.is_held:
                end_handover(connection, conversation, Step("withdrawn", "migrant", "", now))
        case SetLanguage(variant):
            change_conversation(connection, conversation.id, variant=variant, is_language_chosen=True)
        case Remember(country, citizenship):
            known = {"country": country, "citizenship": citizenship}
            change_conversation(connection, conversation.id, **{name: value for name, value in known.items() if value})
        case CountNeeds(needs, country, citizenship):
            language = _language(conversation.variant or claimed.variant)
            count_needs(connection, needs, country, citizenship, language, now)
        case SafetySaid(level):
            change_conversation(connection, conversation.id, safety_level=level, messages_since_safety=0)
        case Disguise(is_on):
            disguise(connection, conversation, claimed.cursor, now) if is_on else end_disguise(connection, conversation)
        case SetReminder(kind, on):
            set_reminder(connection, conversation.id, kind, on, now)
        case StopReminders(kind_to_stop):
            stop_reminders(connection, conversation.id, kind_to_stop)
        case Erase() | QuickExit():
            erasing.erase_up_to(connection, conversation, claimed, now)


def _is_hidden(conversation: Conversation, claimed: Claimed) -> bool:
    """Whether the question went out of sight while its answer was made: the answer would tell of it."""
    return conversation.is_disguised and claimed.cursor <= (conversation.hidden_up_to or 0)


def _language(variant: str | None) -> str:
    return language_of(variant)[0] if variant else ""


def _has_come_back(
    conversation: Conversation, claimed: Claimed, replies: Sequence[Reply], commands: Sequence[Command]
) -> bool:
    was_held_then = claimed.conversation.is_held and not conversation.is_held
    return was_held_then and not has_answer(replies) and not _erases(commands)


def _closes(commands: Sequence[Command]) -> bool:
    return _erases(commands) or any(isinstance(command, CloseHandover) for command in commands)


def _erases(commands: Sequence[Command]) -> bool:
    return any(isinstance(command, Erase | QuickExit) for command in commands)


def _is_noticed(connection: Connection, claimed: Claimed) -> bool:
    found = select(transcript.c.cursor).where(
        transcript.c.conversation_id == claimed.conversation_id,
        transcript.c.question_id == claimed.message_id,
        transcript.c.position == writing.NOTICE_POSITION,
    )
    return connection.execute(found).first() is not None
