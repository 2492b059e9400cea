"""Alembic's entry: the migrations run on the connection they are handed, in its transaction."""

from __future__ import annotations

from alembic import context

from vfadmin.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata)
context.run_migrations()
