"""Logins and integration states (R12, R23, R24, R30): what an admin does to one row or to many."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.calendars.event import cut_utf16
from vfadmin.errors import Failure, UsageError, failure
from vfadmin.models import CalendarChoice, Integration, Person, State
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, difference, record
from vfadmin.services.directory import Clock
from vfadmin.services.logins import checked_login, normal_login
from vfadmin.services.rows import PersonRow, chunks, row_of
from vfadmin.services.subjects import expect_version, judged_login, subject, subjects
from vfadmin.services.transitions import (
    Action,
    choose_calendar,
    enter_login,
    facts,
    integration_for,
    is_paired,
    judge,
    moves_calendar,
    perform,
    shown,
    state_failure,
    state_of,
    take_out,
)
from vfadmin.services.undo import Trace, trace_of, trouble_of, undo
from vfadmin.sync import takeout
from vfadmin.sync.mailbox import HELD
from vfadmin.sync.moved import accept_mailbox

__all__ = ["Action", "ActionPreview", "Activation", "CalendarChange", "RowResult", "checked_calendar"]

CALENDAR_NAME_LIMIT = 255


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of a batch. ``state`` is the state it has now, None for an unknown id.

    ``ok`` without ``changed`` means that the row already was as asked. ``trace`` is what an undo needs to
    know, None where there is nothing to undo or it cannot be undone.
    """

    id: int
    ok: bool
    state: State | None
    error: Failure | None = None
    changed: bool = False
    trace: Trace | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ActionPreview:
    """What an action would do: ids it changes, ids that already are so, ids it refuses and why.

    ``brought`` is how many events a removal finds in the mailboxes that came there from ValueFrame.
    """

    will_change: tuple[int, ...]
    unchanged: tuple[int, ...]
    refused: tuple[tuple[int, Failure], ...]
    brought: int = 0


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What another calendar would mean for a person: events that move there, and events that stay behind.

    What stays was born in Outlook; its copy in ValueFrame stays too, and is not synchronised any more.
    """

    id: int
    moves: int
    stays: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is entered together with an activation, or chosen with a removal or a resumption."""

    login: str | None = None
    calendar: CalendarChoice | None = None
    calendar_name: str | None = None
    take_out: bool = False
    accept_mailbox: bool = False
    move_events: bool = False


