"""Events as rows of a customer's resource and back, by the field map."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from vfadmin.calendars.base import RECURRENCE, ZONE, Capabilities, Item, Mark
from vfadmin.calendars.codec import recurrence_json
from vfadmin.calendars.event import (
    FIELDS,
    Event,
    Participant,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
    ends_at,
    readable,
)
from vfadmin.calendars.rest.field_map import FieldMap
from vfadmin.calendars.rest.values import Codec, Row, id_of
from vfadmin.calendars.series import has_clock
from vfadmin.calendars.series_json import Clock, read_day, read_override

_PARTS = {
    "when": ("start", "end", "all_day", "zone"),
    "recurrence": ("recurrence", "exceptions", "deleted_occurrences"),
}
"""Fields of the map that are one field of the merge."""
_OURS = frozenset({"uid", "created", "modified", "written"})
"""Fields that say nothing of an event's content: a version stands though they move."""
_ACTS = {"create": "POST", "update": "PUT", "delete": "DELETE"}
_ONE_WRITE = timedelta(minutes=1)
"""How far a write and its record may lie apart."""


@dataclass(frozen=True)
class Rows:
    """Reads and writes the rows of the map's events."""

    map: FieldMap

    @cached_property
    def codec(self) -> Codec:
        """What reads single fields."""
        return Codec(self.map.events, ZoneInfo(self.map.zone))

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of the merge that the map carries."""
        mapped = self.map.events.fields.keys()
        return frozenset(
            name for name in FIELDS if name == "when" or set(_PARTS.get(name, (name,))) <= set(mapped)
        )

    @cached_property
    def capabilities(self) -> Capabilities:
        """What the map can carry; what it cannot, nobody misses."""
        verbs = self.map.events.verbs
        return Capabilities(
            fields=self.fields,
            recurrence="recurrence" in self.fields,
            keyed="key" in self.map.events.fields,
            project=self.project,
            closed=frozenset(act for act, verb in _ACTS.items() if verb not in verbs),
        )

    def project(self, event: Event) -> Event:
        """The event as it is read once it has been written."""
        return self.event(self.content(event, self.fields))

    @cached_property
    def shown(self) -> frozenset[str]:
        """The customer's fields that hold an event's content."""
        parts = {part for name in self.fields for part in _PARTS.get(name, (name,))}
        return frozenset(shown for name, shown in self.map.events.fields.items() if name in parts)

    @cached_property
    def settable(self) -> frozenset[str]:
        """The customer's fields that are not the server's own."""
        fields = self.map.events.fields.items()
        return frozenset(shown for name, shown in fields if name not in ("id", "created", "modified"))

    def is_complete(self, row: Row) -> bool:
        """Whether a row has all that is mapped: a list may leave out what a reading of one shows."""
        return all(shown in row for shown in self.map.events.fields.values())

    def id(self, row: Row) -> str | None:
        """The row's id; None for what is no row."""
        found = id_of(row.get(self.map.events.fields["id"]))
        return None if found is None else str(found)

    def belongs_to(self, row: Row, person: int) -> bool:
        """Whether it is that person's event."""
        return id_of(row.get(self.map.events.fields["person"])) == person

    def key(self, row: Row) -> str | None:
        """The key inside the row."""
        return self.codec.text(row, "key") or None

    def version(self, row: Row) -> str:
        """What changes whenever anything does that an event consists of, our marks included."""
        held = {name: row.get(shown) for name, shown in self.map.events.fields.items() if name not in _OURS}
        text = json.dumps(held, sort_keys=True, ensure_ascii=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def item(self, row: Row) -> Item:
        """The item in a row. Raises FieldError for a field that does not parse, OverflowError."""
        codec = self.codec
        event = self.event(row)
        unread = self._unread_rule(row)
        return Item(
            id=self.id(row) or "",
            version=self.version(row),
            event=event,
            key=self.key(row),
            stamp=codec.text(row, "stamp") or None,
            uid=codec.text(row, "uid") or None,
            created=codec.moment(row, "origin_created") or codec.moment(row, "created"),
            modified=self._modified(row),
            unsupported=self._why(event) if unread or not readable(event) else None,
        )

    def event(self, row: Row) -> Event:
        """The event in a row, in canonical form. Raises FieldError, OverflowError."""
        codec = self.codec
        when = self._when(row)
        return canonical(
            Event(
                title=codec.text(row, "title"),
                location=codec.text(row, "location"),
                text=codec.text(row, "text"),
                when=when,
                private=codec.flag(row, "private", default=False),
                show_as=ShowAs.BUSY
                if codec.raw(row, "show_as") is None
                else ShowAs(codec.word(row, "show_as", ShowAs)),
                reminder_minutes=codec.number(row, "reminder_minutes"),
                acknowledged=codec.flag(row, "acknowledged", default=True),
                recurrence=self._recurrence(row, when),
                participants=self._participants(row),
            )
        )

    def ends(self, row: Row) -> datetime | None:
        """When the event in a row is over, as far as that can be read."""
        try:
            return ends_at(self.event(row))
        except (ValueError, OverflowError):
            return None

    def content(self, event: Event, names: Iterable[str]) -> dict[str, Any]:
        """The customer's fields that hold the named fields of an event, in canonical form."""
        shown = canonical(event)
        values: dict[str, Any] = {}
        for name in names:
            values.update(self._written(shown, name))
        known = self.map.events.fields
        return {known[name]: value for name, value in values.items() if name in known}

    def marks(self, mark: Mark, now: datetime) -> dict[str, Any]:
        """The customer's fields that hold what one write is known by; ``now`` is the server's time."""
        shown = self.codec.shown_moment
        values: dict[str, Any] = {"key": mark.key, "stamp": mark.stamp, "written": shown(now)}
        for name, moment in (("origin_created", mark.created), ("origin_modified", mark.modified)):
            if moment is not None:
                values[name] = shown(moment)
        known = self.map.events.fields
        return {known[name]: value for name, value in values.items() if name in known}

    def born(self, person: int, mark: Mark) -> dict[str, Any]:
        """The customer's fields that only a create writes: whose event it is, and its UID."""
        known = self.map.events.fields
        values: dict[str, Any] = {known["person"]: person}
        if mark.uid is not None and "uid" in known:
            values[known["uid"]] = mark.uid
        return values

    def _written(self, event: Event, name: str) -> dict[str, Any]:
        codec = self.codec
        match name:
            case "when":
                return self._written_when(event.when)
            case "show_as":
                return {name: codec.shown_word(name, event.show_as.value)}
            case "private" | "acknowledged":
                return {name: codec.shown_word(name, getattr(event, name))}
            case "recurrence":
                rule = recurrence_json(event.recurrence) or {"rrule": "", "exceptions": [], "deleted": []}
                lists = {"exceptions": rule["exceptions"], "deleted_occurrences": rule["deleted"]}
                return {name: rule["rrule"], **{part: json.dumps(one) for part, one in lists.items()}}
            case "participants":
                return {name: sorted(one.person for one in event.participants)}
            case _:
                return {name: getattr(event, name)}

    def _written_when(self, when: When) -> dict[str, Any]:
        codec = self.codec
        if not when.all_day:
            times = {"start": when.start, "end": when.end}
            shown: dict[str, Any] = {name: codec.shown_moment(moment) for name, moment in times.items()}
            return shown | {"all_day": codec.shown_word("all_day", False), "zone": when.zone}
        last = when.end - timedelta(days=1) if self._ends_inclusive else when.end
        days = {"start": when.start, "end": last}
        shown = {name: codec.shown_moment(day.replace(tzinfo=codec.zone)) for name, day in days.items()}
        return shown | {"all_day": codec.shown_word("all_day", True), "zone": "UTC"}

    @property
    def _ends_inclusive(self) -> bool:
        """Of whole days only: where nothing says that there are whole days, an end is a moment."""
        return self.map.events.all_day_inclusive and "all_day" in self.map.events.fields

    def _when(self, row: Row) -> When:
        codec = self.codec
        start, end = codec.moment(row, "start"), codec.moment(row, "end")
        if start is None or end is None:
            raise codec.wrong("end" if start else "start", "")
        if codec.flag(row, "all_day", default=False):
            after = timedelta(days=1) if self._ends_inclusive else timedelta()
            return all_day(codec.day(start), codec.day(end) + after)
        return When(start, end, zone=codec.text(row, "zone") or self.map.zone)

    def _recurrence(self, row: Row, when: When) -> Recurrence | None:
        rule = self.codec.text(row, "recurrence")
        if not rule:
            return None
        if "recurrence" not in self.fields:
            return Recurrence(rule)
        clock = Clock("UTC" if when.all_day else when.zone)
        try:
            exceptions = tuple(read_override(one, clock) for one in self.codec.listed(row, "exceptions"))
            deleted = tuple(read_day(one, clock) for one in self.codec.listed(row, "deleted_occurrences"))
        except ValueError:
            return Recurrence(rule)
        return Recurrence(rule, exceptions, deleted)

    def _unread_rule(self, row: Row) -> bool:
        """Whether it is a series of which something cannot be read, so that it is left alone."""
        if not self.codec.text(row, "recurrence"):
            return False
        if "recurrence" not in self.fields:
            return True
        clock = Clock(self.codec.text(row, "zone") or self.map.zone)
        try:
            for one in self.codec.listed(row, "exceptions"):
                read_override(one, clock)
            for one in self.codec.listed(row, "deleted_occurrences"):
                read_day(one, clock)
        except ValueError:
            return True
        return False

    def _why(self, event: Event) -> str:
        return RECURRENCE if has_clock(event.when) else ZONE

    def _participants(self, row: Row) -> frozenset[Participant]:
        if "participants" not in self.map.events.fields:
            return frozenset()
        persons = [id_of(one) for one in self.codec.listed(row, "participants")]
        if None in persons:
            raise self.codec.wrong("participants", self.codec.raw(row, "participants"))
        return frozenset(Participant(one) for one in persons if one is not None)

    def _modified(self, row: Row) -> datetime | None:
        """When it was modified where it was modified: the time brought along, until somebody else writes."""
        moment = self.codec.moment
        server, brought, written = (moment(row, name) for name in ("modified", "origin_modified", "written"))
        if brought is None or written is None or server is None:
            return server
        return brought if server - written <= _ONE_WRITE else server
