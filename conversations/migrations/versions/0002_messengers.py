"""What messengers need: their ids of messages, what is to be taken back there, attachments, who can be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables and columns."""
    op.add_column("conversations", sa.Column("heard_at", TIME))
    op.add_column("conversations", sa.Column("unreachable_since", TIME))
    op.drop_column("outbox", "platform_id")
    _create_platform_messages()
    _create_platform_deletions()
    _create_attachments()


def downgrade() -> None:
    """Remove them."""
    for name in ("attachments", "platform_deletions", "platform_messages"):
        op.drop_table(name)
    op.add_column("outbox", sa.Column("platform_id", TEXT))
    op.drop_column("conversations", "unreachable_since")
    op.drop_column("conversations", "heard_at")


def _create_platform_messages() -> None:
    op.create_table(
        "platform_messages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("platform_id", TEXT, nullable=False),
        sa.Column("cursor", NUMBER),
        sa.Column("at", TIME, nullable=False),
        sa.Column("status", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("status_at", TIME),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_platform_messages_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_platform_messages"),
        sa.UniqueConstraint("conversation_id", "platform_id", name="uq_platform_messages_conversation_id_platform_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_platform_messages_platform_id", "platform_messages", ["platform_id"])
    op.create_index("ix_platform_messages_cursor", "platform_messages", ["cursor"])


def _create_platform_deletions() -> None:
    op.create_table(
        "platform_deletions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("platform_ids", sa.JSON(), nullable=False),
        sa.Column("ready_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_platform_deletions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_platform_deletions_ready_at", "platform_deletions", ["ready_at"])


def _create_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("cursor", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["cursor"], ["transcript.cursor"], name="fk_attachments_cursor", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_attachments_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cursor", "position", name="pk_attachments"),
    )
