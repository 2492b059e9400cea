"""Writing judged rows into the store, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from vfadmin.models import CalendarChoice, Company, Integration, Pair, Person, State
from vfadmin.models.people import fold, login_key
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import derive
from vfadmin.services.import_plan import BLANK, Known, PlannedRow, Snapshot, Verdict
from vfadmin.services.rows import chunks
from vfadmin.services.subjects import subjects
from vfadmin.services.transitions import (
    Action,
    choose_calendar,
    enter_login,
    facts,
    integration_for,
    perform,
)

_OF_PERSON = ("name", "email", "kind", "mobile_sync")


def take_snapshot(session: Session) -> Snapshot:
    """Everybody in the store as the judgement of a list needs them."""
    wanted = (
        select(
            Person.id,
            Person.active,
            Person.name,
            Person.email,
            Person.kind,
            Person.mobile_sync,
            Company.name.label("company"),
            Integration.login,
            Integration.state,
            Integration.calendar,
            Integration.calendar_name,
            Integration.mailbox,
            exists().where(Pair.person_id == Person.id).label("paired"),
        )
        .outerjoin(Integration, Integration.person_id == Person.id)
        .outerjoin(Company, Company.id == Person.company_id)
        .order_by(Person.id)
    )
    known = tuple(
        Known(
            id=row.id,
            active=row.active,
            state=State(row.state or State.UNUSED),
            mailbox=row.mailbox or "",
            paired=row.paired,
            facts={name: str(getattr(row, name) or default) for name, default in BLANK.items()},
        )
        for row in session.execute(wanted)
    )
    return Snapshot(known, frozenset(session.scalars(select(Company.name))))


class Applier:
    """Applies the rows of one list; nothing is committed here."""

    def __init__(self, session: Session, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._companies = {
            fold(name): number for number, name in session.execute(select(Company.id, Company.name))
        }

    def apply(self, rows: Sequence[PlannedRow]) -> None:
        """Create and change what the rows say, with an audit entry each."""
        created = [row for row in rows if row.verdict is Verdict.CREATE]
        updated = {row.person_id: row for row in rows if row.verdict is Verdict.UPDATE}
        self._free_logins(updated.values())
        for person, row in self._updatable(updated):
            self._change(person, row)
        self._session.flush()
        # Rows with an id of their own first, so that no given-out number takes one of them.
        created.sort(key=lambda row: row.person_id is None)
        self._create(created)
        self._session.flush()

    def _free_logins(self, rows: Iterable[PlannedRow]) -> None:
        """Logins may change hands within one list; the unique column must not see both holders at once."""
        moving = [
            row.person_id
            for row in rows
            for change in row.changes
            if change.field == "login"
            and row.person_id is not None
            and login_key(change.old) != login_key(change.new)
        ]
        for chunk in chunks(moving):
            self._session.execute(
                update(Integration).where(Integration.person_id.in_(chunk)).values(login_key=None)
            )

    def _updatable(
        self, rows: Mapping[int | None, PlannedRow]
    ) -> Iterable[tuple[tuple[Person, Integration | None], PlannedRow]]:
        ids = [number for number in rows if number is not None]
        for number, found in subjects(self._session, ids):
            if found is not None:
                yield found, rows[number]

    def _change(self, found: tuple[Person, Integration | None], row: PlannedRow) -> None:
        person, integration = found
        before = facts(integration)
        new = {change.field: change.new for change in row.changes}
        for name in _OF_PERSON:
            if name in new:
                setattr(person, name, new[name])
        if "company" in new:
            person.company_id = self._company(new["company"])
        person.version += 1
        derive(person, "" if integration is None else integration.login)
        integration = self._integrate(person, integration, row, new)
        self._record(
            "import.update", person, {one.field: one.old for one in row.changes}, new, before, integration
        )

    def _create(self, rows: Sequence[PlannedRow]) -> None:
        highest = self._session.scalar(select(func.max(Person.id))) or 0
        for row in rows:
            number = row.person_id if row.person_id is not None else highest + 1
            highest = max(highest, number)
            new = BLANK | dict(row.values)
            person = Person(
                id=number,
                name=new["name"],
                email=new["email"],
                kind=new["kind"],
                mobile_sync=new["mobile_sync"],
                company_id=self._company(new["company"]),
                active=True,
                version=1,
            )
            derive(person, "")
            self._session.add(person)
            integration = self._integrate(person, None, row, dict(row.values))
            self._record("import.create", person, None, dict(row.values), facts(None), integration)

    def _integrate(
        self, person: Person, integration: Integration | None, row: PlannedRow, new: Mapping[str, str]
    ) -> Integration | None:
        chooses = "calendar" in new or "calendar_name" in new
        if not ("login" in new or chooses or row.activates):
            return integration
        integration = integration_for(self._session, person, integration)
        if "login" in new:
            enter_login(person, integration, new["login"], self._now)
        if chooses:
            choice = CalendarChoice(new.get("calendar", integration.calendar))
            name = new.get("calendar_name", integration.calendar_name)
            choose_calendar(self._session, integration, choice, name)
        if row.activates:
            perform(self._session, Action.ACTIVATE, person, integration, self._now)
        return integration

    def _company(self, name: str) -> int | None:
        if not name:
            return None
        known = self._companies.get(fold(name))
        if known is None:
            added = Company(name=name)
            self._session.add(added)
            self._session.flush()
            known = self._companies[fold(name)] = added.id
        return known

    def _record(
        self,
        action: str,
        person: Person,
        old: Mapping[str, Any] | None,
        new: Mapping[str, Any],
        before: Mapping[str, Any],
        integration: Integration | None,
    ) -> None:
        after = dict(new)
        was = None if old is None else dict(old)
        state = facts(integration)["state"]
        if state != before["state"]:
            after["state"] = state
            if was is not None:
                was["state"] = before["state"]
        record(self._session, self._actor, action, f"person:{person.id}", was, after, self._now)
