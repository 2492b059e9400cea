"""Whose mailbox an address is: the persons and resources that links may travel for (R9)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select

from vfadmin.calendars.base import Attendee, People
from vfadmin.models import CalendarChoice, Integration, Person, PersonKind, State
from vfadmin.models.prepared import run
from vfadmin.models.store import Store

_USABLE = (
    select(
        Person.id,
        Person.name,
        Person.kind,
        Person.email,
        Integration.login,
        Integration.mailbox,
        Integration.mailbox_identity,
        Integration.calendar,
    )
    .join(Integration, Integration.person_id == Person.id)
    .where(Integration.state != State.UNUSED.value, Integration.login != "")
    .order_by(Person.id)
)
"""R9 judges link by link: an integration that is not *unused* and has a login."""


def people_of(store: Store) -> People:
    """Everybody for whom links travel, as they stand now.

    An address is that of whose mailbox it is, or else of whose login, or else of whose e-mail; one that two
    persons share in the same way names neither. Who has no address of his own cannot be invited.
    """
    with store.read() as session:
        rows = run(session, _USABLE).all()
    known: dict[str, int] = {}
    for kind in ("mailbox", "mailbox_identity", "login", "email"):
        claims: dict[str, set[int]] = {}
        for row in rows:
            address = _address(getattr(row, kind))
            if address and address not in known:
                claims.setdefault(address, set()).add(row.id)
        known |= {address: ids.pop() for address, ids in claims.items() if len(ids) == 1}
    attendees = {
        row.id: Attendee(
            first,
            row.name,
            resource=row.kind == PersonKind.RESOURCE,
            organizes=row.kind == PersonKind.PERSON and row.calendar == CalendarChoice.DEFAULT,
        )
        for row in rows
        if (first := _own_address(row, known)) is not None
    }
    return People(MappingProxyType(known), MappingProxyType(attendees))


def _own_address(row: Row[Any], known: Mapping[str, int]) -> str | None:
    """The address by which the server knows the person best and that is nobody else's."""
    for candidate in (row.mailbox, row.login, row.email):
        if known.get(_address(candidate)) == row.id:
            return str(candidate).strip()
    return None


def _address(candidate: str | None) -> str:
    return candidate.strip().casefold() if candidate and "@" in candidate else ""
