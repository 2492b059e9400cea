"""People at work: what Outlook users and ValueFrame users change between two syncs."""

from __future__ import annotations

from datetime import datetime, timedelta

from vfadmin.demo.cast import Actor, Cast, calendar
from vfadmin.demo.company import add_in_outlook, valueframe_document
from vfadmin.services.context import Services
from vfadmin.services.events import EventRow
from vfadmin.simulator import ItemView, OutlookUser, Simulator

CONFLICTS = 2
"""How many events are given a title on both sides at once: ValueFrame's stays, the other is kept aside."""

_MIDDLE = 20
_MOVED = timedelta(hours=1)


def outlook_changes(simulator: Simulator, cast: Cast, actor: Actor, now: datetime) -> int:
    """An Outlook user edits two events, deletes one and adds one. Answers how many changes that were."""
    user = simulator.outlook(actor.email)
    items = sorted(user.items(), key=_by_title)
    renamed, *others = items
    moved = next(item for item in others if not item.all_day)
    deleted = next(item for item in others if item is not moved)
    user.edit(renamed.id, subject=f"{renamed.subject} (nyt Teamsissa)", location="Teams")
    user.edit(moved.id, start=moved.start + _MOVED, end=moved.end + _MOVED)
    user.delete(deleted.id)
    add_in_outlook(user, calendar(cast, "outlook", actor, len(items) + 1, now)[-1])
    return 4


def valueframe_changes(services: Services, cast: Cast, actor: Actor, now: datetime) -> int:
    """A ValueFrame user does as much, to other events."""
    events = sorted(services.events.list(actor.id, redact=False), key=_row_by_title)
    services.events.edit(events[-1].id, {"location": "Åbo", "reminder_minutes": 30})
    services.events.edit(events[-2].id, {"text": "Päivitetty:\n- uusi osoite\n- ovikoodi kysyttävä"})
    services.events.delete(events[-3].id)
    added = calendar(cast, "valueframe", actor, len(events) + 1, now)[-1]
    services.events.add(valueframe_document(added) | {"owner": actor.id})
    return 4


def rename_on_both_sides(simulator: Simulator, services: Services, actor: Actor) -> None:
    """The same event gets two titles at once."""
    row = sorted(services.events.list(actor.id, redact=False), key=_row_by_title)[_MIDDLE]
    user = simulator.outlook(actor.email)
    user.edit(_twin(user, row).id, subject=f"{row.title} (Outlookin nimi)")
    services.events.edit(row.id, {"title": f"{row.title} (ValueFramen nimi)"})


def edit_what_the_other_deletes(simulator: Simulator, services: Services, actor: Actor) -> None:
    """Deleted in Outlook, edited in ValueFrame: the edit wins and the event comes back."""
    row = sorted(services.events.list(actor.id, redact=False), key=_row_by_title)[_MIDDLE + 1]
    user = simulator.outlook(actor.email)
    user.delete(_twin(user, row).id)
    services.events.edit(row.id, {"location": "Jyväskylä"})


def add_one(simulator: Simulator, cast: Cast, actor: Actor, now: datetime, number: int) -> None:
    """One more event of an Outlook user."""
    add_in_outlook(simulator.outlook(actor.email), calendar(cast, "outlook", actor, number, now)[-1])


def _twin(user: OutlookUser, row: EventRow) -> ItemView:
    return next(item for item in user.items() if item.subject == row.title)


def _by_title(item: ItemView) -> str:
    """Titles are unique in a calendar of the story, so both sides stand in one order."""
    return item.subject


def _row_by_title(row: EventRow) -> str:
    return row.title
