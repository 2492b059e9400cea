"""Several writes to a person's calendar in one transaction, with a few statements for all of them.

What is out of the ordinary (somebody else's event, one that is there already or comes back, links to persons)
is written one by one, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, union

from vfadmin.calendars.base import Draft, Written
from vfadmin.calendars.sql.numbers import number_of
from vfadmin.calendars.sql.rows import values_of
from vfadmin.calendars.sql.writing import PUT, Pen, written
from vfadmin.errors import CalendarError, ItemGone, StaleVersion, failure
from vfadmin.models import CalendarEvent, EventParticipant
from vfadmin.models.prepared import add_each, run, run_each

MOST = 100
"""Events written in one transaction: few enough that another process need not wait for the store."""

_SOME: Any = bindparam("some", expanding=True)
_PERSON: Any = bindparam("person")
_KEYS = union(
    select(CalendarEvent.sync_key).where(
        CalendarEvent.owner_id == _PERSON, CalendarEvent.sync_key.in_(_SOME)
    ),
    select(EventParticipant.sync_key).where(
        EventParticipant.person_id == _PERSON, EventParticipant.sync_key.in_(_SOME)
    ),
)
_ADD = insert(CalendarEvent)
_UIDS = select(CalendarEvent.uid).where(CalendarEvent.uid.in_(_SOME), CalendarEvent.deleted_at.is_(None))
_STANDING = (
    select(CalendarEvent.id, CalendarEvent.version, CalendarEvent.owner_id)
    .where(CalendarEvent.id.in_(_SOME), CalendarEvent.deleted_at.is_(None))
    .with_for_update()
)

Outcome = Written | CalendarError


def write_all(pen: Pen, drafts: Sequence[Draft]) -> list[Outcome]:
    """What became of each, in their order. Whatever it raises undoes all of them with the transaction."""
    creates = {place: one for place, one in enumerate(drafts) if one.id is None}
    updates = {place: one for place, one in enumerate(drafts) if one.id is not None}
    found = _created(pen, creates) | _updated(pen, updates)
    return [found[place] for place in range(len(drafts))]


def _created(pen: Pen, drafts: Mapping[int, Draft]) -> dict[int, Outcome]:
    ordinary = _ordinary(pen, drafts)
    numbers = _added(pen, ordinary.values())
    found = _shown(pen, dict(zip(ordinary, numbers, strict=True)))
    for place, one in drafts.items():
        if place not in ordinary:
            found[place] = pen.create(
                one.event, one.mark, None if one.revive is None else number_of(one.revive)
            )
    return found


def _added(pen: Pen, drafts: Collection[Draft]) -> list[int]:
    """The numbers of new events of the person's own, in order."""
    if not drafts:
        return []
    default_type = pen.default_type()
    own = {"owner_id": pen.person, "external_organizer": None}
    rows = [pen.new(one.event, one.mark, default_type) | pen.marks(one.mark) | own for one in drafts]
    return add_each(pen.session, _ADD, rows)


def _ordinary(pen: Pen, drafts: Mapping[int, Draft]) -> dict[int, Draft]:
    """Those that add a row of the person's own, whatever else there is."""
    if not drafts:
        return {}
    keys = {one.mark.key for one in drafts.values()}
    uids = {one.mark.uid for one in drafts.values() if one.mark.uid}
    taken = set(run(pen.session, _KEYS, person=pen.person, some=list(keys)).scalars())
    named = set(run(pen.session, _UIDS, some=list(uids)).scalars()) if uids and pen.linked else set()
    ordinary: dict[int, Draft] = {}
    for place, one in drafts.items():
        mark = one.mark
        special = one.revive is not None or mark.organizer is not None or one.event.participants
        if not special and mark.key not in taken and (not mark.uid or mark.uid not in named):
            ordinary[place] = one
            if mark.uid and pen.linked:
                named.add(mark.uid)  # a second one of that name meets the first
    return ordinary


@dataclass(frozen=True, slots=True)
class _Aim:
    """An update, the number of its event, and the version it was read at; one that is none is no event's."""

    draft: Draft
    number: int
    version: int | None


def _updated(pen: Pen, drafts: Mapping[int, Draft]) -> dict[int, Outcome]:
    aims = {place: _aim(one) for place, one in drafts.items()}
    numbers = [one.number for one in aims.values()]
    standing = {row.id: row for row in run(pen.session, _STANDING, some=numbers)} if numbers else {}
    found: dict[int, Outcome] = {}
    plain: dict[int, int] = {}
    for place, aim in aims.items():
        row = standing.get(aim.number)
        if row is None:
            found[place] = ItemGone(failure("EX-ITEM-01"))
        elif row.version != aim.version or aim.number in plain.values():
            found[place] = StaleVersion(failure("EX-ITEM-02"))
        elif row.owner_id != pen.person or "participants" in aim.draft.names:
            one = aim.draft
            found[place] = pen.update(aim.number, one.event, one.names, row.version, one.mark)
        else:
            plain[place] = aim.number
    _put(pen, {number: aims[place].draft for place, number in plain.items()})
    return found | _shown(pen, plain)


def _aim(draft: Draft) -> _Aim:
    number = number_of(draft.id or "")
    return _Aim(draft, -1 if number is None else number, number_of(draft.version))


def _put(pen: Pen, drafts: Mapping[int, Draft]) -> None:
    """Write the named fields of events of the person's own, each with its marks."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for number, one in drafts.items():
        values = values_of(one.event, one.names) | pen.marks(one.mark) | {"row": number}
        alike.setdefault(tuple(sorted(values)), []).append(values)
    for rows in alike.values():
        run_each(pen.session, PUT, rows)


def _shown(pen: Pen, numbers: Mapping[int, int]) -> dict[int, Outcome]:
    """What the writes left; a trigger moves the version after the statement, so it is read afterwards."""
    items = {item.id: item for item in _read(pen, numbers.values())}
    missing = ItemGone(failure("EX-ITEM-01"))
    return {
        place: written(items[str(number)]) if str(number) in items else missing
        for place, number in numbers.items()
    }


def _read(pen: Pen, numbers: Iterable[int]) -> Iterable[Any]:
    wanted = list(numbers)
    return pen.items(wanted) if wanted else ()
