"""All tables and their indexes; the migrations make exactly these."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
)

from conversations.columns import NUMBER, UtcTime, Words
from conversations.referral_tables import needs_counted as needs_counted
from conversations.referral_tables import referral_log as referral_log
from conversations.referral_tables import referrals as referrals
from conversations.reminder_tables import reminders as reminders
from conversations.schema import metadata as metadata
from conversations.schema import of_conversation

# `turn_number` is the oldest message without a turn (inbox.number); it can be claimed from `turn_ready_at` on, which is
# also the end of a lease: one small index finds the next turn, and the row lock keeps a conversation from two workers.
conversations = Table(
    "conversations",
    metadata,
    Column("id", Words, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("token_hash", Words, unique=True),
    Column("variant", Words),
    Column("is_language_chosen", Boolean, nullable=False, default=False),
    Column("state", Words, nullable=False, default="bot"),
    Column("operator", Words),
    Column("danger", Words, nullable=False, default="none"),
    Column("country", Words),
    Column("citizenship", Words),
    Column("is_greeted", Boolean, nullable=False, default=False),
    Column("safety_level", Words, nullable=False, default="none"),
    Column("messages_since_safety", Integer, nullable=False, default=0),
    Column("created_at", UtcTime, nullable=False),
    Column("last_message_at", UtcTime, nullable=False),
    Column("turn_number", NUMBER),
    Column("turn_ready_at", UtcTime),
    Column("heard_at", UtcTime),
    Column("unreachable_since", UtcTime),
    Column("held_since", UtcTime),
    Column("held_reason", Words),
    Column("safety_signs", Words, nullable=False, default="", server_default=""),
    Column("is_disguised", Boolean, nullable=False, default=False, server_default=false()),
    Column("hidden_up_to", NUMBER),
    UniqueConstraint("channel", "address"),
)
_has_turn = conversations.c.turn_ready_at.isnot(None)
Index(
    "ix_conversations_turns",
    conversations.c.turn_ready_at,
    conversations.c.turn_number,
    sqlite_where=_has_turn,
    postgresql_where=_has_turn,
)
Index("ix_conversations_last_message_at", conversations.c.last_message_at)

# Only migrants' rows have a `message_id`; `answered_by` is the cursor of the one answer.
transcript = Table(
    "transcript",
    metadata,
    Column("cursor", NUMBER, primary_key=True),
    of_conversation(),
    Column("sender", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("buttons", JSON, nullable=False, default=list),
    Column("at", UtcTime, nullable=False),
    Column("message_id", Words),
    Column("payload", Words),
    Column("variant", Words),
    Column("danger", Words),
    Column("signs", JSON, nullable=False, default=list),
    Column("answered_by", NUMBER),
    Column("reply_to", Words),
    Column("answers", JSON, nullable=False, default=list),
    Column("question_id", Words),
    Column("position", Integer),
    Column("release", Words),
    Column("operator", Words),
    UniqueConstraint("conversation_id", "message_id"),
    UniqueConstraint("conversation_id", "question_id", "position"),
    sqlite_autoincrement=True,
)
Index("ix_transcript_conversation", transcript.c.conversation_id, transcript.c.cursor)
_is_unanswered = transcript.c.message_id.isnot(None) & transcript.c.answered_by.is_(None)
Index(
    "ix_transcript_unanswered",
    transcript.c.conversation_id,
    transcript.c.cursor,
    sqlite_where=_is_unanswered,
    postgresql_where=_is_unanswered,
)

# `claims` counts every claim and tells a worker that its claim is lost; `tries` leaves out those put back unharmed.
inbox = Table(
    "inbox",
    metadata,
    Column("number", NUMBER, primary_key=True),
    of_conversation(),
    Column("message_id", Words, nullable=False),
    Column("cursor", NUMBER, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
    Column("worker", Words),
    Column("claims", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),
    Column("done_at", UtcTime),
    Column("outcome", Words),
    Column("reason", Words),
    UniqueConstraint("conversation_id", "message_id"),
    sqlite_autoincrement=True,
)
_in_inbox = inbox.c.done_at.is_(None)
Index("ix_inbox_pending", inbox.c.conversation_id, inbox.c.number, sqlite_where=_in_inbox, postgresql_where=_in_inbox)

outbox = Table(
    "outbox",
    metadata,
    Column(
        "cursor", NUMBER, ForeignKey("transcript.cursor", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    of_conversation(),
    Column("ready_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("done_at", UtcTime),
    Column("outcome", Words),
    Column("reason", Words),
)
_in_outbox = outbox.c.done_at.is_(None)
Index("ix_outbox_ready", outbox.c.ready_at, sqlite_where=_in_outbox, postgresql_where=_in_outbox)
Index(
    "ix_outbox_pending", outbox.c.conversation_id, outbox.c.cursor, sqlite_where=_in_outbox, postgresql_where=_in_outbox
)

# What a messenger calls our messages and the person's: to mark them, and to take them back there on a quick exit.
platform_messages = Table(
    "platform_messages",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("platform_id", Words, nullable=False),
    Column("cursor", NUMBER),
    Column("at", UtcTime, nullable=False),
    Column("status", Words),
    Column("reason", Words),
    Column("status_at", UtcTime),
    UniqueConstraint("conversation_id", "platform_id"),
    Index("ix_platform_messages_platform_id", "platform_id"),
    Index("ix_platform_messages_cursor", "cursor"),
    sqlite_autoincrement=True,
)

# Outlives its conversation, until the messenger has carried it out.
platform_deletions = Table(
    "platform_deletions",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("platform_ids", JSON, nullable=False),
    Column("ready_at", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)

attachments = Table(
    "attachments",
    metadata,
    Column("cursor", NUMBER, ForeignKey("transcript.cursor", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    of_conversation(),
    Column("name", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("reason", Words, nullable=False),
    Column("danger", Words, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("operator", Words),
    Column("taken_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("outcome", Words),
    Column("signs", Words, nullable=False, default="", server_default=""),
    Column("note", JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)
Index("ix_handovers_conversation", handovers.c.conversation_id)
_is_open = handovers.c.ended_at.is_(None)
Index(
    "uq_handovers_open",
    handovers.c.conversation_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)

handover_log = Table(
    "handover_log",
    metadata,
    Column("id", NUMBER, primary_key=True),
    of_conversation(),
    Column("step", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Index("ix_handover_log_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

dialogue_states = Table(
    "dialogue_states",
    metadata,
    Column("sender_id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("saved_at", UtcTime, nullable=False, index=True),
)
dialogue_answers = Table(
    "dialogue_answers",
    metadata,
    Column("sender_id", Words, primary_key=True),
    Column("message_id", Words, primary_key=True),
    Column("answer", Words, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)

# A dialogue that was in work while its conversation was erased must not come back.
erased_dialogues = Table(
    "erased_dialogues",
    metadata,
    Column("sender_id", Words, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)

operators = Table(
    "operators",
    metadata,
    Column("name", Words, primary_key=True),
    Column("password_hash", Words, nullable=False),
    Column("added_at", UtcTime, nullable=False),
)
operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("name", Words, ForeignKey("operators.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("ends_at", UtcTime, nullable=False),
)

totals = Table(
    "totals",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", NUMBER, nullable=False),
)
