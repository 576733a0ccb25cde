"""Referrals with their log, needs counted without the person, and the bot's first note on a handover."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables and the column."""
    op.add_column("handovers", sa.Column("note", sa.JSON()))
    _create_referrals()
    _create_referral_log()
    _create_needs_counted()


def downgrade() -> None:
    """Remove them."""
    for name in ("needs_counted", "referral_log", "referrals"):
        op.drop_table(name)
    op.drop_column("handovers", "note")


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("organisation", TEXT, nullable=False),
        sa.Column("need", TEXT, nullable=False),
        sa.Column("country", TEXT),
        sa.Column("variant", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("operator", TEXT, nullable=False),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("consented_at", TIME),
        sa.Column("passed_on_at", TIME),
        sa.Column("note", TEXT, nullable=False),
        _to_conversation("referrals"),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
        sa.UniqueConstraint("code", name="uq_referrals_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referrals_conversation", "referrals", ["conversation_id", "id"])


def _create_referral_log() -> None:
    op.create_table(
        "referral_log",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to_conversation("referral_log"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_log_conversation", "referral_log", ["conversation_id", "id"])


def _create_needs_counted() -> None:
    parts = ("need", "country", "citizenship", "language")
    op.create_table(
        "needs_counted",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in parts),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", *parts, name="pk_needs_counted"),
    )


def _to_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")
