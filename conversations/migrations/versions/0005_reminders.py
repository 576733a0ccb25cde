"""Reminders, and messages that a messenger does not let through until the person writes again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table and the columns."""
    op.add_column("conversations", sa.Column("held_since", TIME))
    op.add_column("conversations", sa.Column("held_reason", TEXT))
    op.create_table(
        "reminders",
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("next_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_reminders_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "kind", name="pk_reminders"),
    )
    op.create_index("ix_reminders_next_day", "reminders", ["next_day"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("reminders")
    for name in ("held_reason", "held_since"):
        op.drop_column("conversations", name)
