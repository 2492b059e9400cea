"""The store as the judgement of a list needs it."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from vfadmin.calendars.exchange.online import is_online
from vfadmin.models import Company, Connection, Integration, Pair, Person, State
from vfadmin.services.import_people import BLANK, Known, Snapshot

_EVERYBODY = (
    select(
        Person.id,
        Person.active,
        Integration.state,
        Integration.mailbox,
        exists().where(Pair.person_id == Person.id),
        Person.name,
        Person.email,
        Integration.login,
        Company.name.label("company"),
        Integration.calendar,
        Integration.calendar_name,
        Person.kind,
        Person.mobile_sync,
    )
    .outerjoin(Integration, Integration.person_id == Person.id)
    .outerjoin(Company, Company.id == Person.company_id)
    .order_by(Person.id)
)
_SHARED = ("company", "calendar", "calendar_name", "kind", "mobile_sync")
"""The last columns of the above, in their order."""


def take_snapshot(session: Session) -> Snapshot:
    """Everybody in the store, the companies, and whether all mailboxes are in Office 365."""
    # The driver makes a new text for every cell; of words that many share one copy is enough.
    shared: dict[str, str] = {}
    known = tuple(
        Known(
            id=number,
            active=active,
            state=State(state or State.UNUSED),
            mailbox=mailbox or "",
            paired=paired,
            facts={
                "name": name,
                "email": email,
                "login": login or "",
                **{
                    name: shared.setdefault(value, value) if value else BLANK[name]
                    for name, value in zip(_SHARED, words, strict=True)
                },
            },
        )
        for number, active, state, mailbox, paired, name, email, login, *words in session.execute(_EVERYBODY)
    )
    connections = session.scalars(select(Connection)).all()
    online = bool(connections) and all(_is_online(one) for one in connections)
    return Snapshot(known, frozenset(session.scalars(select(Company.name))), online)


def _is_online(connection: Connection) -> bool:
    """An own server's login is an AD name or an address, Office 365's an address; Graph reaches no other."""
    if connection.protocol == "graph" or connection.server_version == "online":
        return True
    return is_online(urlsplit(connection.url or "").hostname or "")
