"""Runs the migrations on the connection that `conversations.database.migrate` hands over."""

from alembic import context

from conversations.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
