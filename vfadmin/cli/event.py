"""``event``: events on the ValueFrame side. What is written here reaches Exchange at the next sync."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Command, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.events import EventRow

_FIRST_YEAR, _LAST_YEAR = 1900, 2500
"""The years an event may lie in: no shift of zone leaves the calendar from there."""

EventId = Annotated[int, typer.Argument(max=LARGEST, metavar="ID", help="event.id")]


class Showing(StrEnum):
    """Free/busy."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OOF = "oof"
    ELSEWHERE = "elsewhere"


Title = Annotated[str | None, typer.Option(metavar="TEXT", help="event.title")]
Start = Annotated[str | None, typer.Option(metavar="TIME", help="event.start")]
End = Annotated[str | None, typer.Option(metavar="TIME", help="event.end")]
AllDay = Annotated[bool | None, typer.Option("--all-day/--timed", help="event.all_day")]
Location = Annotated[str | None, typer.Option(metavar="TEXT", help="event.location")]
Text = Annotated[str | None, typer.Option(metavar="TEXT", help="event.text")]
Type = Annotated[str | None, typer.Option("--type", metavar="NAME", help="event.type")]
Zone = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="event.timezone")]
Private = Annotated[bool | None, typer.Option("--private/--public", help="event.private")]
ShowAs = Annotated[Showing | None, typer.Option(help="event.show_as")]
Reminder = Annotated[str | None, typer.Option(metavar="MINUTES|none", help="event.reminder")]
Acknowledged = Annotated[
    bool | None, typer.Option("--acknowledged/--unacknowledged", help="event.acknowledged")
]
Participants = Annotated[
    list[int] | None, typer.Option("--participant", max=LARGEST, metavar="ID", help="event.participant")
]
Document = Annotated[str | None, typer.Option("--json-file", metavar="FILE|-", help="event.json_file")]


def group() -> typer.Typer:
    """The commands under ``event``."""
    app = make_group("event")
    app.command("list", cls=Command, help="event.list")(list_events)
    app.command("add", cls=Command, help="event.add")(add)
    app.command("edit", cls=Command, help="event.edit")(edit)
    app.command("delete", cls=Command, help="event.delete")(delete)
    app.command("show", cls=Command, help="event.show")(show)
    return app


def list_events(
    ctx: typer.Context,
    person: Annotated[int, typer.Option(max=LARGEST, metavar="ID", help="event.of_person")],
    from_: Annotated[str | None, typer.Option("--from", metavar="TIME", help="event.from")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="TIME", help="event.to")] = None,
    as_json: Json = False,
) -> None:
    """A person's events that overlap the span, by start."""
    call = call_of(ctx, as_json=as_json)
    found = call.services.events.list(person, _moment("--from", from_, call), _moment("--to", to, call))
    if as_json:
        call.out.document([row.as_json() for row in found])
    elif found:
        call.out.table(
            ("column.id", "column.start", "column.end", "column.title", "column.location"),
            [
                [row.id, _when(row.start, call), _when(row.end, call), row.title, row.location]
                for row in found
            ],
        )
    else:
        call.out.say("event.none")


def add(
    ctx: typer.Context,
    person: Annotated[int | None, typer.Option(max=LARGEST, metavar="ID", help="event.of_person")] = None,
    title: Title = None,
    start: Start = None,
    end: End = None,
    all_day: AllDay = None,
    location: Location = None,
    text: Text = None,
    type_: Type = None,
    timezone: Zone = None,
    private: Private = None,
    show_as: ShowAs = None,
    reminder: Reminder = None,
    acknowledged: Acknowledged = None,
    participant: Participants = None,
    json_file: Document = None,
    as_json: Json = False,
) -> None:
    """A new event, from flags or from a document with the event keys; flags win."""
    call = call_of(ctx, as_json=as_json)
    data = _document(json_file, call)
    if person is not None:
        data["owner"] = person
    data |= _given(
        call,
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        location=location,
        text=text,
        type=type_,
        timezone=timezone,
        private=private,
        show_as=show_as,
        reminder=reminder,
        acknowledged=acknowledged,
        participant=participant,
    )
    if "owner" not in data:
        raise usage(call, "usage.missing", name="--person")
    _answer(call, call.services.events.add(data), "event.added")


