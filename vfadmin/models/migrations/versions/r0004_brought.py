"""A pair says whether its item in Exchange was brought there from ValueFrame.

Until now the UID alone said so. That of a copy of another person's meeting does not: such pairs of former
versions count as not brought, and the item is left where it is.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OWN_UID = "040000008200E00074C5B7101A82E008" + "0" * 40 + "10000000" + "_" * 32
"""The UID that vfadmin makes from a key, as a pattern of LIKE; Outlook's own have a creation time."""


def upgrade() -> None:
    op.add_column("pair", sa.Column("brought", sa.Boolean(), server_default=sa.false(), nullable=False))
    pair = sa.table("pair", sa.column("uid", sa.Text()), sa.column("brought", sa.Boolean()))
    op.execute(pair.update().where(sa.func.upper(pair.c.uid).like(_OWN_UID)).values(brought=sa.true()))


def downgrade() -> None:
    op.drop_column("pair", "brought")
