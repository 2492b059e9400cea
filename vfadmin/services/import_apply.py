"""Writing judged rows into the store, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from vfadmin.models import (
    Audit,
    CalendarChoice,
    Company,
    ImportChange,
    Integration,
    Intent,
    MobileSync,
    Origin,
    Person,
    State,
)
from vfadmin.models.people import fold, login_key, search_text, sort_name
from vfadmin.services.audit import Actor, entry
from vfadmin.services.directory import derive, mobile_sync_from
from vfadmin.services.import_drafts import Drafts, columns_of
from vfadmin.services.import_people import BLANK
from vfadmin.services.import_plan import PlannedRow, Verdict
from vfadmin.services.progress import Progress
from vfadmin.services.rows import chunks, version_of
from vfadmin.services.subjects import Subject
from vfadmin.services.transitions import (
    Action,
    choose_calendar,
    enter_login,
    facts,
    new_integration,
    perform,
    put_to_work,
)
from vfadmin.sync import takeout

OF_PERSON = ("name", "email", "kind")
"""What a list changes of a person as it stands in the row."""

_PAGE = 500
_OF_INTEGRATION = frozenset({"login", "calendar", "calendar_name"})
_MOBILE_FACTS = ("mobile_sync_origin", "mobile_sync_by", "mobile_sync_set")


class Companies:
    """The companies by the form of their names in which they are compared."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids = {fold(name): number for number, name in session.execute(select(Company.id, Company.name))}

    def add(self, names: Sequence[str]) -> list[int]:
        """Add those and answer their ids."""
        if names:
            self._session.connection().execute(insert(Company), [{"name": name} for name in names])
        added = []
        for chunk in chunks(range(len(names)), _PAGE):
            some = select(Company.id, Company.name).where(Company.name.in_([names[one] for one in chunk]))
            for number, name in self._session.execute(some):
                self._ids[fold(name)] = number
                added.append(number)
        return added

    def known(self, name: str) -> int | None:
        """The id of the company of that name, if there is one."""
        return self._ids.get(fold(name))

    def id_of(self, name: str) -> int | None:
        """The id of the company of that name, None for no name; one that is gone is added again."""
        if not name:
            return None
        if fold(name) not in self._ids:
            self.add([name])
        return self._ids[fold(name)]


def free_logins(session: Session, ids: Iterable[int]) -> None:
    """Logins may change hands within one list; the unique column must not see both holders at once."""
    for chunk in chunks(ids):
        session.execute(update(Integration).where(Integration.person_id.in_(chunk)).values(login_key=None))


def mobile_facts(person: Person) -> dict[str, Any]:
    """Where the mobile sync is known from, as an undo keeps it."""
    at = person.mobile_sync_set
    told = (person.mobile_sync_origin, person.mobile_sync_by, None if at is None else at.isoformat())
    return dict(zip(_MOBILE_FACTS, told, strict=True))


def give_mobile_facts(person: Person, facts: Mapping[str, Any]) -> None:
    """Write them back."""
    origin, by, at = (facts.get(name) for name in _MOBILE_FACTS)
    person.mobile_sync_origin, person.mobile_sync_by = origin, by
    person.mobile_sync_set = None if at is None else datetime.fromisoformat(at)