def edit(
    ctx: typer.Context,
    event_id: EventId,
    title: Title = None,
    start: Start = None,
    end: End = None,
    all_day: AllDay = None,
    location: Location = None,
    text: Text = None,
    type_: Type = None,
    timezone: Zone = None,
    private: Private = None,
    show_as: ShowAs = None,
    reminder: Reminder = None,
    acknowledged: Acknowledged = None,
    participant: Participants = None,
    json_file: Document = None,
    as_json: Json = False,
) -> None:
    """Change what is given and leave the rest."""
    call = call_of(ctx, as_json=as_json)
    changes = _document(json_file, call) | _given(
        call,
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        location=location,
        text=text,
        type=type_,
        timezone=timezone,
        private=private,
        show_as=show_as,
        reminder=reminder,
        acknowledged=acknowledged,
        participant=participant,
    )
    if not changes:
        raise usage(call, "event.nothing_given")
    _answer(call, call.services.events.edit(event_id, changes), "event.changed")


def delete(ctx: typer.Context, event_id: EventId, as_json: Json = False) -> None:
    """Delete softly; answers the row that was."""
    call = call_of(ctx, as_json=as_json)
    _answer(call, call.services.events.delete(event_id), "event.deleted")


def show(ctx: typer.Context, event_id: EventId, as_json: Json = False) -> None:
    """One event with everything that travels."""
    call = call_of(ctx, as_json=as_json)
    row = call.services.events.show(event_id)
    if as_json:
        call.out.document(row.as_json())
        return
    call.out.pairs([(f"field.{key}", _shown(value)) for key, value in row.as_json().items()])


def _given(call: Call, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - each flag has its own type
    """The flags that were set, under the event keys."""
    data = {key: value for key, value in values.items() if value is not None}
    if "show_as" in data:
        data["show_as"] = str(data["show_as"])
    if "reminder" in data:
        data["reminder_minutes"] = _reminder(data.pop("reminder"), call)
    if "participant" in data:
        data["participants"] = [{"person": one} for one in data.pop("participant")]
    return data


def _reminder(text: str, call: Call) -> int | None:
    if text.strip().lower() == "none":
        return None
    if not text.isascii() or not text.isdigit():
        raise usage(call, "usage.value", name="--reminder", expected=call.text("event.minutes_or_none"))
    return int(text)


def _document(source: str | None, call: Call) -> dict[str, Any]:
    if source is None:
        return {}
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise usage(call, "usage.no_file", name="--json-file", path=source) from None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise usage(call, "event.bad_document")
    return data


def _moment(name: str, text: str | None, call: Call) -> datetime | date | None:
    """A date (a midnight in Finnish time), or a time; one without an offset is Finnish time, too."""
    if text is None:
        return None
    try:
        found = (
            date.fromisoformat(text) if "T" not in text and ":" not in text else datetime.fromisoformat(text)
        )
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise usage(call, "usage.value", name=name, expected=call.text("event.a_time"))
    return found


def _when(moment: datetime | date, call: Call) -> str:
    return call.out.cell(moment) if isinstance(moment, datetime) else moment.isoformat()


def _shown(value: Any) -> str | int | bool | None:  # noqa: ANN401 - a JSON value
    if value is None or isinstance(value, str | int | bool):
        return value
    return json.dumps(value, ensure_ascii=False)


def _answer(call: Call, row: EventRow, key: str) -> None:
    if call.out.as_json:
        call.out.document(row.as_json())
    else:
        call.out.say(key, id=row.id, title=row.title)
