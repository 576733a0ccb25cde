"""Several gateways on one database: what only one of them does, and whose delivery a message is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text()


def upgrade() -> None:
    """Add the table and the column."""
    op.add_column("outbox", sa.Column("worker", TEXT))
    op.create_table(
        "duties",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_duties"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("duties")
    op.drop_column("outbox", "worker")
