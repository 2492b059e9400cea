"""An Outlook user at his desk, working on the same mailboxes as the web service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from vfadmin.simulator import bodies, composing, ids, series, zones
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.extended import PROPERTY_SETS
from vfadmin.simulator.item import Address, Attendee, ExtendedKey, ExtendedValue, Item, ItemView
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.operations import meetings
from vfadmin.simulator.operations.relocation import discard
from vfadmin.simulator.recurrence import Recurrence
from vfadmin.simulator.store import Store

_SHOW_AS = frozenset(("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere", "NoData"))
_SENSITIVITY = frozenset(("Normal", "Personal", "Private", "Confidential"))
_PLAIN = frozenset(("start", "end", "all_day", "location", "subject", "recurrence"))


class OutlookUser:
    """What a person does in his own calendar. Unknown ids raise KeyError, wrong values ValueError."""

    def __init__(self, store: Store, mailbox: Mailbox, time_zone: str) -> None:
        self._store = store
        self._mailbox = mailbox
        self._zone = zones.windows_id(time_zone) or "UTC"

    def create(
        self,
        *,
        subject: str = "",
        start: datetime,
        end: datetime,
        body_html: str | None = None,
        body_text: str | None = None,
        location: str = "",
        all_day: bool = False,
        time_zone: str | None = None,
        reminder_minutes: int | None = None,
        show_as: str = "Busy",
        sensitivity: str = "Normal",
        categories: Iterable[str] = (),
        attendees: Iterable[str] = (),
        recurrence: Recurrence | None = None,
        folder: str = "calendar",
    ) -> str:
        """Make an event and give its id. `attendees` are addresses; they are invited by mail.

        With a `recurrence` it is a series: the rule says the days, `start` and `end` the time of day.
        """
        values = {
            "subject": subject, "start": start, "end": end, "location": location, "all_day": all_day,
            "time_zone": time_zone, "reminder_minutes": reminder_minutes, "show_as": show_as,
            "sensitivity": sensitivity, "categories": tuple(categories), "attendees": tuple(attendees),
        }  # fmt: skip
        if body_html is not None:
            values["body_html"] = body_html
        if body_text is not None:
            values["body_text"] = body_text
        if recurrence is not None:
            values["recurrence"] = recurrence
        with self._store.lock, _refusing():
            where = self._folder(folder)
            identity = (*self._mailbox.next_item_id(where), where.id)
            item = composing.compose(identity, self._mailbox.owner, self._now(), self._read(values))
            mails = meetings.invitations(item, "SendToAllAndSaveCopy")
            self._store.outbox.extend(mails)
            return self._mailbox.add_item(replace(item, request_sent=bool(mails))).id

    def receive(
        self,
        organizer: str,
        *,
        subject: str = "",
        start: datetime,
        end: datetime,
        time_zone: str | None = None,
        recurrence: Recurrence | None = None,
        uid: str | None = None,
    ) -> str:
        """An invitation of somebody else's comes in, unanswered; gives the meeting's id.

        With a `uid` it is that meeting, otherwise one nobody here has.
        """
        owner = self._mailbox.owner
        given = {"subject": subject, "start": start, "end": end, "recurrence": recurrence}
        if time_zone is not None:
            given["time_zone"] = time_zone
        identified: dict[str, Any] = {} if uid is None else {"uid": uid}
        values = self._read(given) | identified | _unanswered(self._attendee(organizer), owner)
        with self._store.lock, _refusing():
            where = self._folder("calendar")
            identity = (*self._mailbox.next_item_id(where), where.id)
            return self._mailbox.add_item(composing.compose(identity, owner, self._now(), values)).id

    def edit(self, item_id: str, **values: Any) -> None:  # noqa: ANN401 (the keywords of create)
        """Change an event: any keyword of `create`, and `extended`, which replaces all own properties.

        The id of an occurrence changes that one alone; where it would meet its neighbours it is a ValueError.
        A master's changes the series: another start, length or pattern ends its exceptions and deletions.
        `recurrence=None` makes a single event of it.
        """
        with self._store.lock, _refusing():
            item = self._get(item_id)
            if item.slot is not None and "recurrence" in values:
                raise ValueError("an occurrence has no rule of its own")
            revised = composing.revise(item, self._mailbox.owner, self._now(), self._read(values))
            mails = meetings.updates(item, revised, "SendToAllAndSaveCopy")
            self._mailbox.save(replace(revised, request_sent=revised.request_sent or bool(mails)))
            self._store.outbox.extend(mails)

    def accept(self, item_id: str) -> None:
        """Accept a meeting somebody else organises, without an answer to him."""
        with self._store.lock:
            item = self._get(item_id)
            self._mailbox.save(replace(item, my_response="Accept", replied=self._now(), show_as="Busy"))

    def learn_of_invitation(self, item_id: str, organizer: str) -> None:
        """The invitation to what stands here under its UID already comes in (MS-OXOCAL 3.1.5.1)."""
        with self._store.lock:
            received = _unanswered(self._attendee(organizer), self._mailbox.owner)
            self._mailbox.save(replace(self._get(item_id), modified=self._now(), **received))

    def learn_of_update(self, item_id: str, **values: Any) -> None:  # noqa: ANN401 (the keywords of create)
        """The organizer's update comes in and is taken over."""
        with self._store.lock, _refusing():
            item = self._get(item_id)
            revised = composing.revise(item, self._mailbox.owner, self._now(), self._read(values))
            self._mailbox.save(replace(revised, sequence=item.sequence + 1))

    def learn_of_cancellation(self, item_id: str) -> None:
        """The organizer's cancellation comes in: the meeting stays, marked, until its owner removes it."""
        with self._store.lock:
            item = self._get(item_id)
            self._mailbox.save(
                replace(item, is_cancelled=True, subject=f"Canceled: {item.subject}"[:255], show_as="Free")
            )

    def delete(self, item_id: str) -> None:
        """Delete an event; it goes to Deleted Items, and a meeting's people are told.

        An occurrence is gone from its series; the last one takes the series with it.
        """
        with self._store.lock:
            item = self._get(item_id)
            self._store.outbox.extend(meetings.cancellations(item, "SendToAllAndSaveCopy"))
            discard(self._mailbox, item, "MoveToDeletedItems")

    def restore(self, item_id: str, folder: str = "calendar") -> str:
        """Drag an event from Deleted Items back; gives its new id."""
        return self.move(item_id, folder)

    def move(self, item_id: str, folder: str) -> str:
        """Drag an event into another folder (well-known name, display name or id); gives its new id."""
        with self._store.lock:
            return self._mailbox.move(self._whole(item_id), self._folder(folder)).id

    def copy(self, item_id: str) -> str:
        """Copy an event in its folder; own properties come along, the UID is new, as in Outlook."""
        with self._store.lock:
            item = self._whole(item_id)
            new_id, key = self._mailbox.next_item_id(self._mailbox.folders[item.folder_id])
            now = self._now()
            copied = replace(
                item, id=new_id, change_key=key, uid=composing.new_uid(now), created=now, modified=now
            )
            return self._mailbox.add_item(copied, copy_of=item).id

    def touch(self, item_id: str) -> None:
        """Save an event unchanged: its change key moves, its content does not."""
        with self._store.lock:
            item = self._get(item_id)
            self._mailbox.save(replace(item, modified=self._now()))

    def end_series(self, master_id: str, last: date) -> None:
        """Let a series end with what it has up to a day; exceptions and deletions until then stay."""
        rule = self._series(master_id).recurrence
        assert rule is not None  # noqa: S101 (a master)
        self.edit(master_id, recurrence=replace(rule, end=last, count=None))

    def occurrence(self, master_id: str, day: date) -> ItemView:
        """The occurrence that the rule puts on a day, wherever it was moved to; KeyError: there is none."""
        with self._store.lock:
            return self._view(self._get(ids.occurrence_id(self._series(master_id).id, day)))

    def calendar(self, start: datetime, end: datetime, folder: str = "calendar") -> list[ItemView]:
        """What the calendar shows from `start` to `end`, by start: series as their occurrences."""
        with self._store.lock:
            shown = series.touching(self._mailbox.in_folder(self._folder(folder)), start, end)
            return [self._view(item) for item in shown]

    def add_folder(self, name: str) -> str:
        """Make a calendar beside the default one; gives its id."""
        with self._store.lock:
            return self._mailbox.add_folder(self._folder("calendar").id, name, "IPF.Appointment").id

    def items(self, folder: str = "calendar") -> list[ItemView]:
        """What is in a folder, oldest first."""
        with self._store.lock:
            return [self._view(item) for item in self._mailbox.in_folder(self._folder(folder))]

    def item(self, item_id: str) -> ItemView:
        """One event."""
        with self._store.lock:
            return self._view(self._get(item_id))

    def deleted_items(self) -> list[ItemView]:
        """What is in Deleted Items."""
        return self.items("deleteditems")

    # ---

    def _now(self) -> datetime:
        return self._store.clock().astimezone(UTC).replace(microsecond=0)

    def _get(self, item_id: str) -> Item:
        try:
            return self._mailbox.item(item_id)
        except ExchangeError:
            raise KeyError(item_id) from None

    def _whole(self, item_id: str) -> Item:
        item = self._get(item_id)
        if item.slot is not None:
            raise ValueError("an occurrence stays with its series")
        return item

    def _series(self, master_id: str) -> Item:
        with self._store.lock:
            item = self._get(master_id)
        if item.recurrence is None:
            raise ValueError("this is no series")
        return item

    def _folder(self, name: str) -> Folder:
        found = self._mailbox.distinguished(name) or self._mailbox.folders.get(name)
        if found is not None:
            return found
        for folder in self._mailbox.folders.values():
            if folder.name == name:
                return folder
        raise KeyError(name)

    def _read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Keywords as item attributes."""
        found: dict[str, Any] = {}
        for name, value in values.items():
            if name in _PLAIN:
                found[name] = bodies.legal(value) if isinstance(value, str) else value
            else:
                found |= self._special(name, value)
        if not values.keys().isdisjoint(("start", "end")) and any(
            found[name].tzinfo is None for name in ("start", "end") if name in found
        ):
            raise ValueError("start and end must be aware")
        if len(str(found.get("subject", ""))) > 255 or len(str(found.get("location", ""))) > 255:  # noqa: PLR2004 (Outlook's fields are that long)
            raise ValueError("Outlook takes at most 255 characters here")
        return found

    def _special(self, name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401, C901, PLR0911 (one line a keyword)
        if name == "body_html":
            return {"body_html": bodies.normal_html(value)}
        if name == "body_text":
            return {"body_html": bodies.html_from_text(value)}
        if name == "time_zone":
            zone = self._zone if value is None else zones.windows_id(value)
            if zone is None:
                raise ValueError(f"unknown time zone: {value}")
            return {"start_zone": zone, "end_zone": zone}
        if name == "reminder_minutes":
            return {"reminder_set": value is not None, "reminder_minutes": value or 0}
        if name == "show_as" and value in _SHOW_AS:
            return {"show_as": value}
        if name == "sensitivity" and value in _SENSITIVITY:
            return {"sensitivity": value}
        if name == "categories":
            return {"categories": tuple(value)}
        if name == "attendees":
            return {"required": tuple(self._attendee(email) for email in value)}
        if name == "extended":
            return {"extended": MappingProxyType(dict(value))}
        raise ValueError(f"{name}: {value!r} is not known")

    def _attendee(self, email: str) -> Attendee:
        known = self._store.by_email(email)
        return Attendee(known.owner if known else Address(email, email))

    def _view(self, item: Item) -> ItemView:
        folder = self._mailbox.folders[item.folder_id]
        return ItemView(
            id=item.id,
            change_key=item.change_key,
            uid=item.uid,
            subject=item.subject,
            body_html=item.body_html,
            body_text=bodies.text_from_html(item.body_html),
            location=item.location,
            start=item.start,
            end=item.end,
            all_day=item.all_day,
            start_zone=zones.zone_id(item.start_zone),
            reminder_minutes=item.reminder_minutes if item.reminder_set else None,
            show_as=item.show_as,
            sensitivity=item.sensitivity,
            categories=item.categories,
            extended=item.extended,
            is_meeting=item.is_meeting,
            my_response=item.my_response,
            folder=folder.distinguished or folder.name,
            type=item.type,
            recurrence=item.recurrence,
            master_id=item.slot.master_id if item.slot else None,
            original_start=item.slot.start if item.slot else None,
            exceptions=tuple(one.slot.start for one in series.exceptions(item) if one.slot),
            deletions=tuple(series.deletions(item)),
            attendees=frozenset(one.address.email for one in item.attendees),
            resources=frozenset(one.address.email for one in item.resources),
        )


def _unanswered(organizer: Attendee, owner: Address) -> dict[str, Any]:
    """What makes an item of the owner's a meeting to which he was invited and has not answered."""
    return {
        "organizer": organizer.address, "required": (Attendee(owner),), "is_meeting": True,
        "request_sent": True, "my_response": "NoResponseReceived", "show_as": "Tentative",
    }  # fmt: skip


@contextmanager
def _refusing() -> Iterator[None]:
    """What the server refuses is a wrong value of the user's."""
    try:
        yield
    except ExchangeError as error:
        raise ValueError(error.code) from error


def named(
    extended: Mapping[ExtendedKey, ExtendedValue], name: str, set_id: str = "PublicStrings"
) -> ExtendedValue | None:
    """The value of a named property, whatever its type; `set_id` is a GUID or a well-known set's name."""
    guid = PROPERTY_SETS.get(set_id, set_id).lower()
    return next((value for key, value in extended.items() if key.set_id == guid and key.name == name), None)
