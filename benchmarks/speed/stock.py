"""exchangelib as it comes, doing the same by its documented way: one item at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from exchangelib import IMPERSONATION, Account, CalendarItem, Configuration, Credentials
from exchangelib.errors import ErrorItemNotFound
from exchangelib.ewsdatetime import EWSDateTime
from exchangelib.properties import Body
from exchangelib.protocol import BaseProtocol
from exchangelib.version import EXCHANGE_2016, Version

from benchmarks.speed.far_side import FarSide, values_of
from vfadmin.calendars.ews.transport import HostAdapter
from vfadmin.calendars.exchange.trust import trust

FIELDS = (
    "subject",
    "location",
    "body",
    "start",
    "end",
    "is_all_day",
    "sensitivity",
    "legacy_free_busy_status",
    "reminder_is_set",
    "reminder_minutes_before_start",
    "uid",
    "datetime_created",
    "last_modified_time",
    "organizer",
    "required_attendees",
    "optional_attendees",
    "resources",
    "recurrence",
    "type",
)
"""What is asked of each item; the product asks for somewhat more."""


class _Trusting(HostAdapter):
    """The certificate of the simulator is trusted, as by the product."""

    ca_file = ""

    def __init__(self, *_arguments: object, **_names: object) -> None:
        super().__init__(trust(self.ca_file))


@dataclass(slots=True)
class Stock:
    """One mailbox as exchangelib knows it, and what was read from it."""

    account: Account
    state: str | None = None
    items: dict[str, CalendarItem] = field(default_factory=dict)

    def read_changes(self) -> int:
        """Ask for what changed and read each of it; how many there were."""
        calendar = self.account.calendar
        changed = 0
        for kind, item in calendar.sync_items(sync_state=self.state, only_fields=["changekey"]):
            changed += 1
            if kind == "delete":
                self.items.pop(item.id, None)
                continue
            try:
                self.items[item.id] = calendar.all().only(*FIELDS).get(id=item.id, changekey=item.changekey)
            except ErrorItemNotFound:
                self.items.pop(item.id, None)
        self.state = calendar.item_sync_state
        return changed

    def list_changes(self) -> int:
        """Ask for all there is, with what the product asks of each; how many there are."""
        calendar = self.account.calendar
        calendar.item_sync_state = None
        wanted = ["changekey", "end", "type"]
        return sum(1 for _ in calendar.sync_items(only_fields=wanted, max_changes_returned=512))

    def write(self, count: int) -> None:
        """Make so many events."""
        for number in range(count):
            self.add(number)

    def add(self, number: int) -> None:
        """Make one event."""
        made = values_of(number)
        CalendarItem(
            account=self.account,
            folder=self.account.calendar,
            subject=made["subject"],
            location=made["location"],
            body=Body(made["body_text"]),
            start=EWSDateTime.from_datetime(made["start"]),
            end=EWSDateTime.from_datetime(made["end"]),
            legacy_free_busy_status="Busy",
        ).save(send_meeting_invitations="SendToNone")


def stock(far: FarSide, mailbox: str) -> Stock:
    """The mailbox, signed in anew."""
    _Trusting.ca_file = far.ca_file
    BaseProtocol.HTTP_ADAPTER_CLS = _Trusting
    config = Configuration(
        service_endpoint=far.url,
        credentials=Credentials(far.account, far.password),
        auth_type="basic",
        version=Version(build=EXCHANGE_2016),
    )
    return Stock(Account(mailbox, config=config, autodiscover=False, access_type=IMPERSONATION))
