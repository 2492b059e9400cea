"""Undoing the last change of a row: back to what it was, if nothing has touched it since (R23).

An undo never takes a calendar back. Undoing an activation is a passivation: what was synchronised meanwhile
stays in both calendars, and what was paired stays paired.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Integration, Person, State
from vfadmin.services.rows import ErrorInfo, PersonRow, version_of
from vfadmin.services.subjects import judged_login
from vfadmin.services.transitions import Action, enter_login, judge, perform, shown, state_of, stop_again


@dataclass(frozen=True, slots=True)
class Trace:
    """One row of a change that can be undone.

    ``version`` and ``state`` are those the change left: an undo expects to find them. ``error`` is what had
    stopped the row before a passivation, ``login`` the former login where that was changed; without either it
    was activated or passivated, as ``state`` says.
    """

    id: int
    version: int
    state: State
    error: ErrorInfo | None = None
    login: str | None = None


def trace_of(person: Person, integration: Integration, error: ErrorInfo | None) -> Trace:
    """The trace of a change of the state that was just made."""
    return Trace(person.id, version_of(person, integration), state_of(integration), error)


def trace_of_login(before: PersonRow, after: PersonRow, version: int | None) -> Trace | None:
    """The trace of a login that was stored over ``version``; None if it is not sure what it replaced."""
    if before.version != version or before.login == after.login:
        return None
    return Trace(after.id, after.version, after.state, login=before.login)


def trouble_of(integration: Integration | None) -> ErrorInfo | None:
    """What has stopped the row, None if it is not stopped."""
    if integration is None or integration.state != State.ERROR or integration.error_code is None:
        return None
    return ErrorInfo(integration.error_code, integration.error_params, integration.error_since)


def undo(
    session: Session, trace: Trace, person: Person, integration: Integration | None, now: datetime
) -> Integration:
    """Bring the row back to what the trace says it was.

    Raises UsageError: VF-UNDO-01 (it has changed since), and what entering the login or activating raises.
    """
    changed = version_of(person, integration) != trace.version or state_of(integration) is not trace.state
    if integration is None or changed:
        raise UsageError(failure("VF-UNDO-01", person=shown(person)))
    if trace.login is not None:
        enter_login(person, integration, judged_login(session, person, integration, trace.login), now)
        return integration
    if trace.error is not None:
        stop_again(integration, trace.error.code, trace.error.params, trace.error.since)
        return integration
    action = Action.PASSIVATE if trace.state is State.ACTIVE else Action.ACTIVATE
    refused = judge(action, person, integration).failure
    if refused is not None:
        raise UsageError(refused)
    perform(session, action, person, integration, now)
    return integration