class Applier:
    """Applies the rows of one list; nothing is committed here.

    Each row leaves an audit entry and, for the undo, what it changed. A person with an integration goes
    through the same transitions as an admin's single changes; who is new is inserted, many at a time.
    """

    def __init__(
        self,
        session: Session,
        actor: Actor,
        now: datetime,
        batch: int,
        companies: Companies,
        progress: Progress,
    ) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._batch, self._companies, self._progress = batch, companies, progress
        self._taking_out = set(
            session.scalars(select(Intent.person_id).where(Intent.operation == takeout.TAKE_OUT))
        )
        self._templates: dict[tuple[bool, bool, str], Mapping[str, Any]] = {}
        self._mobile: dict[str | None, Mapping[str, Any]] = {}
        self._pages: dict[Any, list[dict[str, Any]]] = {
            table: [] for table in (Person, Integration, Audit, ImportChange)
        }

    def apply(self, rows: Sequence[PlannedRow]) -> None:
        """Create and change what the rows say.

        Raises UsageError VF-IMPORT-20 when the progress is cancelled.
        """
        updated = {row.person_id: row for row in rows if row.verdict is Verdict.UPDATE}
        free_logins(self._session, _moving(updated.values()))
        for chunk in chunks((one for one in updated if one is not None), _PAGE):
            drafts = Drafts(self._session, chunk)
            for number, found in drafts.subjects():
                self._change(drafts, found, updated[number])
            drafts.write()
            self._turn()
            self._progress.step(len(chunk))
        highest = self._session.scalar(select(func.max(Person.id))) or 0
        for number, row in _numbered(rows, highest):
            self._create(number, row)
            if len(self._pages[Person]) >= _PAGE:
                self._progress.step(len(self._pages[Person]))
                self._turn()
        self._progress.step(len(self._pages[Person]))
        self._turn()

    def _turn(self) -> None:
        """Write what has gathered, and begin a new page."""
        for table, page in self._pages.items():
            if page:
                self._session.connection().execute(insert(table), page)
                page.clear()

    def _change(self, drafts: Drafts, found: Subject, row: PlannedRow) -> None:
        person, integration = found
        new = {change.field: change.new for change in row.changes}
        old: dict[str, Any] = {change.field: change.old for change in row.changes}
        state = facts(integration)["state"]
        kept = mobile_facts(person) if "mobile_sync" in new else {}
        for name in OF_PERSON:
            if name in new:
                setattr(person, name, new[name])
        if "mobile_sync" in new:
            self._set_mobile_sync(person, new["mobile_sync"])
        if "company" in new:
            person.company_id = self._companies.id_of(new["company"])
        person.version += 1
        if {"name", "email"} & new.keys():
            derive(person, "" if integration is None else integration.login)
        if new.keys() & _OF_INTEGRATION or row.activates:
            integration = self._integrated(drafts.integration_for(person.id), person, row, new)
        states = state, facts(integration)["state"]
        version = version_of(person, integration)
        self._note("import.update", person.id, version, (old, kept), new, states)

    def _create(self, number: int, row: PlannedRow) -> None:
        said = dict(row.values)
        new = BLANK | said
        login = said.get("login", "")
        version, state = 1, State.UNUSED
        if said.keys() & _OF_INTEGRATION or row.activates:
            made = dict(self._template("login" in said, row.activates, new["kind"]))
            made |= {"person_id": number, "login": login, "login_key": login_key(login) or None}
            made |= {"calendar": new["calendar"], "calendar_name": new["calendar_name"]}
            version, state = version + made["version"], made["state"]
            self._pages[Integration].append(made)
        self._pages[Person].append(
            {
                "id": number,
                "name": new["name"],
                "sort_name": sort_name(new["name"]),
                "email": new["email"],
                "company_id": self._companies.id_of(new["company"]),
                "kind": new["kind"],
                "active": True,
                "search_text": search_text(
                    person_id=number, name=new["name"], email=new["email"], login=login
                ),
                "version": 1,
                **self._mobile_sync(said.get("mobile_sync")),
            }
        )
        self._note("import.create", number, version, None, said, (State.UNUSED, state))

    def _template(self, has_login: bool, activates: bool, kind: str) -> Mapping[str, Any]:
        """The integration of somebody new, as the transitions make it.

        Whoever is alike has the same but for login and calendar, so many thousands need not go through them.
        """
        key = has_login, activates, kind
        if key not in self._templates:
            person = Person(id=0, name="", email="", kind=kind)
            integration = new_integration(0)
            if has_login:
                enter_login(person, integration, "", self._now)
            if activates:
                put_to_work(person, integration, self._now)
            self._templates[key] = columns_of(integration)
        return self._templates[key]

    def _mobile_sync(self, value: str | None) -> Mapping[str, Any]:
        if value not in self._mobile:
            person = Person(mobile_sync=MobileSync.NONE)
            person.mobile_sync_origin = person.mobile_sync_by = person.mobile_sync_set = None
            if value is not None:
                self._set_mobile_sync(person, value)
            self._mobile[value] = columns_of(person)
        return self._mobile[value]

    def _set_mobile_sync(self, person: Person, value: str) -> None:
        mobile_sync_from(person, MobileSync(value), Origin.FILE, self._actor, self._now)

    def _integrated(
        self, integration: Integration, person: Person, row: PlannedRow, new: Mapping[str, str]
    ) -> Integration:
        if "login" in new:
            enter_login(person, integration, new["login"], self._now)
        if "calendar" in new or "calendar_name" in new:
            choice = CalendarChoice(new.get("calendar", integration.calendar))
            name = new.get("calendar_name", integration.calendar_name)
            choose_calendar(self._session, integration, choice, name)
        if row.activates and person.id in self._taking_out:
            perform(self._session, Action.ACTIVATE, person, integration, self._now)
        elif row.activates:
            put_to_work(person, integration, self._now)
        return integration

    def _note(
        self,
        action: str,
        number: int,
        version: int,
        was: tuple[dict[str, Any], dict[str, Any]] | None,
        new: Mapping[str, Any],
        states: tuple[str, str],
    ) -> None:
        """The audit entry, and what an undo has to know: what was, and what belongs to it."""
        after = dict(new)
        old, kept = (None, {}) if was is None else was
        if states[0] != states[1]:
            after["state"] = str(states[1])
            if old is not None:
                old["state"] = str(states[0])
        self._pages[Audit].append(entry(self._actor, action, f"person:{number}", old, after, self._now))
        self._pages[ImportChange].append(
            {
                "batch_id": self._batch,
                "person_id": number,
                "version": version,
                "before": None if old is None else old | kept,
                # Of somebody new everything is the batch's, and the version tells whether it still stands.
                "after": {} if old is None else after,
            }
        )


def _moving(rows: Iterable[PlannedRow]) -> list[int]:
    return [
        row.person_id
        for row in rows
        for change in row.changes
        if change.field == "login"
        and row.person_id is not None
        and login_key(change.old) != login_key(change.new)
    ]


def _numbered(rows: Iterable[PlannedRow], highest: int) -> Iterator[tuple[int, PlannedRow]]:
    """Who is new, with an id: rows with one of their own first, so that no given-out number takes theirs."""
    created = [row for row in rows if row.verdict is Verdict.CREATE]
    created.sort(key=lambda row: row.person_id is None)
    for row in created:
        number = highest + 1 if row.person_id is None else row.person_id
        highest = max(highest, number)
        yield number, row
