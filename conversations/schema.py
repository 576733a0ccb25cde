"""What all tables share: the metadata with its names for constraints, and the column of the conversation."""

from sqlalchemy import Column, ForeignKey, MetaData

from conversations.columns import Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def of_conversation() -> Column:
    """The conversation to which a row belongs and with which it goes."""
    return Column("conversation_id", Words, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False)
