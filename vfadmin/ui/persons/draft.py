"""What a person form holds, and how it is stored: what was changed, each write guarded by the version."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from vfadmin.errors import Failure, UsageError

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form."""

    name: str
    email: str
    company: str
    active: bool
    resource: bool
    login: str
    calendar: str
    calendar_name: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The row as it stands after saving; ``failure`` is why a later part was refused."""

    row: PersonRow
    failure: Failure | None = None


def draft_of(row: PersonRow) -> Draft:
    """The form of an unchanged row."""
    return Draft(
        name=row.name,
        email=row.email,
        company=row.company,
        active=row.person_active,
        resource=row.kind == "resource",
        login=row.login,
        calendar=str(row.calendar),
        calendar_name=row.calendar_name,
    )


def differences(row: PersonRow, draft: Draft) -> list[tuple[str, str, str]]:
    """The fields in which a row and a draft differ: name, as stored, as typed."""
    stored = draft_of(row)
    return [
        (field.name, str(getattr(stored, field.name)), str(getattr(draft, field.name)))
        for field in fields(Draft)
        if getattr(stored, field.name) != getattr(draft, field.name)
    ]


def save(services: Services, row: PersonRow, draft: Draft) -> Saved:
    """Store what differs from the row. Called in the services' thread.

    Raises UsageError when the first part is refused, VF-LOGIN-05 among them; a later refusal comes with
    the row as far as it was stored.
    """
    before = draft_of(row)
    if (draft.name, draft.email, draft.company, draft.active, draft.resource) != (
        *(before.name, before.email, before.company, before.active, before.resource),
    ):
        row = services.directory.change_person(
            row.id,
            name=draft.name,
            email=draft.email,
            company=draft.company,
            active=draft.active,
            resource=draft.resource,
            version=row.version,
        )
        try:
            return Saved(_save_integration(services, row, before, draft))
        except UsageError as error:
            return Saved(services.directory.person(row.id), error.failure)
    return Saved(_save_integration(services, row, before, draft))


def _save_integration(services: Services, row: PersonRow, before: Draft, draft: Draft) -> PersonRow:
    if draft.login != before.login:
        row = services.activation.set_login(row.id, draft.login, row.version)
    if (draft.calendar, draft.calendar_name) != (before.calendar, before.calendar_name):
        row = services.activation.set_calendar(row.id, draft.calendar, draft.calendar_name, row.version)
    return row


def read_person(services: Services, person_id: int) -> PersonRow:
    """The row as it is stored now. Called in the services' thread."""
    return services.directory.person(person_id)