class Activation:
    """Changes logins and states. Every row is judged alone; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def set_login(self, person_id: int, login: str, version: int | None = None) -> PersonRow:
        """Enter, change or (on an unused row) clear the login.

        On a live row the mailbox behind it is looked up and compared anew before anything moves (R30).
        Raises UsageError: VF-PERSON-01, VF-LOGIN-01 (cleared on a live row), -02 (malformed), -03 (used by
        another), -04 (inactive person), -05 (``version`` has moved).
        """
        with self._store.write() as session:
            person, integration = subject(session, person_id)
            expect_version(person, integration, version)
            before = facts(integration)
            if normal_login(login) != before["login"]:
                checked = judged_login(session, person, integration, login)
                integration = integration_for(session, person, integration)
                enter_login(person, integration, checked, self._clock())
                self._record(session, "integration.login", integration, before)
            session.flush()
            return row_of(session, person_id)

    def set_calendar(
        self,
        person_id: int,
        calendar: CalendarChoice | str,
        name: str | None = None,
        version: int | None = None,
    ) -> PersonRow:
        """Choose the calendar (R2) of an integration that is not active.

        Raises UsageError: VF-PERSON-01, VF-CALENDAR-01, VF-CALENDAR-02 (the present one has synchronised
        events), VF-STATE-01 while active, VF-LOGIN-05.
        """
        choice, checked = checked_calendar(calendar, name)
        with self._store.write() as session:
            person, integration = subject(session, person_id)
            expect_version(person, integration, version)
            wish = _Wish(calendar=choice, calendar_name=checked)
            before = facts(integration)
            refused = _calendar_failure(session, person, integration, wish)
            if refused is not None:
                raise UsageError(refused)
            if _calendar_differs(integration, wish):
                integration = integration_for(session, person, integration)
                _apply_calendar(session, integration, wish)
                self._record(session, "integration.calendar", integration, before)
            session.flush()
            return row_of(session, person_id)

    def activate(
        self,
        ids: Sequence[int],
        *,
        login: str | None = None,
        calendar: CalendarChoice | str | None = None,
        calendar_name: str | None = None,
        move_events: bool = False,
    ) -> list[RowResult]:
        """Bring unused and passive rows into work; due at once. Allowed while the module is off.

        With ``move_events`` a calendar that has synchronised events can be changed for another one of the
        mailbox: the next cycle moves there what ValueFrame brought, and leaves what was born in Outlook.

        ``login`` is for one row only. Raises UsageError for what is wrong with the request as a whole
        (VF-CALENDAR-01, VF-USAGE-01); what is wrong with a row is in its result.
        """
        if login is not None and len(set(ids)) != 1:
            raise UsageError(failure("VF-USAGE-01", detail="login: 1 ID"))
        choice, name = None, None
        if calendar is not None or calendar_name is not None:
            # A name alone says that a calendar of that name is meant.
            choice, name = checked_calendar(calendar or CalendarChoice.NEW, calendar_name)
        return self._batch(ids, Action.ACTIVATE, _Wish(login, choice, name, move_events=move_events))

    def passivate(self, ids: Sequence[int]) -> list[RowResult]:
        """Switch off by hand. What was paired stays paired."""
        return self._batch(ids, Action.PASSIVATE)

    def resume(self, ids: Sequence[int], *, accept_mailbox: bool = False) -> list[RowResult]:
        """Put what an error stopped back to work, and end the wait of what is delayed; due at once.

        A row that is held because another mailbox or calendar stands behind its login is held again at the
        next cycle, unless ``accept_mailbox`` says that an admin has seen what would come of it (R30).
        """
        return self._batch(ids, Action.RESUME, _Wish(accept_mailbox=accept_mailbox))

    def resume_all(self, code: str | None = None) -> list[RowResult]:
        """Resume all that stand in error, or all that share a cause (R24)."""
        wanted = select(Integration.person_id).where(Integration.state == State.ERROR)
        if code is not None:
            wanted = wanted.where(Integration.error_code == code)
        with self._store.read() as session:
            ids = list(session.scalars(wanted.order_by(Integration.person_id)))
        return self.resume(ids)

    def remove(self, ids: Sequence[int], *, take_out: bool = False) -> list[RowResult]:
        """Take the integration away; the login stays entered.

        Both calendars are left as they are, unless with ``take_out`` the engine is to move what ValueFrame
        brought into the mailbox to its Deleted Items: the row is *passive* until that is done. What was
        paired is forgotten, so that re-adding matches before it creates.
        """
        return self._batch(ids, Action.REMOVE, _Wish(take_out=take_out))

    def undo(self, traces: Sequence[Trace]) -> list[RowResult]:
        """Undo a change, row by row. Rows that were changed or stopped since are left (VF-UNDO-01).

        Undoing an activation passivates. What had been stopped by an error stands stopped again.
        """
        results: list[RowResult] = []
        by_id = {trace.id: trace for trace in traces}
        for chunk in chunks(by_id):
            with self._store.write() as session:
                results += [
                    _unknown(one) if found is None else self._undone(session, by_id[one], *found)
                    for one, found in subjects(session, chunk)
                ]
        return results

    def preview(self, ids: Sequence[int], action: Action | str) -> ActionPreview:
        """What the action would do, without doing it."""
        will: list[int] = []
        same: list[int] = []
        refused: list[tuple[int, Failure]] = []
        with self._store.read() as session:
            brought = takeout.brought(session, ids) if action == Action.REMOVE else {}
            for person_id, found in subjects(session, dict.fromkeys(ids)):
                if found is None:
                    refused.append((person_id, failure("VF-PERSON-01", person=person_id)))
                    continue
                judgement = judge(Action(action), *found)
                if judgement.failure is not None:
                    refused.append((person_id, judgement.failure))
                else:
                    (will if judgement.changes else same).append(person_id)
        return ActionPreview(tuple(will), tuple(same), tuple(refused), sum(brought.values()))

    def preview_calendar(
        self, ids: Sequence[int], calendar: CalendarChoice | str, name: str | None = None
    ) -> list[CalendarChange]:
        """What activating these with ``move_events`` would do to their calendars. Unknown ids are left out.

        Raises UsageError VF-CALENDAR-01.
        """
        choice, checked = checked_calendar(calendar, name)
        found: list[CalendarChange] = []
        with self._store.read() as session:
            for person_id, one in subjects(session, dict.fromkeys(ids)):
                integration = None if one is None else one[1]
                if integration is None:
                    continue
                if moves_calendar(integration, choice, checked or integration.calendar_name):
                    moves = takeout.brought(session, [person_id]).get(person_id, 0)
                    stays = takeout.born_in_outlook(session, person_id)
                    found.append(CalendarChange(person_id, moves, stays))
        return found

    def _batch(self, ids: Sequence[int], action: Action, wish: _Wish | None = None) -> list[RowResult]:
        # One transaction a few hundred rows: a program that is stopped leaves whole rows behind, and
        # others get their turn at the database in between.
        results: list[RowResult] = []
        for chunk in chunks(dict.fromkeys(ids)):
            with self._store.write() as session:
                results += [
                    _unknown(one) if found is None else self._row(session, action, *found, wish or _Wish())
                    for one, found in subjects(session, chunk)
                ]
        return results

    def _row(
        self, session: Session, action: Action, person: Person, integration: Integration | None, wish: _Wish
    ) -> RowResult:
        state = state_of(integration)
        try:
            login = _wished_login(session, person, integration, wish)
        except UsageError as error:
            return RowResult(person.id, ok=False, state=state, error=error.failure)
        judgement = judge(action, person, integration, login)
        refused = judgement.failure or _calendar_failure(session, person, integration, wish)
        if refused is not None:
            return RowResult(person.id, ok=False, state=state, error=refused)
        if not judgement.changes and login is None:
            return RowResult(person.id, ok=True, state=state)
        before, now, trouble = facts(integration), self._clock(), trouble_of(integration)
        leaving = takeout.is_asked(session, person.id)
        integration = integration_for(session, person, integration)
        if login is not None:
            enter_login(person, integration, login, now)
        if _calendar_differs(integration, wish):
            _apply_calendar(session, integration, wish)
        more = _beyond(session, person, integration, wish, now)
        if judgement.changes and "take_out" not in more:
            perform(session, action, person, integration, now)
        self._record(session, f"integration.{action}", integration, before, **more)
        # An activation ends a removal on its way, which an undo could not begin again.
        plain = action in (Action.ACTIVATE, Action.PASSIVATE) and wish == _Wish() and not leaving
        trace = trace_of(person, integration, trouble) if plain else None
        return RowResult(person.id, ok=True, state=state_of(integration), changed=True, trace=trace)

    def _undone(
        self, session: Session, trace: Trace, person: Person, integration: Integration | None
    ) -> RowResult:
        before = facts(integration)
        try:
            integration = undo(session, trace, person, integration, self._clock())
        except UsageError as error:
            return RowResult(person.id, ok=False, state=state_of(integration), error=error.failure)
        self._record(session, "integration.undo", integration, before)
        return RowResult(person.id, ok=True, state=state_of(integration), changed=True)

    def _record(
        self,
        session: Session,
        action: str,
        integration: Integration,
        before: dict[str, object],
        **more: object,
    ) -> None:
        changed = difference(before, facts(integration) | more)
        if changed is not None:
            subject_name = f"person:{integration.person_id}"
            record(session, self._actor, action, subject_name, *changed, self._clock())


def _unknown(person_id: int) -> RowResult:
    return RowResult(person_id, ok=False, state=None, error=failure("VF-PERSON-01", person=person_id))


def _beyond(
    session: Session, person: Person, integration: Integration, wish: _Wish, now: datetime
) -> dict[str, object]:
    """Do what was chosen beyond the plain action; answers what the audit trail says of it."""
    if wish.take_out and take_out(session, person, integration, now):
        return {"take_out": True}
    if wish.accept_mailbox and integration.error_code == HELD:
        accept_mailbox(session, integration)
        return {"accept_mailbox": True}
    return {}


def _wished_login(
    session: Session, person: Person, integration: Integration | None, wish: _Wish
) -> str | None:
    """The login to enter with the activation, None if it stays as it is. Raises UsageError VF-LOGIN-*."""
    if wish.login is None:
        return None
    login = checked_login(wish.login)
    if integration is not None and integration.login == login:
        return None
    return judged_login(session, person, integration, login)


def checked_calendar(calendar: CalendarChoice | str, name: str | None) -> tuple[CalendarChoice, str | None]:
    """The choice and the name as they are stored; no name leaves the one there is.

    Raises UsageError VF-CALENDAR-01 for another word than ``default`` and ``new``, and for a name that is
    empty, longer than 255 UTF-16 units, or holds a slash or a control character.
    """
    try:
        choice = CalendarChoice(calendar)
    except ValueError:
        raise UsageError(failure("VF-CALENDAR-01", name=calendar)) from None
    if name is None:
        return choice, None
    checked = " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()
    too_long = cut_utf16(checked, CALENDAR_NAME_LIMIT) != checked
    if not checked or too_long or not checked.isprintable() or "/" in checked or "\\" in checked:
        raise UsageError(failure("VF-CALENDAR-01", name=repr(name)[1:80]))
    return choice, checked


def _calendar_differs(integration: Integration | None, wish: _Wish) -> bool:
    if wish.calendar is None:
        return False
    before = facts(integration)
    return wish.calendar != before["calendar"] or (
        wish.calendar_name is not None and wish.calendar_name != before["calendar_name"]
    )


def _calendar_failure(
    session: Session, person: Person, integration: Integration | None, wish: _Wish
) -> Failure | None:
    """Why the calendar cannot be chosen: what is paired would stay behind in the old one."""
    if integration is not None and wish.calendar is not None:
        name = wish.calendar_name or integration.calendar_name
        moves = moves_calendar(integration, wish.calendar, name) and not wish.move_events
        if moves and is_paired(session, person.id):
            return failure("VF-CALENDAR-02", person=shown(person))
    if state_of(integration) is State.ACTIVE and _calendar_differs(integration, wish):
        return state_failure("calendar", person, State.ACTIVE)
    return None


def _apply_calendar(session: Session, integration: Integration, wish: _Wish) -> None:
    if wish.calendar is not None:
        choose_calendar(session, integration, wish.calendar, wish.calendar_name or integration.calendar_name)
