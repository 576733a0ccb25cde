"""Erasure takes the conversation itself along: what is left for a while holds no id and no word of it."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; what reminded of erased dialogues by their ids does so by hashes."""
    connection = op.get_bind()
    old = sa.table("erased_dialogues", sa.column("sender_id", TEXT), sa.column("at", TIME))
    erased = connection.execute(sa.select(old).order_by(old.c.sender_id)).all()
    op.drop_table("erased_dialogues")
    op.create_table(
        "erased_dialogues",
        sa.Column("sender_hash", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("sender_hash", name="pk_erased_dialogues"),
    )
    op.create_index("ix_erased_dialogues_at", "erased_dialogues", ["at"])
    new = sa.table("erased_dialogues", sa.column("sender_hash", TEXT), sa.column("at", TIME), sa.column("is_own"))
    for row in erased:
        name = hashlib.sha256(row.sender_id.encode("utf-8", "surrogatepass")).hexdigest()
        connection.execute(sa.insert(new).values(sender_hash=name, at=row.at, is_own=False))
    op.create_table(
        "farewells",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("reply_to", TEXT),
        sa.Column("at", TIME, nullable=False),
        sa.Column("ready_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_farewells"),
        sqlite_autoincrement=True,
    )
    for column in ("at", "ready_at"):
        op.create_index(f"ix_farewells_{column}", "farewells", [column])
    op.create_table(
        "erasure_keys",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_erasure_keys"),
    )
    op.create_table(
        "erased_messages",
        sa.Column("mark", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_erased_messages"),
    )
    op.create_index("ix_erased_messages_day", "erased_messages", ["day"])


def downgrade() -> None:
    """Go back to the table of before, empty."""
    for table in ("erased_messages", "erasure_keys", "farewells", "erased_dialogues"):
        op.drop_table(table)
    op.create_table(
        "erased_dialogues",
        sa.Column("sender_id", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("sender_id", name="pk_erased_dialogues"),
    )
    op.create_index("ix_erased_dialogues_at", "erased_dialogues", ["at"])
