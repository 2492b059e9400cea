"""Whose mailbox an address is: the persons and resources that links may travel for (R9)."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Attendee, People
from vfadmin.models import Integration, Person, PersonKind, State
from vfadmin.models.prepared import run
from vfadmin.models.store import Store

_USABLE = (
    select(Person.id, Person.name, Person.kind, Person.email, Integration.login, Integration.mailbox)
    .join(Integration, Integration.person_id == Person.id)
    .where(Integration.state != State.UNUSED, Integration.login != "")
    .order_by(Person.id)
)
"""R9 judges link by link: an integration that is not *unused* and has a login."""


def people_of(store: Store) -> People:
    """Everybody for whom links travel, as they stand now."""
    with store.read() as session:
        return usable_people(session)


def usable_people(session: Session) -> People:
    """The same inside a transaction. An address that two persons share names neither."""
    attendees: dict[int, Attendee] = {}
    persons: dict[str, set[int]] = {}
    for row in run(session, _USABLE):
        addresses = tuple(_addresses(row.mailbox, row.login, row.email))
        for address in addresses:
            persons.setdefault(address.casefold(), set()).add(row.id)
        if addresses:
            attendees[row.id] = Attendee(addresses[0], row.name, resource=row.kind == PersonKind.RESOURCE)
    known = {address: ids.copy().pop() for address, ids in persons.items() if len(ids) == 1}
    return People(MappingProxyType(known), MappingProxyType(attendees))


def _addresses(*candidates: str | None) -> Iterator[str]:
    """The mailbox's own address goes first: it is what the server knows it by."""
    for candidate in candidates:
        if candidate and "@" in candidate:
            yield candidate.strip()
