"""A pair keeps what an admin has decided about a deletion that was held.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pair", sa.Column("decision", sa.String(length=8), nullable=True))


def downgrade() -> None:
    op.drop_column("pair", "decision")
