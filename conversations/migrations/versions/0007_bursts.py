"""Several messages as one question, who wants nothing unasked, who was told of a backlog, marks that came too early."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("inbox", sa.Column("is_joinable", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("inbox", sa.Column("ready_at", TIME))
    op.add_column("inbox", sa.Column("joined_to", NUMBER))
    _of_conversation("opt_outs", sa.Column("at", TIME, nullable=False))
    _of_conversation("told_of_backlog")
    op.create_table(
        "early_marks",
        sa.Column("place", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("at", TIME, nullable=False),
        sa.Column("noted_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("place", "status", name="pk_early_marks"),
    )
    op.create_index("ix_early_marks_noted_at", "early_marks", ["noted_at"])


def downgrade() -> None:
    """Remove them."""
    for table in ("early_marks", "told_of_backlog", "opt_outs"):
        op.drop_table(table)
    for name in ("joined_to", "ready_at", "is_joinable"):
        op.drop_column("inbox", name)


def _of_conversation(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("conversation_id", TEXT, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=f"fk_{name}_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=f"pk_{name}"),
    )
