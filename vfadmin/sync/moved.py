"""Going on where the ids of the items in Exchange prove nothing any more. The callers commit.

What was paired stays known by what was last seen. The next cycle is a first one: it meets what is there by
key, UID, or start, end and title. Nothing is deleted on either side by way of this: what the calendar does
not hold is created there.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.models import Integration, Intent, Pair
from vfadmin.sync import dirty
from vfadmin.sync.forget import leave_folder, match_anew


def accept_mailbox(session: Session, integration: Integration) -> None:
    """Go on with another mailbox or calendar behind the login, because an admin has said so (R30)."""
    let_go(session, integration)
    integration.mailbox = integration.mailbox_identity = integration.folder_identity = None


def let_go(session: Session, integration: Integration) -> None:
    """Forget where in Exchange everything was; the next cycle looks for it."""
    person_id = integration.person_id
    # Whether an unfinished write landed, the item itself will tell.
    session.execute(delete(Intent).where(Intent.person_id == person_id))
    leave_folder(session, person_id)
    adrift = update(Pair).where(Pair.person_id == person_id)
    session.execute(adrift.values(exchange_id=None, exchange_version=None))
    paired = select(Pair.valueframe_id).where(Pair.person_id == person_id, Pair.valueframe_id.is_not(None))
    ids = [id_ for id_ in session.scalars(paired) if id_ is not None]
    dirty.mark(session, person_id, Side.VALUEFRAME, dict.fromkeys(ids))
    match_anew(integration)
