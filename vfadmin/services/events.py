"""ValueFrame-side events, as the command line and the person form show and edit them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.directory import Clock

PRIVATE_TITLE = "Yksityinen"


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person or resource linked to an event."""

    person: int
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event; of a private one, readers who are not its owner see time and *Yksityinen* (R31).

    ``start`` and ``end`` are dates of an all-day event, its end exclusive, else times with the offset of
    ``timezone``. ``redacted`` says that the rest was left out.
    """

    id: int
    owner: int
    type: str | None
    title: str
    location: str
    text: str
    start: datetime | date
    end: datetime | date
    all_day: bool
    timezone: str
    private: bool
    show_as: str
    acknowledged: bool
    reminder_minutes: int | None
    participants: tuple[ParticipantRow, ...]
    links_kept: int
    recurrence: Mapping[str, Any] | None
    created: datetime
    modified: datetime
    type_id: int | None = None
    redacted: bool = False

    def as_json(self) -> dict[str, Any]:
        """The event under the keys of the command line, times in ISO 8601."""
        raise NotImplementedError


class Events:
    """Lists and edits events of the store. What it writes reaches Exchange at the next sync."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def list(
        self,
        person_id: int,
        from_: datetime | date | None = None,
        to: datetime | date | None = None,
        *,
        redact: bool = True,
    ) -> list[EventRow]:
        """The person's own and linked events that overlap [from_, to), by start.

        A date means its midnight in Finnish time. Raises UsageError VF-PERSON-01.
        """
        raise NotImplementedError

    def show(self, event_id: int, *, redact: bool = True) -> EventRow:
        """One event. Raises UsageError VF-EVENT-01."""
        raise NotImplementedError

    def add(self, data: Mapping[str, Any], *, redact: bool = True) -> EventRow:
        """Add the event such a document (the command line's event keys) describes.

        Raises UsageError: VF-EVENT-02 (names the field), VF-EVENT-03 (ends before it starts), VF-PERSON-01.
        """
        raise NotImplementedError

    def edit(self, event_id: int, changes: Mapping[str, Any], *, redact: bool = True) -> EventRow:
        """Change the given keys only. Raises UsageError VF-EVENT-01 and as `add`."""
        raise NotImplementedError

    def delete(self, event_id: int) -> EventRow:
        """Delete softly; answers the row that was. Raises UsageError VF-EVENT-01."""
        raise NotImplementedError
