"""What is forgotten of a mailbox when its integration ends or begins anew. Callers commit."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.models import Cursor, Dirty, Integration, Intent, Pair, State


def forget_mailbox(session: Session, integration: Integration) -> None:
    """End the integration: *unused*, and nothing of what was paired is known any more. The login stays."""
    for table in (Intent, Pair, Dirty, Cursor):
        session.execute(delete(table).where(table.person_id == integration.person_id))
    never_used(integration)


def never_used(integration: Integration) -> None:
    """Make the row one of a mailbox that nothing was ever read from or written to. The login stays."""
    integration.state = State.UNUSED
    integration.mailbox = integration.mailbox_identity = integration.folder_identity = None
    integration.connection = None
    integration.last_synced_at = None
    integration.waiting = 0
    forget_troubles(integration)
    match_anew(integration)


def leave_folder(session: Session, person_id: int) -> None:
    """Forget how far Exchange was read: a cursor means nothing in another folder."""
    for table in (Cursor, Dirty):
        session.execute(delete(table).where(table.person_id == person_id, table.side == Side.EXCHANGE.value))


def match_anew(integration: Integration) -> None:
    """Make the next cycle a first one; what a cycle under way still reports is not heard."""
    integration.matched = False
    integration.generation += 1
    integration.fence += 1


def forget_troubles(integration: Integration) -> None:
    """No error, no delay, no next run."""
    integration.error_code, integration.error_params, integration.error_since = None, {}, None
    integration.failing_since, integration.attempts, integration.next_run_at = None, 0, None
