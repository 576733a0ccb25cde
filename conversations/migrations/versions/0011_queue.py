"""The queue: operators' desks and teams, transfers with a note, what the bot has tried, where a step stands."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add tables and columns."""
    op.add_column("handovers", sa.Column("topic", TEXT))
    op.add_column("handovers", sa.Column("first_note", sa.JSON()))
    op.add_column("handovers", sa.Column("team", TEXT))
    op.add_column("handovers", sa.Column("team_since", TIME))
    op.add_column("handovers", sa.Column("returned_from", TEXT))
    op.add_column("handovers", sa.Column("is_return_said", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("handovers", sa.Column("learnt_at", TIME))
    op.execute("UPDATE handovers SET learnt_at = ended_at")
    op.create_index(
        "ix_handovers_open",
        "handovers",
        ["opened_at"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("handover_log", sa.Column("after_cursor", NUMBER))
    _desks()
    _of_conversations()


def _desks() -> None:
    of_operator = {"name": "fk_operator_desks_name", "ondelete": "CASCADE"}
    op.create_table(
        "operator_desks",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("open_limit", sa.Integer()),
        sa.Column("is_present", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("seen_at", TIME),
        sa.Column("given_at", TIME),
        sa.ForeignKeyConstraint(["name"], ["operators.name"], **of_operator),
        sa.PrimaryKeyConstraint("name", name="pk_operator_desks"),
    )
    op.create_table(
        "team_members",
        sa.Column("team", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["name"], ["operators.name"], **of_operator | {"name": "fk_team_members_name"}),
        sa.PrimaryKeyConstraint("team", "name", name="pk_team_members"),
    )
    op.create_index("ix_team_members_name", "team_members", ["name"])


def _of_conversations() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("handover_id", NUMBER, nullable=False),
        sa.Column("sender", TEXT, nullable=False),
        sa.Column("to_operator", TEXT),
        sa.Column("to_team", TEXT),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_transfers_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["handover_id"], ["handovers.id"], name="fk_transfers_handover_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transfers_conversation", "transfers", ["conversation_id", "id"])
    op.create_index("ix_transfers_handover_id", "transfers", ["handover_id"])
    op.create_table(
        "tried",
        sa.Column("conversation_id", TEXT, nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_tried_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_tried"),
    )


def downgrade() -> None:
    """Remove them."""
    for table in ("tried", "transfers", "team_members", "operator_desks"):
        op.drop_table(table)
    op.drop_index("ix_handovers_open", "handovers")
    op.drop_column("handover_log", "after_cursor")
    for name in ("learnt_at", "is_return_said", "returned_from", "team_since", "team", "first_note", "topic"):
        op.drop_column("handovers", name)
