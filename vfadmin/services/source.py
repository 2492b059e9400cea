"""Which source ValueFrame's side has: the database (SQL, the default) or a REST interface."""

from __future__ import annotations

from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Setting

SQL, REST = "sql", "rest"
SETTING = "valueframe"


def needs_database(session: Session) -> None:
    """Refuse what knows the events in the database alone: those over REST are others.

    Raises UsageError VF-REST-17.
    """
    row = session.get(Setting, SETTING)
    if row is not None and row.value.get("source") == REST:
        raise UsageError(failure("VF-REST-17"))
