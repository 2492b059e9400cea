"""The audit trail says through what a change was made: a window, a command or the engine.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of what was written before nobody knows it any more.
    op.add_column("audit", sa.Column("face", sa.String(length=10), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("audit", "face")
