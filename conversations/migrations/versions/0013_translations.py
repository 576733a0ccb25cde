"""Translations of messages, the switch of a conversation, and which operator knows where words go."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "translations",
        sa.Column("cursor", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("variant", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("is_original", sa.Boolean(), nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["cursor"], ["transcript.cursor"], name="fk_translations_cursor", ondelete="CASCADE"),
        _of_conversation("translations"),
        sa.PrimaryKeyConstraint("cursor", "variant", name="pk_translations"),
    )
    op.create_table(
        "translation_switches",
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("operator", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        _of_conversation("translation_switches"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_translation_switches"),
    )
    op.create_table(
        "translation_consents",
        sa.Column("operator", TEXT, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator"], ["operators.name"], name="fk_translation_consents_operator", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("operator", "host", name="pk_translation_consents"),
    )


def downgrade() -> None:
    """Remove them."""
    for name in ("translation_consents", "translation_switches", "translations"):
        op.drop_table(name)


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name, ondelete="CASCADE")
