"""Both calendars of one person side by side, as readers may see them (R28, R31).

Of a private event nobody learns more than its time: neither a text on one of the sides, nor what a field is
to become.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vfadmin.calendars.codec import to_json
from vfadmin.calendars.event import Event
from vfadmin.errors import Failure, failure
from vfadmin.models.store import Store
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.events import PRIVATE_TITLE
from vfadmin.services.history import private_keys
from vfadmin.services.progress import Progress
from vfadmin.services.settings import Settings
from vfadmin.services.subjects import subject
from vfadmin.services.transitions import shown, state_of

if TYPE_CHECKING:  # the engine brings Exchange's libraries with it, and nobody waits for them at the start
    from vfadmin.services.synchronise import Compared

GROUPS = ("differing", "only_valueframe", "only_exchange", "unreadable", "equal")
"""How the rows are grouped; the words are keys of the command line's contract."""

_WHEN = ("start", "end", "all_day", "zone")


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that both sides show differently, and what it is to become; None where that is hidden.

    ``resolved`` is None too where nothing is written.
    """

    name: str
    valueframe: Any
    exchange: Any
    resolved: Any


@dataclass(frozen=True, slots=True)
class ComparedWrite:
    """One write that resolves the difference: on which side, what (`operation`), why, and which fields."""

    side: str
    operation: str
    reason: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One event. ``valueframe`` and ``exchange`` are events as JSON, or None where there is none.

    ``group`` is one of `GROUPS`, ``resolution`` a word of `Resolution`. ``redacted``: it is private, so that
    both show their time only.
    """

    group: str
    title: str
    start: datetime | None
    valueframe: Mapping[str, Any] | None
    exchange: Mapping[str, Any] | None
    fields: tuple[FieldDifference, ...]
    resolution: str
    writes: tuple[ComparedWrite, ...]
    note: str | None
    until: datetime | None
    failure: Failure | None
    redacted: bool


@dataclass(frozen=True, slots=True)
class ComparedCalendars:
    """Both calendars of a person. ``failure``: why Exchange could not be read; then nothing is known of it.

    ``state`` is that of the integration: what the rows say happens once it is at work. ``first``: its next
    cycle is a first one, which matches before it creates (R29).
    """

    person_id: int
    state: str
    rows: tuple[ComparedRow, ...]
    failure: Failure | None
    first: bool
    requests: int
    at: datetime | None = None
    """When the reading began."""

    def group(self, name: str) -> list[ComparedRow]:
        """The rows of one of the `GROUPS`."""
        return [one for one in self.rows if one.group == name]


class StoppedError(Exception):
    """Whoever asked does not wait any more."""


class Comparisons:
    """Compares both calendars of a person. Writes nothing on either side and nothing in the store."""

    def __init__(self, store: Store, settings: Settings, secrets: SecretVault, *, clock: Clock) -> None:
        self._store, self._settings, self._secrets, self._clock = store, settings, secrets, clock

    def compare(self, person_id: int, progress: Progress | None = None) -> ComparedCalendars:
        """Takes as long as reading both calendars does; what keeps Exchange from being read is in the answer.

        ``progress`` counts the events read, and ends it between two requests. Raises UsageError VF-PERSON-01;
        SecretError; StoppedError once it was cancelled.
        """
        from vfadmin.services.synchronise import Synchronise  # noqa: PLC0415 - see above

        watched = Progress(0) if progress is None else progress

        def watch(read: int, total: int) -> None:
            watched.total, watched.done = total, read
            if watched.cancelled:
                raise StoppedError

        began = self._clock()

        with self._store.read() as session:
            person, integration = subject(session, person_id)
            name, state = shown(person), state_of(integration)
            has_login = integration is not None and bool(integration.login)
        with closing(Synchronise(self._store, self._settings, self._secrets, clock=self._clock)) as engine:
            found = engine.compare(person_id, watch)
        with self._store.read() as session:
            private = private_keys(session, {one.key for one in found.rows if one.key})
        rows = tuple(_row(one, hide=one.private or one.key in private) for one in found.rows)
        fault = found.failure if has_login else failure("VF-LOGIN-01", person=name)
        return ComparedCalendars(person_id, state.value, rows, fault, found.first, found.requests, began)


def _row(one: Compared, *, hide: bool) -> ComparedRow:
    event = one.valueframe or one.exchange
    title = "" if event is None else event.title
    return ComparedRow(
        group=_group(one),
        title=PRIVATE_TITLE if hide else title,
        start=None if event is None else event.when.start,
        valueframe=_shown(one.valueframe, hide=hide),
        exchange=_shown(one.exchange, hide=hide),
        fields=tuple(_difference(name, one, hide=hide) for name in one.fields),
        resolution=one.resolution.value,
        writes=tuple(
            ComparedWrite(write.side.value, write.act.value, write.reason.value, tuple(sorted(write.names)))
            for write in one.writes
        ),
        note=one.note,
        until=one.until,
        failure=one.failure,
        redacted=hide,
    )


def _group(one: Compared) -> str:
    if one.failure is not None:
        return "unreadable"
    if one.valueframe is None or one.exchange is None:
        return "only_exchange" if one.valueframe is None else "only_valueframe"
    return "differing" if one.fields else "equal"


def _shown(event: Event | None, *, hide: bool) -> dict[str, Any] | None:
    if event is None:
        return None
    told = to_json(event)
    if not hide:
        return told
    return {"title": PRIVATE_TITLE, "private": True, **{name: told[name] for name in _WHEN}}


def _difference(name: str, one: Compared, *, hide: bool) -> FieldDifference:
    mine, theirs = _value(one.valueframe, name), _value(one.exchange, name)
    written = any(name in write.names for write in one.writes)
    resolved = _value(one.agreed, name) if written else None
    if hide and name != "when":
        return FieldDifference(name, None, None, None)
    return FieldDifference(name, mine, theirs, resolved)


def _value(event: Event | None, name: str) -> Any:  # noqa: ANN401 - whatever JSON has for the field
    if event is None:
        return None
    told = to_json(event)
    return {part: told[part] for part in _WHEN} if name == "when" else told[name]
