"""Danger is told apart: its signs reach the queue, and a talk can hide behind a harmless subject."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("conversations", sa.Column("safety_signs", sa.Text(), nullable=False, server_default=""))
    op.add_column("conversations", sa.Column("is_disguised", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("conversations", sa.Column("hidden_up_to", NUMBER))
    op.add_column("handovers", sa.Column("signs", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("handovers", "signs")
    op.drop_column("conversations", "hidden_up_to")
    op.drop_column("conversations", "is_disguised")
    op.drop_column("conversations", "safety_signs")
