"""The rows a change is about: a person and the integration beside it, with the checks every edit makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Integration, Person, State
from vfadmin.services.logins import checked_login, held_by, normal_login
from vfadmin.services.rows import chunks, version_of
from vfadmin.services.transitions import shown, state_of

Subject = tuple[Person, Integration | None]


def subject(session: Session, person_id: int) -> Subject:
    """The person and their integration. Raises UsageError VF-PERSON-01."""
    person = session.get(Person, person_id)
    if person is None:
        raise UsageError(failure("VF-PERSON-01", person=person_id))
    return person, session.get(Integration, person_id)


def subjects(session: Session, ids: Iterable[int]) -> Iterator[tuple[int, Subject | None]]:
    """Each id in order with its person and integration, None for an unknown one."""
    for chunk in chunks(ids):
        persons = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(chunk)))}
        integrations = {
            one.person_id: one
            for one in session.scalars(select(Integration).where(Integration.person_id.in_(chunk)))
        }
        for one in chunk:
            yield one, (persons[one], integrations.get(one)) if one in persons else None


def expect_version(person: Person, integration: Integration | None, version: int | None) -> None:
    """Raise UsageError VF-LOGIN-05 if the row is not the one the caller saw."""
    if version is not None and version != version_of(person, integration):
        raise UsageError(failure("VF-LOGIN-05", person=shown(person)))


def judged_login(session: Session, person: Person, integration: Integration | None, text: str) -> str:
    """The login to store for what was typed; empty to clear it, which an unused row alone allows.

    Raises UsageError: VF-LOGIN-01 (cleared on a live row), -02 (malformed), -03 (used by another),
    -04 (inactive person).
    """
    if not normal_login(text):
        if state_of(integration) is not State.UNUSED:
            raise UsageError(failure("VF-LOGIN-01", person=shown(person)))
        return ""
    if not person.active:
        raise UsageError(failure("VF-LOGIN-04", person=shown(person)))
    login = checked_login(text)
    holder = held_by(session, login, person.id)
    if holder is not None:
        raise UsageError(holder)
    return login
