"""Participants have copies of an event in their own calendars, with pairs and marks of their own.

And the deletions of all mailboxes together are counted without reading the whole history.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEYS = "ix_participant_person_key"
_OPERATIONS = "ix_history_operation_at"


def upgrade() -> None:
    op.add_column("event", sa.Column("provisional", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("participant", sa.Column("sync_key", sa.String(length=36), nullable=True))
    op.add_column("participant", sa.Column("sync_stamp", sa.String(length=36), nullable=True))
    op.create_index(_KEYS, "participant", ["person_id", "sync_key"], unique=True)
    op.add_column("pair", sa.Column("participating", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("pair", sa.Column("sequence", sa.Integer(), nullable=True))
    op.create_index(_OPERATIONS, "history", ["operation", "at"], unique=False)


def downgrade() -> None:
    op.drop_index(_OPERATIONS, "history")
    op.drop_column("pair", "sequence")
    op.drop_column("pair", "participating")
    op.drop_index(_KEYS, "participant")
    op.drop_column("participant", "sync_stamp")
    op.drop_column("participant", "sync_key")
    op.drop_column("event", "provisional")
