"""A calendar item as the store keeps it, and the small values in it. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from vfadmin.simulator import ids
from vfadmin.simulator.recurrence import Recurrence
from vfadmin.simulator.zones import Zone

SUBJECT_LIMIT = 255
LOCATION_LIMIT = 255


@dataclass(frozen=True, slots=True)
class ExtendedKey:
    """A MAPI property: by tag, or by property set and name or id. Sets are kept as lower-case GUIDs."""

    kind: str
    tag: int | None = None
    set_id: str | None = None
    name: str | None = None
    number: int | None = None


ExtendedValue = str | tuple[str, ...]
ItemType = Literal["Single", "Occurrence", "Exception", "RecurringMaster"]
NO_EXTENDED: Mapping[ExtendedKey, ExtendedValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an SMTP address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited, and what he answered."""

    address: Address
    response: str = "Unknown"
    responded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an occurrence stands in its series: the day and the start that the rule gives it."""

    master_id: str
    day: date
    start: datetime
    changed: bool = False


Overrides = Mapping[date, Mapping[str, Any]]
NO_OVERRIDES: Overrides = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One calendar item. Times are aware, in UTC, whole minutes; texts are what a client reads back.

    A master has the rule, what exceptions have of their own (`overrides`, by the day the rule gives them) and
    the days that were deleted (`removed`). Occurrences are never stored: they are made from it, and say in
    `slot` what they are. `born` is the number of the write that made an item, once it has moved and its id
    no longer tells. Of an item made through Graph, `transaction` is what the client called that create, and
    `transaction_digest` stands for what it asked for.
    """

    id: str
    change_key: str
    folder_id: str
    uid: str
    created: datetime
    modified: datetime
    modified_by: str
    start: datetime
    end: datetime
    organizer: Address
    subject: str = ""
    body_html: str = ""
    location: str = ""
    item_class: str = "IPM.Appointment"
    sensitivity: str = "Normal"
    importance: str = "Normal"
    show_as: str = "Busy"
    all_day: bool = False
    start_zone: Zone = "UTC"
    end_zone: Zone = "UTC"
    reminder_set: bool = True
    reminder_minutes: int = 15
    categories: tuple[str, ...] = ()
    required: tuple[Attendee, ...] = ()
    optional: tuple[Attendee, ...] = ()
    resources: tuple[Attendee, ...] = ()
    is_meeting: bool = False
    is_cancelled: bool = False
    request_sent: bool = False
    response_requested: bool = True
    allow_new_time: bool = True
    my_response: str = "Organizer"
    replied: datetime | None = None
    sequence: int = 0
    recurrence: Recurrence | None = None
    overrides: Overrides = field(default_factory=lambda: NO_OVERRIDES)
    removed: frozenset[date] = frozenset()
    slot: Slot | None = None
    stamp: datetime | None = None
    born: int = 0
    transaction: str = ""
    transaction_digest: str = ""
    hide_attendees: bool = False
    extended: Mapping[ExtendedKey, ExtendedValue] = field(default_factory=lambda: NO_EXTENDED)

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """Everybody invited, resources included."""
        return self.required + self.optional + self.resources

    @property
    def birth(self) -> int:
        """The number it has had in its mailbox since it was made, wherever it was moved."""
        return self.born or ids.item_number(self.id)

    @property
    def type(self) -> ItemType:
        """What it is in a series, if in one."""
        if self.slot is not None:
            return "Exception" if self.slot.changed else "Occurrence"
        return "RecurringMaster" if self.recurrence is not None else "Single"

    @property
    def state(self) -> int:
        """The appointment state flags of MS-OXOCAL: meeting 1, received 2, cancelled 4."""
        received = self.is_meeting and self.my_response != "Organizer"
        return int(self.is_meeting) | 2 * int(received) | 4 * int(self.is_cancelled)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that a real server would have sent."""

    kind: str
    sender: str
    recipients: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as its owner sees it in Outlook; `reminder_minutes` is None where no reminder is set.

    An occurrence tells its master and the start the rule gives it; a master its rule, and the starts that the
    rule gives to what was changed (`exceptions`) and what was deleted (`deletions`). `attendees` are the
    addresses of everybody invited, and `resources` those of the rooms and devices among them.
    """

    id: str
    change_key: str
    uid: str
    subject: str
    body_html: str
    body_text: str
    location: str
    start: datetime
    end: datetime
    all_day: bool
    start_zone: str
    reminder_minutes: int | None
    show_as: str
    sensitivity: str
    categories: tuple[str, ...]
    extended: Mapping[ExtendedKey, ExtendedValue]
    is_meeting: bool
    my_response: str
    folder: str
    type: ItemType = "Single"
    recurrence: Recurrence | None = None
    master_id: str | None = None
    original_start: datetime | None = None
    exceptions: tuple[datetime, ...] = ()
    deletions: tuple[datetime, ...] = ()
    attendees: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
