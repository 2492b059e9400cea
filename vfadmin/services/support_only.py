"""What a shared database keeps for support is refused before anything is done for it (R14, R27)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfadmin.errors import StoreError, failure
from vfadmin.models import Connection


def refuse_unless_support(session: Session) -> None:
    """Raise StoreError VF-ROLE-01 where the database keeps for support what is going to be asked of it.

    To be asked before a secret goes into the keyring: the database refuses only what comes to it.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    if not session.scalar(select(func.has_table_privilege(Connection.__tablename__, "INSERT"))):
        raise StoreError(failure("VF-ROLE-01"))
