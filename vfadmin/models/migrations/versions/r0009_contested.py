"""An operation says whether an admin may still restore what it took from the loser of a conflict.

Revision: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RUN = sa.table("run", sa.column("id"), sa.column("conflicts"))
HISTORY = sa.table(
    "history",
    sa.column("id"),
    sa.column("run_id"),
    sa.column("operation"),
    sa.column("reason"),
    sa.column("contested", sa.Boolean()),
)


def upgrade() -> None:
    op.add_column("history", sa.Column("contested", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_history_contested",
        "history",
        ["person_id"],
        sqlite_where=sa.text("contested = 1"),
        postgresql_where=sa.text("contested"),
    )
    _take_over()


def _take_over() -> None:
    """What was settled before this revision, and is still kept, can be looked at like what comes."""
    with_conflicts = sa.select(RUN.c.id).where(RUN.c.conflicts > 0)
    settled = sa.update(HISTORY).where(
        HISTORY.c.run_id.in_(with_conflicts),
        HISTORY.c.operation == "update",
        HISTORY.c.reason == "conflict",
    )
    op.execute(settled.values(contested=True))


def downgrade() -> None:
    op.drop_index("ix_history_contested", table_name="history")
    op.drop_column("history", "contested")
