"""What migrants send beside text: references while it is fetched, sizes of files, speech that became text."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables and the columns."""
    op.add_column("transcript", sa.Column("is_speech", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("attachments", sa.Column("size_bytes", sa.Integer()))
    op.create_table(
        "received_media",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("cursor", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("size_bytes", NUMBER),
        sa.Column("seconds", sa.Integer()),
        sa.Column("stored_at", TIME, nullable=False),
        sa.Column("ready_at", TIME),
        sa.Column("tries", sa.Integer(), nullable=False),
        _belongs("received_media", "conversation_id", "conversations.id"),
        _belongs("received_media", "cursor", "transcript.cursor"),
        sa.PrimaryKeyConstraint("id", name="pk_received_media"),
        sqlite_autoincrement=True,
    )
    for column in ("ready_at", "cursor", "conversation_id"):
        op.create_index(f"ix_received_media_{column}", "received_media", [column])
    op.create_table(
        "voice_notices",
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        _belongs("voice_notices", "conversation_id", "conversations.id"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_voice_notices"),
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("voice_notices", "received_media"):
        op.drop_table(table)
    op.drop_column("attachments", "size_bytes")
    op.drop_column("transcript", "is_speech")


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete="CASCADE")
