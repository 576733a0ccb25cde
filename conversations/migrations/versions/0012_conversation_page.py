"""What the bot understood, versions of a message, and operators' internal notes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, the table and the indexes."""
    for name, kind in (("topic", TEXT), ("confidence", sa.Float()), ("entry", TEXT)):
        op.add_column("transcript", sa.Column(name, kind))
    op.add_column("transcript", sa.Column("replaces", NUMBER))
    op.add_column("transcript", sa.Column("taken_back_at", TIME))
    op.add_column("transcript", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "internal_notes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("operator", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_internal_notes_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_internal_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_internal_notes_conversation", "internal_notes", ["conversation_id", "id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("internal_notes")
    for name in ("revision", "taken_back_at", "replaces", "entry", "confidence", "topic"):
        op.drop_column("transcript", name)
