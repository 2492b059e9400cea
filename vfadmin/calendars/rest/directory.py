"""Companies and persons as a customer's resources list them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from vfadmin.calendars.rest.field_map import FieldMap, ResourceMap
from vfadmin.calendars.rest.listing import listed
from vfadmin.calendars.rest.session import Line, RestSession
from vfadmin.calendars.rest.values import Codec, FieldError, Row, id_of
from vfadmin.errors import CalendarError, Failure, failure


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of ValueFrame's; None where the map says nothing of a field."""

    id: int
    name: str
    email: str | None = None
    active: bool | None = None
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the resources list, and why single rows could not be read, by what is known of their ids."""

    persons: tuple[ListedPerson, ...]
    failures: tuple[tuple[str, Failure], ...] = ()


def persons(session: RestSession) -> Listed:
    """Everybody, with their company. Raises CalendarError, VF-REST-01 without a map of persons."""
    field_map, line = session.map, Line(session)
    if field_map.persons is None:
        raise CalendarError(failure("VF-REST-01", path=field_map.path, field="persons", problem="missing"))
    companies = _companies(field_map, line)
    codec = Codec(field_map.persons, ZoneInfo(field_map.zone))
    found: list[ListedPerson] = []
    failures: list[tuple[str, Failure]] = []
    for row in _all(line, field_map.persons):
        try:
            found.append(_person(codec, row, companies))
        except FieldError as error:
            told = failure("VF-REST-11", field=error.field, value=error.value)
            failures.append((str(codec.raw(row, "id")), told))
    return Listed(tuple(found), tuple(failures))


def _companies(field_map: FieldMap, line: Line) -> dict[int, str]:
    if field_map.companies is None:
        return {}
    codec = Codec(field_map.companies, ZoneInfo(field_map.zone))
    rows = _all(line, field_map.companies)
    return {number: codec.text(row, "name") for row in rows if (number := id_of(codec.raw(row, "id")))}


def _person(codec: Codec, row: Row, companies: dict[int, str]) -> ListedPerson:
    known = codec.resource.fields
    parts = ("name",) if "name" in known else ("first_name", "last_name")
    company = codec.number(row, "company_id")
    return ListedPerson(
        id=id_of(codec.raw(row, "id")) or 0,
        name=" ".join(part for name in parts if (part := codec.text(row, name).strip())),
        email=codec.text(row, "email").strip() if "email" in known else None,
        active=codec.flag(row, "active", default=True) if "active" in known else None,
        company=None if company is None else companies.get(company),
    )


def _all(line: Line, resource: ResourceMap) -> tuple[Row, ...]:
    return listed(line, resource, resource.parameters).rows
