"""Tables of what outlives an erased conversation for a short while; no word of a migrant stands in them."""

from sqlalchemy import Boolean, Column, Date, Integer, Table, false

from conversations.columns import NUMBER, UtcTime, Words
from conversations.schema import metadata

# A dialogue that was in work while its conversation was erased must not come back; `sender_hash` hides which it was.
erased_dialogues = Table(
    "erased_dialogues",
    metadata,
    Column("sender_hash", Words, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("is_own", Boolean, nullable=False, default=False, server_default=false()),
)

# The last sentence to a person whose conversation is erased. It goes with its row; on the web the address is the
# hash of the token, which only the person's own page can ask for.
farewells = Table(
    "farewells",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("reply_to", Words),
    Column("at", UtcTime, nullable=False, index=True),
    Column("ready_at", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)

# Messages that a messenger may still bring a second time after their erasure, as keyed hashes. The key of a day goes
# with its marks: then nobody can find out any more whose they were.
erasure_keys = Table(
    "erasure_keys",
    metadata,
    Column("day", Date, primary_key=True),
    Column("key", Words, nullable=False),
)
erased_messages = Table(
    "erased_messages",
    metadata,
    Column("mark", Words, primary_key=True),
    Column("day", Date, nullable=False, index=True),
)
