"""The first tables: conversations, messages, handovers, dialogues, operators, totals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create all tables."""
    _create_conversations()
    _create_messages()
    _create_handovers()
    _create_dialogues()
    _create_operators()
    _create_totals()


def downgrade() -> None:
    """Drop all tables."""
    for name in reversed(TABLES):
        op.drop_table(name)


TABLES = (
    "conversations",
    "transcript",
    "inbox",
    "outbox",
    "handovers",
    "handover_log",
    "dialogue_states",
    "dialogue_answers",
    "erased_dialogues",
    "operators",
    "operator_sessions",
    "totals",
)


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        _needed("id", TEXT),
        _needed("channel", TEXT),
        _needed("address", TEXT),
        sa.Column("token_hash", TEXT),
        sa.Column("variant", TEXT),
        _needed("is_language_chosen", sa.Boolean()),
        _needed("state", TEXT),
        sa.Column("operator", TEXT),
        _needed("danger", TEXT),
        sa.Column("country", TEXT),
        sa.Column("citizenship", TEXT),
        _needed("is_greeted", sa.Boolean()),
        _needed("safety_level", TEXT),
        _needed("messages_since_safety", sa.Integer()),
        _needed("created_at", TIME),
        _needed("last_message_at", TIME),
        sa.Column("turn_number", NUMBER),
        sa.Column("turn_ready_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "address", name="uq_conversations_channel_address"),
        sa.UniqueConstraint("token_hash", name="uq_conversations_token_hash"),
    )
    op.create_index("ix_conversations_last_message_at", "conversations", ["last_message_at"])
    op.create_index(
        "ix_conversations_turns",
        "conversations",
        ["turn_ready_at", "turn_number"],
        **_where("turn_ready_at IS NOT NULL"),
    )


def _create_messages() -> None:
    op.create_table(
        "transcript",
        _needed("cursor", NUMBER),
        _needed("conversation_id", TEXT),
        _needed("sender", TEXT),
        _needed("text", TEXT),
        _needed("buttons", sa.JSON()),
        _needed("at", TIME),
        sa.Column("message_id", TEXT),
        sa.Column("payload", TEXT),
        sa.Column("variant", TEXT),
        sa.Column("danger", TEXT),
        _needed("signs", sa.JSON()),
        sa.Column("answered_by", NUMBER),
        sa.Column("reply_to", TEXT),
        _needed("answers", sa.JSON()),
        sa.Column("question_id", TEXT),
        sa.Column("position", sa.Integer()),
        sa.Column("release", TEXT),
        sa.Column("operator", TEXT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_transcript_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cursor", name="pk_transcript"),
        sa.UniqueConstraint("conversation_id", "message_id", name="uq_transcript_conversation_id_message_id"),
        sa.UniqueConstraint(
            "conversation_id", "question_id", "position", name="uq_transcript_conversation_id_question_id_position"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transcript_conversation", "transcript", ["conversation_id", "cursor"])
    op.create_index(
        "ix_transcript_unanswered",
        "transcript",
        ["conversation_id", "cursor"],
        **_where("message_id IS NOT NULL AND answered_by IS NULL"),
    )
    op.create_table(
        "inbox",
        _needed("number", NUMBER),
        _needed("conversation_id", TEXT),
        _needed("message_id", TEXT),
        _needed("cursor", NUMBER),
        _needed("stored_at", TIME),
        sa.Column("worker", TEXT),
        _needed("claims", sa.Integer()),
        _needed("tries", sa.Integer()),
        sa.Column("done_at", TIME),
        sa.Column("outcome", TEXT),
        sa.Column("reason", TEXT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_inbox_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_inbox"),
        sa.UniqueConstraint("conversation_id", "message_id", name="uq_inbox_conversation_id_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_pending", "inbox", ["conversation_id", "number"], **_where("done_at IS NULL"))
    op.create_table(
        "outbox",
        _needed("cursor", NUMBER, autoincrement=False),
        _needed("conversation_id", TEXT),
        _needed("ready_at", TIME),
        _needed("tries", sa.Integer()),
        sa.Column("done_at", TIME),
        sa.Column("outcome", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("platform_id", TEXT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_outbox_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["cursor"], ["transcript.cursor"], name="fk_outbox_cursor", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cursor", name="pk_outbox"),
    )
    op.create_index("ix_outbox_pending", "outbox", ["conversation_id", "cursor"], **_where("done_at IS NULL"))
    op.create_index("ix_outbox_ready", "outbox", ["ready_at"], **_where("done_at IS NULL"))


def _create_handovers() -> None:
    op.create_table(
        "handovers",
        _needed("id", NUMBER),
        _needed("conversation_id", TEXT),
        _needed("reason", TEXT),
        _needed("danger", TEXT),
        _needed("opened_at", TIME),
        sa.Column("operator", TEXT),
        sa.Column("taken_at", TIME),
        sa.Column("ended_at", TIME),
        sa.Column("outcome", TEXT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handovers_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handovers_conversation", "handovers", ["conversation_id"])
    op.create_index("uq_handovers_open", "handovers", ["conversation_id"], unique=True, **_where("ended_at IS NULL"))
    op.create_table(
        "handover_log",
        _needed("id", NUMBER),
        _needed("conversation_id", TEXT),
        _needed("step", TEXT),
        _needed("who", TEXT),
        _needed("why", TEXT),
        _needed("at", TIME),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handover_log_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handover_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handover_log_conversation", "handover_log", ["conversation_id", "id"])


def _create_dialogues() -> None:
    op.create_table(
        "dialogue_states",
        _needed("sender_id", TEXT),
        _needed("version", sa.Integer()),
        _needed("state", TEXT),
        _needed("saved_at", TIME),
        sa.PrimaryKeyConstraint("sender_id", name="pk_dialogue_states"),
    )
    op.create_index("ix_dialogue_states_saved_at", "dialogue_states", ["saved_at"])
    op.create_table(
        "dialogue_answers",
        _needed("sender_id", TEXT),
        _needed("message_id", TEXT),
        _needed("answer", TEXT),
        _needed("at", TIME),
        sa.PrimaryKeyConstraint("sender_id", "message_id", name="pk_dialogue_answers"),
    )
    op.create_index("ix_dialogue_answers_at", "dialogue_answers", ["at"])
    op.create_table(
        "erased_dialogues",
        _needed("sender_id", TEXT),
        _needed("at", TIME),
        sa.PrimaryKeyConstraint("sender_id", name="pk_erased_dialogues"),
    )
    op.create_index("ix_erased_dialogues_at", "erased_dialogues", ["at"])


def _create_operators() -> None:
    op.create_table(
        "operators",
        _needed("name", TEXT),
        _needed("password_hash", TEXT),
        _needed("added_at", TIME),
        sa.PrimaryKeyConstraint("name", name="pk_operators"),
    )
    op.create_table(
        "operator_sessions",
        _needed("token_hash", TEXT),
        _needed("name", TEXT),
        _needed("ends_at", TIME),
        sa.ForeignKeyConstraint(["name"], ["operators.name"], name="fk_operator_sessions_name", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_operator_sessions"),
    )
    op.create_index("ix_operator_sessions_name", "operator_sessions", ["name"])


def _create_totals() -> None:
    op.create_table(
        "totals", _needed("name", TEXT), _needed("value", NUMBER), sa.PrimaryKeyConstraint("name", name="pk_totals")
    )


def _needed(name: str, kind: Any, **options: Any) -> Any:
    return sa.Column(name, kind, nullable=False, **options)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
