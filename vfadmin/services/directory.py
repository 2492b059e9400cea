"""Persons, resources and companies, where no other source fills the directory."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Company, EventType, Integration, MobileSync, Origin, Person, PersonKind
from vfadmin.models.people import fold, search_text, sort_name
from vfadmin.models.store import Store
from vfadmin.services.audit import ACTOR_LIMIT, Actor, difference, record
from vfadmin.services.logins import is_address, normal_login
from vfadmin.services.rows import PersonRow, row_of
from vfadmin.services.subjects import expect_version, judged_login, subject
from vfadmin.services.transitions import Action, enter_login, facts, integration_for, judge, perform

Clock = Callable[[], datetime]

NAME_LIMIT = 200
EMAIL_LIMIT = 320
TYPE_LIMIT = 100
ID_LIMIT = 2**31 - 1
_SHOWN_LIMIT = 80


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company and how many active persons and resources it has."""

    id: int
    name: str
    persons: int


@dataclass(frozen=True, slots=True)
class EventTypeRow:
    """A kind of event (*tapahtumalaji*)."""

    id: int
    name: str
    active: bool


class Directory:
    """Adds and changes persons; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def person(self, person_id: int) -> PersonRow:
        """One row. Raises UsageError VF-PERSON-01."""
        with self._store.read() as session:
            return row_of(session, person_id)

    def add_person(
        self,
        *,
        name: str,
        email: str = "",
        company: str | None = None,
        person_id: int | None = None,
        login: str | None = None,
        resource: bool = False,
    ) -> PersonRow:
        """Add a person or resource; an unknown company is added with it.

        Raises UsageError: VF-PERSON-02 (id taken), -03 (e-mail), -04 (name, company), -05 (id),
        VF-LOGIN-02 and -03.
        """
        person = Person(
            id=0 if person_id is None else checked_id(person_id),
            name=checked_name("name", name),
            email=checked_email(email),
            kind=PersonKind.RESOURCE if resource else PersonKind.PERSON,
            active=True,
            mobile_sync=MobileSync.NONE,
            version=1,
        )
        with self._store.write() as session:
            if person_id is not None and session.get(Person, person_id) is not None:
                raise UsageError(failure("VF-PERSON-02", person=person_id))
            if person_id is None:
                # Given out here and not by the database, whose own count knows nothing of ids that came in.
                person.id = (session.scalar(select(func.max(Person.id))) or 0) + 1
            person.company_id = company_id(session, company or "")
            derive(person, "")
            session.add(person)
            session.flush()
            if login is not None and normal_login(login):
                checked = judged_login(session, person, None, login)
                enter_login(person, integration_for(session, person, None), checked, self._clock())
            session.flush()
            after = _facts(session, person)
            record(session, self._actor, "person.add", f"person:{person.id}", None, after, self._clock())
            return row_of(session, person.id)

    def change_person(
        self,
        person_id: int,
        *,
        name: str | None = None,
        email: str | None = None,
        company: str | None = None,
        active: bool | None = None,
        resource: bool | None = None,
        mobile_sync: MobileSync | str | None = None,
        mobile_sync_used: datetime | None = None,
        login: str | None = None,
        version: int | None = None,
    ) -> PersonRow:
        """Change what is given; None leaves it, an empty text clears it where that is possible.

        A person who becomes inactive is passivated in the same transaction, nothing is deleted (R30).
        Raises UsageError as `add_person`, and VF-PERSON-01, VF-LOGIN-05 when ``version`` has moved.
        """
        with self._store.write() as session:
            person, integration = subject(session, person_id)
            expect_version(person, integration, version)
            before = _facts(session, person)
            if name is not None:
                person.name = checked_name("name", name)
            if email is not None:
                person.email = checked_email(email)
            if company is not None:
                person.company_id = company_id(session, company)
            if resource is not None:
                person.kind = PersonKind.RESOURCE if resource else PersonKind.PERSON
            if mobile_sync is not None:
                self._set_mobile_sync(person, checked_mobile_sync(mobile_sync))
            if mobile_sync_used is not None:
                person.mobile_sync_used = mobile_sync_used
            if active is not None:
                person.active = active
            if login is not None and normal_login(login) != before["login"]:
                checked = judged_login(session, person, integration, login)
                integration = integration_for(session, person, integration)
                enter_login(person, integration, checked, self._clock())
            if not person.active and integration is not None:
                self._passivate(session, person, integration)
            derive(person, "" if integration is None else integration.login)
            self._record_change(session, person, before)
            return row_of(session, person_id)

    def companies(self) -> list[CompanyRow]:
        """All companies in Finnish alphabetical order."""
        counted = (
            select(Company.id, Company.name, func.count(Person.id).label("persons"))
            .outerjoin(Person, and_(Person.company_id == Company.id, Person.active))
            .group_by(Company.id, Company.name)
        )
        with self._store.read() as session:
            found = [CompanyRow(row.id, row.name, row.persons) for row in session.execute(counted)]
        return sorted(found, key=lambda row: sort_name(row.name))

    def event_types(self) -> list[EventTypeRow]:
        """All event types in Finnish alphabetical order."""
        with self._store.read() as session:
            found = [EventTypeRow(one.id, one.name, one.active) for one in session.scalars(select(EventType))]
        return sorted(found, key=lambda row: sort_name(row.name))

    def add_event_type(self, name: str) -> EventTypeRow:
        """Add an event type, or answer the one of that name. Raises UsageError VF-PERSON-04."""
        checked = checked_name("event_type", name, TYPE_LIMIT)
        with self._store.write() as session:
            for one in session.scalars(select(EventType)):
                if fold(one.name) == fold(checked):
                    return EventTypeRow(one.id, one.name, one.active)
            added = EventType(name=checked, active=True)
            session.add(added)
            session.flush()
            after = {"name": checked}
            record(
                session, self._actor, "event_type.add", f"event_type:{added.id}", None, after, self._clock()
            )
            return EventTypeRow(added.id, added.name, added.active)

    def _passivate(self, session: Session, person: Person, integration: Integration) -> None:
        if judge(Action.PASSIVATE, person, integration).changes:
            perform(session, Action.PASSIVATE, person, integration, self._clock())

    def _set_mobile_sync(self, person: Person, value: MobileSync) -> None:
        if person.mobile_sync != value:
            mobile_sync_from(person, value, Origin.HAND, self._actor, self._clock())

    def _record_change(self, session: Session, person: Person, before: dict[str, Any]) -> None:
        session.flush()
        changed = difference(before, _facts(session, person))
        if changed is None:
            return
        person.version += 1
        record(session, self._actor, "person.change", f"person:{person.id}", *changed, self._clock())
        session.flush()


def derive(person: Person, login: str) -> None:
    """Fill the columns that search and sort use from the others."""
    person.sort_name = sort_name(person.name)
    person.search_text = search_text(person_id=person.id, name=person.name, email=person.email, login=login)


def mobile_sync_from(person: Person, value: MobileSync, origin: Origin, actor: Actor, now: datetime) -> None:
    """Enter which mobile sync a person uses, and where that is known from (R18)."""
    person.mobile_sync = value
    person.mobile_sync_origin, person.mobile_sync_by, person.mobile_sync_set = (
        origin,
        actor.name[:ACTOR_LIMIT],
        now,
    )


def checked_id(value: int) -> int:
    """A ValueFrame ID. Raises UsageError VF-PERSON-05 for what is none."""
    if not 0 < value <= ID_LIMIT:
        raise UsageError(failure("VF-PERSON-05", value=value))
    return value


def checked_name(field: str, value: str, limit: int = NAME_LIMIT) -> str:
    """A name on one line. Raises UsageError VF-PERSON-04 when it is empty, too long or unprintable."""
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not name or len(name) > limit or not name.isprintable():
        raise UsageError(failure("VF-PERSON-04", field=field, limit=limit))
    return name


def checked_email(value: str) -> str:
    """An address, or nothing. Raises UsageError VF-PERSON-03."""
    email = normal_login(value)
    if email and (len(email) > EMAIL_LIMIT or not is_address(email)):
        raise UsageError(failure("VF-PERSON-03", value=email[:_SHOWN_LIMIT]))
    return email


def checked_mobile_sync(value: str) -> MobileSync:
    """Which mobile sync it is. Raises UsageError VF-PERSON-06."""
    try:
        return MobileSync(value.strip().casefold())
    except ValueError:
        raise UsageError(failure("VF-PERSON-06", value=value[:_SHOWN_LIMIT])) from None


def company_id(session: Session, name: str) -> int | None:
    """The id of the company of that name, added if it is new; None for no name. Raises VF-PERSON-04."""
    if not name.strip():
        return None
    checked = checked_name("company", name)
    for found, known in session.execute(select(Company.id, Company.name)):
        if fold(known) == fold(checked):
            return int(found)
    added = Company(name=checked)
    session.add(added)
    session.flush()
    return added.id


def _facts(session: Session, person: Person) -> dict[str, Any]:
    """What the audit trail says of a person."""
    company = None if person.company_id is None else session.get(Company, person.company_id)
    used = person.mobile_sync_used
    return {
        "name": person.name,
        "email": person.email,
        "company": None if company is None else company.name,
        "kind": str(person.kind),
        "active": person.active,
        "mobile_sync": str(person.mobile_sync),
        "mobile_sync_used": None if used is None else used.isoformat(),
        **facts(session.get(Integration, person.id)),
    }
