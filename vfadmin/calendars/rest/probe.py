"""Checking a field map against a customer's interface, step by step, without writing anything.

Each resource is asked for one real row, and every mapped field is looked for in it and read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo

from vfadmin.calendars.base import RECURRENCE
from vfadmin.calendars.exchange.steps import Host, Step, in_turn
from vfadmin.calendars.rest.errors import unreached
from vfadmin.calendars.rest.field_map import VERBS, FieldMap, ResourceMap
from vfadmin.calendars.rest.listing import rows_of
from vfadmin.calendars.rest.session import CLOCK_TOLERANCE, Line, RestSession
from vfadmin.calendars.rest.values import Codec, FieldError, Row, id_of
from vfadmin.calendars.series import ShowAs
from vfadmin.errors import Failure, VfadminError, failure

CHECKS = ("clock", "rest_answer", "rest_fields", "rest_field", "rest_verbs")
"""The steps besides those to the host."""
_TIMEOUT = 10.0
_TIMES = frozenset({"start", "end", "created", "modified", "origin_created", "origin_modified", "written"})
_FLAGS = frozenset({"all_day", "private", "acknowledged", "active"})
_LISTS = frozenset({"exceptions", "deleted_occurrences", "participants"})
_IDS = frozenset({"id", "person"})
_NEEDED = _IDS | {"start", "end"}
_CLOCK = "VF-REST-03"


def steps(
    field_map: FieldMap, secret: Callable[[str], str], *, clock: Callable[[], float] = time.time
) -> Iterator[Step]:
    """The way to the host, then each resource: its answer, the clocks, its fields, its verbs."""
    session = RestSession(field_map, secret, clock=clock)

    def judged(error: BaseException) -> Failure:
        if isinstance(error, VfadminError):
            return error.failure
        return unreached(field_map.host, error).failure

    def silent() -> Failure:
        return failure("VF-REST-04", host=field_map.host, detail=str(field_map.port))

    host = Host(field_map.host, field_map.port, field_map.ca_file, judged, silent)

    def resources() -> Iterator[Step]:
        for resource in field_map.resources:
            yield from _resource(session, resource)

    try:
        yield from in_turn((lambda: host.reach(_TIMEOUT), resources))
    finally:
        session.close()


def _resource(session: RestSession, resource: ResourceMap) -> Iterator[Step]:
    name = resource.resource
    line = Line(session)
    paged = {"limit": "1", "offset": "0"} if resource.paging else {}
    # A parameter that stands for a person would leave out whatever is no person's.
    asked = {word: value for word, value in resource.parameters.items() if "{" not in value}
    try:
        rows = rows_of(line.get(resource, params={**asked, **paged}), resource, line)
    except VfadminError as error:
        check = "clock" if error.failure.code == _CLOCK else "rest_answer"
        yield Step(check, ok=False, detail=name, failure=error.failure)
        return
    yield Step("rest_answer", ok=True, detail=name)
    yield _clock(session)
    yield from _fields(session.map, resource, rows)
    open_ones = [verb for verb in VERBS if verb in resource.verbs]
    yield Step("rest_verbs", ok=True, detail=f"{name}: {' '.join(open_ones)}")


def _clock(session: RestSession) -> Step:
    seconds = round(session.clock_offset)
    ok = abs(seconds) <= CLOCK_TOLERANCE
    found = None if ok else failure(_CLOCK, host=session.map.host, seconds=abs(seconds))
    return Step("clock", ok=ok, detail=f"{seconds:+d} s", failure=found)


def _fields(field_map: FieldMap, resource: ResourceMap, rows: list[Row]) -> Iterator[Step]:
    if not rows:
        yield Step("rest_fields", ok=True, detail=f"{resource.resource}: 0")
        return
    codec = Codec(resource, ZoneInfo(field_map.zone))
    wrong = list(_unreadable(codec, rows[0]))
    for shown, value in wrong:
        found = failure("VF-REST-11", field=shown, value=value)
        yield Step("rest_field", ok=False, detail=f"{resource.resource}.{shown}", failure=found)
    total = len(resource.fields)
    yield Step("rest_fields", ok=not wrong, detail=f"{resource.resource}: {total - len(wrong)}/{total}")


def _unreadable(codec: Codec, row: Row) -> Iterator[tuple[str, str]]:
    """The mapped fields that the row has not, or that do not parse, with what they hold."""
    for name, shown in codec.resource.fields.items():
        if shown not in row:
            yield shown, ""
            continue
        try:
            _read(codec, row, name)
        except FieldError as error:
            yield shown, error.value


def _read(codec: Codec, row: Row, name: str) -> None:
    """Read one field as it will be read. Raises FieldError."""
    value = row[codec.resource.fields[name]]
    if value in (None, "") and name not in _NEEDED:
        return
    if name in _IDS and id_of(value) is None:
        raise codec.wrong(name, value)
    if name in _TIMES and codec.moment(row, name) is None:
        raise codec.wrong(name, "")
    readers: Mapping[str, Callable[[], object]] = {
        **dict.fromkeys(_FLAGS, lambda: codec.flag(row, name, default=False)),
        **dict.fromkeys(_LISTS, lambda: codec.listed(row, name)),
        "show_as": lambda: codec.word(row, name, ShowAs),
        "reminder_minutes": lambda: codec.number(row, name),
        "company_id": lambda: codec.number(row, name),
        RECURRENCE: lambda: codec.text(row, name),
    }
    readers.get(name, lambda: None if name in _TIMES | _IDS else codec.text(row, name))()
