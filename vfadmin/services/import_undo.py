"""Undoing a whole bulk load (R26): back to what was, except for rows that something has touched since.

An undo never takes a calendar back: who has been synchronised since his activation is passivated, and a
person the load has created stays as soon as anything refers to him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.errors import Failure, UsageError, failure
from vfadmin.models import (
    Audit,
    CalendarChoice,
    CalendarEvent,
    Company,
    Cursor,
    EventParticipant,
    History,
    ImportBatch,
    ImportChange,
    Integration,
    Intent,
    Pair,
    Person,
    Run,
    State,
)
from vfadmin.models.people import login_key
from vfadmin.services.audit import Actor, entry, record
from vfadmin.services.directory import derive
from vfadmin.services.import_apply import OF_PERSON, Companies, free_logins, give_mobile_facts
from vfadmin.services.import_drafts import Drafts
from vfadmin.services.logins import taken
from vfadmin.services.progress import Progress
from vfadmin.services.rows import chunks, version_of
from vfadmin.services.subjects import Subject, subjects
from vfadmin.services.transitions import (
    Action,
    choose_calendar,
    enter_login,
    is_paired,
    moves_calendar,
    perform,
    shown,
    state_of,
)
from vfadmin.sync.forget import never_used

_REFERRING: tuple[InstrumentedAttribute[int], ...] = (
    CalendarEvent.owner_id,
    EventParticipant.person_id,
    Pair.person_id,
    Intent.person_id,
    Cursor.person_id,
    Run.person_id,
    History.person_id,
)
"""Whatever may refer to a person, besides his integration."""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A person whom an undo left as he is, and why."""

    person_id: int
    name: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo did: how many persons have their former data, how many are gone again, who was left."""

    batch: int
    restored: int
    removed: int
    left: tuple[LeftRow, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """What the batch did to a person; ``before`` is None of one it created."""

    person_id: int
    version: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


class Undoing:
    """One undo, in the caller's transaction."""

    def __init__(self, session: Session, actor: Actor, now: datetime, progress: Progress) -> None:
        self._session, self._actor, self._now, self._progress = session, actor, now, progress
        self._left: dict[int, LeftRow] = {}
        self._trail: list[dict[str, Any]] = []

    def undo(self, batch_id: int) -> UndoResult:
        """Undo that batch.

        Raises UsageError: VF-IMPORT-20 (cancelled), -21 (no such batch), -23 (undone already), -24 (what it
        changed is not known any more).
        """
        batch = self._session.get(ImportBatch, batch_id)
        if batch is None:
            raise UsageError(failure("VF-IMPORT-21", batch=batch_id))
        if batch.undone_at is not None:
            raise UsageError(failure("VF-IMPORT-23", batch=batch_id))
        changes = _changes(self._session, batch_id)
        if not changes:
            raise UsageError(failure("VF-IMPORT-24", batch=batch_id))
        self._progress.begin(2 * len(changes))
        companies = Companies(self._session)
        for chunk in chunks(changes):
            self._judge(chunk, changes, companies)
            self._progress.step(len(chunk))
        self._keep_logins_apart(changes)
        self._progress.total -= len(self._left)
        restored, removed = self._carry_out(changes, companies)
        result = UndoResult(batch_id, restored, removed, tuple(self._left.values()))
        self._close(batch, result)
        return result

    def _judge(self, ids: Sequence[int], changes: Mapping[int, _Change], companies: Companies) -> None:
        """Leave what is not as the batch left it, and created persons that something refers to."""
        referred = _referred(self._session, [one for one in ids if changes[one].before is None])
        for number, found in subjects(self._session, ids):
            change = changes[number]
            reason = _reason(self._session, found, change, companies, referred=number in referred)
            if reason is not None:
                name = "" if found is None else found[0].name
                self._left[number] = LeftRow(number, name, reason)

    def _keep_logins_apart(self, changes: Mapping[int, _Change]) -> None:
        """A former login may be somebody else's by now: then that row is left, and keeps the one it has."""
        wanted = {
            number: str(change.before["login"])
            for number, change in changes.items()
            if change.before is not None and change.before.get("login")
        }
        while wanted:
            wanted = {number: login for number, login in wanted.items() if number not in self._left}
            free = {
                number
                for number, change in changes.items()
                if change.before is None or "login" in change.after
            }
            held = _holders(self._session, wanted.values(), but=free - set(self._left))
            clashes = {number: login for number, login in wanted.items() if login_key(login) in held}
            if not clashes:
                return
            for number, login in clashes.items():
                name = self._session.get_one(Person, number).name
                self._left[number] = LeftRow(number, name, taken(login, *held[login_key(login)]))

    def _carry_out(self, changes: Mapping[int, _Change], companies: Companies) -> tuple[int, int]:
        going = {number: change for number, change in changes.items() if number not in self._left}
        gone = [number for number, change in going.items() if change.before is None]
        back = {number: change for number, change in going.items() if change.before is not None}
        for chunk in chunks(gone):
            self._remove(chunk)
        free_logins(self._session, [number for number, change in back.items() if "login" in change.after])
        self._session.expunge_all()
        for chunk in chunks(back):
            drafts = Drafts(self._session, chunk)
            known = _known(self._session, chunk)
            for number, found in drafts.subjects():
                self._restore(found, back[number], companies, known=number in known)
            drafts.write()
            self._finish(chunk)
        return len(back), len(gone)

    def _remove(self, ids: Sequence[int]) -> None:
        for number, name in self._session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))):
            self._tell("import.remove", number, {"name": name}, None)
        self._session.execute(delete(Integration).where(Integration.person_id.in_(ids)))
        self._session.execute(delete(Person).where(Person.id.in_(ids)))
        self._finish(ids)

    def _tell(
        self, action: str, person: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        self._trail.append(entry(self._actor, action, f"person:{person}", before, after, self._now))

    def _finish(self, ids: Sequence[int]) -> None:
        self._session.flush()
        self._session.expunge_all()
        if self._trail:
            self._session.connection().execute(insert(Audit), self._trail)
            self._trail.clear()
        self._progress.step(len(ids))

    def _restore(self, found: Subject, change: _Change, companies: Companies, *, known: bool) -> None:
        person, integration = found
        before = dict(change.before or {})
        for name in OF_PERSON:
            if name in before:
                setattr(person, name, before[name])
        if "mobile_sync" in before:
            person.mobile_sync = before["mobile_sync"]
            give_mobile_facts(person, before)
        if "company" in before:
            person.company_id = companies.id_of(before["company"])
        person.version += 1
        derive(person, "" if integration is None else integration.login)
        if integration is not None:
            self._integration_back(person, integration, before, known=known)
        old = {name: value for name, value in before.items() if name in change.after}
        self._tell("import.restore", person.id, {name: change.after[name] for name in old}, old)

    def _integration_back(
        self, person: Person, integration: Integration, before: Mapping[str, Any], *, known: bool
    ) -> None:
        """The state first: an active integration keeps its calendar."""
        if before.get("state") == State.UNUSED and not known and integration.mailbox is None:
            never_used(integration)
            integration.version += 1
        elif "state" in before:
            perform(self._session, Action.PASSIVATE, person, integration, self._now)
        if "calendar" in before or "calendar_name" in before:
            choose_calendar(self._session, integration, *_calendar(integration, before))
        # One that has been synchronised since rests with the login that names its mailbox.
        if "login" in before and (before["login"] or state_of(integration) is State.UNUSED):
            enter_login(person, integration, before["login"], self._now)

    def _close(self, batch: ImportBatch, result: UndoResult) -> None:
        """Companies nobody is in any more go with the persons for whom they were added."""
        nobody = ~exists().where(Person.company_id == Company.id)
        self._session.flush()
        for chunk in chunks(batch.companies):
            self._session.execute(delete(Company).where(Company.id.in_(chunk), nobody))
        self._session.execute(delete(ImportChange).where(ImportChange.batch_id == batch.id))
        self._session.get_one(ImportBatch, batch.id).undone_at = self._now
        after = {
            "batch": batch.id,
            "sha256": batch.sha256,
            "restored": result.restored,
            "removed": result.removed,
            "left": len(result.left),
        }
        record(self._session, self._actor, "import.undo", f"file:{batch.file}", None, after, self._now)


def _changes(session: Session, batch: int) -> dict[int, _Change]:
    rows = session.execute(
        select(ImportChange.person_id, ImportChange.version, ImportChange.before, ImportChange.after)
        .where(ImportChange.batch_id == batch)
        .order_by(ImportChange.person_id)
    )
    return {row.person_id: _Change(*row) for row in rows}


def _reason(
    session: Session, found: Subject | None, change: _Change, companies: Companies, *, referred: bool
) -> Failure | None:
    """Why a row is left; None if it is as the batch left it."""
    if found is None:
        return failure("VF-PERSON-01", person=change.person_id)
    person, integration = found
    moved = version_of(person, integration) != change.version
    if moved or not _stands(person, integration, change, companies):
        return failure("VF-UNDO-01", person=shown(person))
    if referred:
        return failure("VF-IMPORT-25", person=shown(person))
    if (
        integration is not None
        and change.before is not None
        and {"calendar", "calendar_name"} & set(change.before)
    ):
        moves = moves_calendar(integration, *_calendar(integration, change.before))
        if moves and is_paired(session, person.id):
            return failure("VF-CALENDAR-02", person=shown(person))
    return None


def _calendar(integration: Integration, before: Mapping[str, Any]) -> tuple[CalendarChoice, str]:
    choice = CalendarChoice(before.get("calendar", integration.calendar))
    return choice, str(before.get("calendar_name", integration.calendar_name))


def _stands(person: Person, integration: Integration | None, change: _Change, companies: Companies) -> bool:
    """Whether what the batch wrote is still there: other programs and the engine move no version."""
    now = {name: getattr(person, name) for name in (*OF_PERSON, "mobile_sync")}
    if integration is not None:
        now |= {name: getattr(integration, name) for name in ("login", "calendar", "calendar_name")}
    now["state"] = state_of(integration).value
    now["company"] = person.company_id
    wrote = dict(change.after)
    if "company" in wrote:
        wrote["company"] = companies.known(wrote["company"])
    return all(str(now.get(name)) == str(value) for name, value in wrote.items() if name in now)


def _referred(session: Session, ids: Sequence[int]) -> set[int]:
    if not ids:
        return set()
    return {one for column in _REFERRING for one in session.scalars(select(column).where(column.in_(ids)))}


def _known(session: Session, ids: Sequence[int]) -> set[int]:
    """At whose mailboxes the engine has been."""
    return {
        one
        for table in (Pair, Cursor, Run)
        for one in session.scalars(select(table.person_id).where(table.person_id.in_(ids)).distinct())
    }


def _holders(session: Session, logins: Iterable[str], *, but: set[int]) -> dict[str, tuple[int, str]]:
    """Who else has one of these logins, or the mailbox it names, by their keys."""
    keys = sorted({login_key(login) for login in logins})
    mailbox = func.lower(Integration.mailbox)
    held: dict[str, tuple[int, str]] = {}
    for chunk in chunks(range(len(keys))):
        some = [keys[one] for one in chunk]
        found = select(Person.id, Person.name, Integration.login_key, mailbox).join(
            Integration, Integration.person_id == Person.id
        )
        for number, name, login, box in session.execute(
            found.where(or_(Integration.login_key.in_(some), mailbox.in_(some)))
        ):
            if number not in but:
                held |= {key: (number, name) for key in (login, box) if key}
    return held
