"""Both calendars of a person side by side, through the keepers themselves: equal or not, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vfadmin.calendars.base import Calendar
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.sync.servers import server_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many events stand on the ValueFrame side, and how many have no equal on the other side."""

    events: int
    differing: int

    @property
    def equal(self) -> bool:
        """Whether each event of either side has its equal on the other."""
        return self.differing == 0


def compare(
    store: Store,
    connection: str,
    secret: Callable[[str], str],
    people: Sequence[tuple[int, str]],
    clock: Callable[[], datetime],
) -> Comparison:
    """Compare the calendars of these persons (id and mailbox address), over the connection of that name."""
    with store.read() as session:
        row = session.get_one(Connection, connection)
    server = server_of(row, lambda: secret(connection))
    events = differing = 0
    try:
        for person_id, mailbox in people:
            valueframe = SqlCalendar(store, person_id, clock=clock, default_type=lambda: None)
            exchange = server.calendar(mailbox, "default", None)
            ours, theirs = shown(valueframe, exchange), shown(exchange, valueframe)
            events += ours.total()
            differing += max((ours - theirs).total(), (theirs - ours).total())
            exchange.close()
    finally:
        server.close()
    return Comparison(events, differing)


def shown(calendar: Calendar, other: Calendar) -> Counter[Event]:
    """Every event of a calendar in the form in which both sides can show it, and how often."""
    ids = [changed.id for page in calendar.changes(None) for changed in page.changed]
    items = calendar.fetch(ids).items.values()
    project, other_project = calendar.capabilities.project, other.capabilities.project
    return Counter(project(other_project(item.event)) for item in items)
