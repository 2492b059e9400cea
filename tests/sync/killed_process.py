"""A process of its own that synchronises one mailbox; `VFADMIN_FAILPOINT` may end it anywhere.

Reads one JSON line from standard input: where the store and the server are, and the password.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta

from tests.sync.together import sync_as_in_a_round, unmoved_in
from tests.sync.world import PERSON, Doors
from vfadmin.calendars.base import Calendar
from vfadmin.calendars.ews import EwsConnection, EwsServer
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.models.store import open_store
from vfadmin.sync.cycle import Bench
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.values import GuardLimits, Policy

_LOOKS = 5


class LiveDoors(Doors):
    """Doors without faults."""

    def __init__(self, server: EwsServer, valueframe: SqlCalendar, mailbox: str) -> None:
        self._server = server
        self._valueframe = valueframe
        self._mailbox = mailbox

    def valueframe(self, person_id: int) -> Calendar:
        assert person_id == PERSON
        return self._valueframe

    def exchange(self, _mailbox: Mailbox) -> Calendar:
        return self._server.calendar(self._mailbox, "default", None)


def main() -> None:
    told = json.loads(sys.stdin.readline())
    now = datetime.fromisoformat(told["now"])
    store = open_store(told["store"])
    connection = EwsConnection("ews", told["url"], told["account"], "basic", "2016", told["ca_file"])
    server = EwsServer(connection, lambda: told["password"])
    keeper = SqlCalendar(store, PERSON, clock=lambda: now, default_type=lambda: None)
    bench = Bench(
        store=store,
        doors=LiveDoors(server, keeper, told["mailbox"]),
        clock=lambda: now,
        policy=lambda: Policy(guard=GuardLimits(minimum=100)),
        owner="test",
        poll=lambda: timedelta(minutes=2),
        unmoved=unmoved_in(store),
    )
    result, quiet = sync_as_in_a_round(bench, PERSON)
    for _ in range(_LOOKS):  # until nothing is left to do: what is quiet has places of its own
        if not quiet:
            _, quiet = sync_as_in_a_round(bench, PERSON)
    server.close()
    store.close()
    sys.exit(0 if result.ok else 1)


if __name__ == "__main__":
    main()
