"""What differs between the occurrences of a series and those that are wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from vfadmin.calendars.event import NO_REMINDER, Event
from vfadmin.calendars.series import OVERRIDABLE, Override, Recurrence, occurrence


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be done to the occurrences of a series: days to delete, and fields to set, in order."""

    deleted: tuple[date, ...]
    changed: tuple[tuple[date, frozenset[str]], ...]


def deviates(recurrence: Recurrence | None) -> bool:
    """Whether any occurrence is not as its series."""
    return recurrence is not None and bool(recurrence.exceptions or recurrence.deleted)


def difference(stands: Recurrence, wanted: Event) -> Difference:
    """What makes the occurrences that stand those of the wanted series.

    A move is refused while it crosses a neighbour, be it one that will move away itself. So what goes
    later is moved last first, and then what goes earlier first first.
    """
    target = wanted.recurrence or Recurrence("")
    before = {one.original: one for one in stands.exceptions}
    after = {one.original: one for one in target.exceptions}
    changed = {
        day: _differing(before.get(day, Override(day)), after.get(day, Override(day)))
        for day in sorted((before.keys() | after.keys()) - set(target.deleted))
    }
    changed = {day: names for day, names in changed.items() if names}
    later = [day for day in changed if _goes_later(after.get(day), wanted)]
    order = [*reversed(later), *(day for day in changed if day not in later)]
    gone = tuple(day for day in target.deleted if day not in stands.deleted)
    return Difference(gone, tuple((day, changed[day]) for day in order))


def yielding(before: Recurrence | None, stands: Event, wanted: Event) -> Event:
    """The wanted series where somebody may have changed it right after its master was written.

    What he did to an occurrence stays: it is neither as it was ``before`` nor as its series. Where the rule
    is not ours any more nothing is left to do, for the number of an occurrence would mean another day.
    """
    ours, theirs = wanted.recurrence, stands.recurrence
    if ours is None or theirs is None:
        return stands
    if (ours.rrule, wanted.when.start) != (theirs.rrule, stands.when.start):
        return stands
    known = {one.original: one for one in (before or Recurrence("")).exceptions}
    edited = {one.original: one for one in theirs.exceptions if one != known.get(one.original)}
    kept = [one for one in ours.exceptions if one.original not in edited]
    exceptions = sorted((*kept, *edited.values()), key=lambda one: one.original)
    deleted = tuple(day for day in ours.deleted if day not in edited)
    return replace(wanted, recurrence=replace(ours, exceptions=tuple(exceptions), deleted=deleted))


def as_event(series: Event, own: Override) -> Event:
    """The occurrence as an event of its own."""
    given = {name: value for name in OVERRIDABLE if (value := getattr(own, name)) is not None}
    if given.get("reminder_minutes") == NO_REMINDER:
        given["reminder_minutes"] = None
    return replace(series, **{"when": occurrence(series.when, own.original), **given})


def _differing(one: Override, other: Override) -> frozenset[str]:
    return frozenset(name for name in OVERRIDABLE if getattr(one, name) != getattr(other, name))


def _goes_later(own: Override | None, series: Event) -> bool:
    if own is None or own.when is None:
        return False
    return own.when.start > occurrence(series.when, own.original).start


def override_of(day: date, own: Event) -> Override:
    """An occurrence as what of it may deviate from its series."""
    silent = own.reminder_minutes is None
    return Override(
        day,
        own.when,
        own.title,
        own.location,
        own.text,
        own.show_as,
        own.private,
        NO_REMINDER if silent else own.reminder_minutes,
    )
