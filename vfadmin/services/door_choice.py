"""Choosing by hand which connection leads to a mailbox, where its login does not tell (R3)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Connection, Integration, Person, State
from vfadmin.models.store import Store
from vfadmin.services.activation import RowResult
from vfadmin.services.audit import Actor, record
from vfadmin.services.connections import found_connection
from vfadmin.services.directory import Clock
from vfadmin.services.rows import chunks
from vfadmin.services.subjects import subjects
from vfadmin.services.transitions import integration_for, shown, state_of


class DoorChoice:
    """What is chosen stands until the integration is removed; else the first look at a mailbox decides."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def choose(self, ids: Sequence[int], connection: str | None) -> list[RowResult]:
        """Have the connection of that name lead to these mailboxes; None leaves it to their logins again.

        Refused for a mailbox that was found already (VF-STATE-01): its items have other ids over another
        protocol. Raises UsageError EX-CONN-01, EX-CONN-09.
        """
        results: list[RowResult] = []
        for chunk in chunks(dict.fromkeys(ids)):
            with self._store.write() as session:
                chosen = None if connection is None else found_connection(session, connection)
                results += [
                    RowResult(one, ok=False, state=None, error=failure("VF-PERSON-01", person=one))
                    if found is None
                    else self._row(session, chosen, *found)
                    for one, found in subjects(session, chunk)
                ]
        return results

    def _row(
        self, session: Session, chosen: Connection | None, person: Person, integration: Integration | None
    ) -> RowResult:
        state, name = state_of(integration), None if chosen is None else chosen.name
        before = None if integration is None else integration.connection
        if before == name:
            return RowResult(person.id, ok=True, state=state)
        if integration is not None and state is not State.UNUSED and integration.mailbox is not None:
            refused = failure("VF-STATE-01", person=shown(person), state=state, action="connection")
            return RowResult(person.id, ok=False, state=state, error=refused)
        try:
            integration = integration_for(session, person, integration)
        except UsageError as error:
            return RowResult(person.id, ok=False, state=state, error=error.failure)
        integration.connection = name
        integration.version += 1
        record(
            session,
            self._actor,
            "integration.connection",
            f"person:{person.id}",
            {"connection": before},
            {"connection": name},
            self._clock(),
        )
        return RowResult(person.id, ok=True, state=state, changed=True)
