"""The company before anything is synchronised: directory, logins, and two full sets of calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from vfadmin.demo.cast import ZONE, Actor, Cast, Happening, calendar
from vfadmin.services.bulk_import import ImportResult
from vfadmin.services.context import Services
from vfadmin.simulator import OutlookUser, Simulator

EVENTS_EACH = 20
"""Events of one activated person on either side."""

_LOGIN_SHARE = 2
_ACTIVE_SHARE = 4
_SHOW_AS = {"free": "Free", "tentative": "Tentative", "busy": "Busy", "oof": "OOF"}


def fill_directory(services: Services, cast: Cast) -> None:
    """Persons, resources, companies and event types, as ValueFrame would have them."""
    for name in cast.event_types:
        services.directory.add_event_type(name)
    services.settings.set("default_event_type", cast.event_types[0])
    for actor in (*cast.persons, *cast.resources):
        services.directory.add_person(
            name=actor.name,
            email=actor.email,
            company=actor.company,
            person_id=actor.id,
            resource=actor.resource,
        )
    services.directory.change_person(cast.persons[2].id, mobile_sync="activesync")


def with_login(cast: Cast) -> tuple[Actor, ...]:
    """Those the customer's spreadsheet names: every second person."""
    return cast.persons[: len(cast.persons) // _LOGIN_SHARE]


def activated(cast: Cast) -> tuple[Actor, ...]:
    """Those who are brought into the synchronisation: every fourth person, ten of forty."""
    return cast.persons[: len(cast.persons) // _ACTIVE_SHARE]


def load_logins(services: Services, cast: Cast, file: Path) -> ImportResult:
    """Write the customer's spreadsheet and load it; its last row is wrong on purpose."""
    _write_sheet(cast, file)
    return services.bulk_import.apply(services.bulk_import.check(file))


def fill_valueframe(services: Services, cast: Cast, now: datetime) -> int:
    """Events on the ValueFrame side, by those who will be synchronised. Answers how many."""
    count = 0
    for actor in activated(cast):
        for happening in calendar(cast, "valueframe", actor, EVENTS_EACH, now):
            services.events.add(valueframe_document(happening) | {"owner": actor.id})
            count += 1
    return count


def fill_outlook(simulator: Simulator, cast: Cast, now: datetime) -> int:
    """Events on the Outlook side, likewise."""
    count = 0
    for actor in activated(cast):
        user = simulator.outlook(actor.email)
        for happening in calendar(cast, "outlook", actor, EVENTS_EACH, now):
            add_in_outlook(user, happening)
            count += 1
    return count


def valueframe_document(happening: Happening) -> dict[str, Any]:
    """An event under the command line's keys."""
    day = happening.all_day
    return {
        "title": happening.title,
        "start": (happening.start.date() if day else happening.start).isoformat(),
        "end": (happening.end.date() if day else happening.end).isoformat(),
        "all_day": day,
        "timezone": ZONE,
        "location": happening.location,
        "text": happening.text,
        "private": happening.private,
        "show_as": happening.show_as,
        "reminder_minutes": happening.reminder_minutes,
    }


def add_in_outlook(user: OutlookUser, happening: Happening) -> str:
    """The same as an Outlook user enters it; days are whole in the user's own zone."""
    start, end = happening.start, happening.end
    if happening.all_day:
        start, end = (_local_midnight(moment) for moment in (start, end))
    return user.create(
        subject=happening.title,
        start=start,
        end=end,
        all_day=happening.all_day,
        location=happening.location,
        body_text=happening.text,
        sensitivity="Private" if happening.private else "Normal",
        show_as=_SHOW_AS[happening.show_as],
        reminder_minutes=happening.reminder_minutes,
    )


def _local_midnight(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(ZONE))


def _write_sheet(cast: Cast, file: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - not needed to open the window again

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tunnukset"
    for row in _sheet_rows(with_login(cast), cast.persons[-1]):
        sheet.append(list(row))
    book.save(file)


def _sheet_rows(actors: Sequence[Actor], nobody: Actor) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = [("ValueFrame ID", "Nimi", "Integraatiotunnus")]
    rows += [(actor.id, actor.name, actor.login) for actor in actors]
    # What a customer's list really looks like: somebody wrote a remark where the login belongs.
    rows.append((nobody.id, nobody.name, "ei vielä tunnusta"))
    return rows
