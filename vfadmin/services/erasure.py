"""Erasing a person: vfadmin's own data of him, and if asked ValueFrame's too. Decision 28 says what and why.

Nothing is asked of a server and nothing in a calendar changes: only a person whose integration has ended can
be erased, and an event in which somebody else takes part stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, or_, select, true, update
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import (
    Audit,
    CalendarEvent,
    ChangeLog,
    Connection,
    Cursor,
    Dirty,
    EventParticipant,
    History,
    ImportChange,
    Integration,
    Intent,
    MobileSync,
    Pair,
    Person,
    Run,
    State,
)
from vfadmin.models.erasing import is_pseudonym, pseudonym, remove_events
from vfadmin.models.people import fold, mentions, search_text, sort_name
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.erasure_trail import Trail
from vfadmin.services.pseudonyms import Veil, may_mention, usable
from vfadmin.services.traces import files_naming
from vfadmin.services.transitions import shown
from vfadmin.sync import takeout
from vfadmin.sync.lease import TAKEN, lease_is_held

ACTION = "person.erase"
_OWN = (
    ("memory", (Intent, Pair, Dirty, Cursor)),
    ("history", (History,)),
    ("runs", (Run,)),
    ("imports", (ImportChange,)),
    ("integration", (Integration,)),
)
"""Whose rows are the person's and vfadmin's own, each before what it refers to."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to erase. ``with_events`` takes ValueFrame's data of him too.

    ``users`` are his names as an administrator, under which the trail knows him.
    """

    person_ids: tuple[int, ...]
    with_events: bool = False
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of one person, or would: how many of what is gone, how many of what stays.

    ``pseudonym`` is empty where there was nothing to erase. ``files`` of this machine's home name the person.
    """

    person_id: int
    pseudonym: str = ""
    gone: dict[str, int] = field(default_factory=dict)
    stays: dict[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    failure: Failure | None = None


class Erasure:
    """Shows and does it; each person in a transaction of its own, whole or not at all."""

    def __init__(self, store: Store, home: Path, *, clock: Clock, actor: Actor) -> None:
        self._store, self._home, self._clock, self._actor = store, home, clock, actor

    def preview(self, wish: Wish) -> list[Erased]:
        """What `erase` would do: it is done and taken back, so nothing is counted in another way.

        Raises StoreError, VF-ROLE-09 for everybody but an administrator.
        """
        return [self._one(one, wish, keep=False) for one in dict.fromkeys(wish.person_ids)]

    def erase(self, wish: Wish) -> list[Erased]:
        """Erase them; of a refused one ``failure`` says why.

        That is VF-ERASE-01 (integration in use), -02 (being taken out) or VF-LEASE-01 (at work). Raises
        StoreError as `preview`.

        On SQLite no byte of it is in the file afterwards, see `Store.fold_log`. It can be done again.
        """
        try:
            return [self._one(one, wish, keep=True) for one in dict.fromkeys(wish.person_ids)]
        finally:
            self._store.fold_log()

    def _one(self, person_id: int, wish: Wish, *, keep: bool) -> Erased:
        told = Erased(person_id)
        words: Sequence[str] = ()
        try:
            with self._store.write() as session:
                work = _Work(session, person_id, wish, self._clock())
                words = work.words
                told = work.done()
                if keep and told.pseudonym:
                    after = {"with_events": wish.with_events, **told.gone}
                    record(session, self._actor, ACTION, told.pseudonym, None, after, self._clock())
                if not keep:
                    session.rollback()
        except VfadminError as error:
            if not error.failure.code.startswith(_REFUSED):
                raise
            return replace(told, failure=error.failure)
        return replace(told, files=files_naming(self._home, words))


_REFUSED = ("VF-ERASE-", TAKEN)


class _Work:
    """The erasure of one person in the caller's transaction."""

    def __init__(self, session: Session, person_id: int, wish: Wish, now: datetime) -> None:
        self._session, self._id, self._wish = session, person_id, wish
        self._person = session.get(Person, person_id)
        integration = session.get(Integration, person_id)
        if self._person is not None and integration is not None:
            _refuse(session, self._person, integration, now)
        login = "" if integration is None else integration.login
        self._trail = Trail(session, person_id)
        now_called = self._names(login)
        named = [one for one in (*now_called, *self._trail.former_names()) if one]
        others = self._others(named)
        self.words = usable(one for one in named if fold(one) not in others)
        self._shared_names = len(others)
        number = session.scalar(select(func.count()).where(Audit.action == ACTION)) or 0
        # What he was called once may have been entered by mistake, and is no proof of who signed so.
        users = (*wish.users, *(one for one in now_called if one and fold(one) not in others))
        self._veil = Veil(person_id, pseudonym(number + 1), self.words, users)

    def _names(self, login: str) -> list[str]:
        if self._person is None or is_pseudonym(self._person.name):
            return [login]
        return [self._person.name, self._person.email, login]

    def _others(self, words: Sequence[str]) -> set[str]:
        """Of the words those, folded, by which somebody else is called or reached too, or was.

        Such a one names nobody alone. All are looked for at once: the trail is long.
        """
        if not words:
            return set()
        found = select(Person.search_text).where(or_(*map(mentions, words)), Person.id != self._id)
        lines = {line for one in self._session.scalars(found) for line in one.split("\n")}
        return {fold(one) for one in words} & (lines | self._trail.of_others(words))

    def done(self) -> Erased:
        # The trail first: it is what the database refuses to whom it must.
        gone = dict(self._trail.veiled(self._veil))
        for kind, tables in _OWN:
            gone[kind] = sum(self._removed(table, table.person_id == self._id) for table in tables)
        gone["mentions"] += self._mentions()
        if self._wish.with_events:
            gone |= self._valueframes()
        elif self._person is not None:
            _without_login(self._person)
        gone["changes"] = self._removed(ChangeLog, ChangeLog.person_id == self._id)
        anything = any(gone.values())
        return Erased(self._id, self._veil.pseudonym if anything else "", gone, self._stays())

    def _removed(self, table: Any, condition: ColumnElement[bool]) -> int:  # noqa: ANN401 - any model
        return _count(self._session.execute(delete(table).where(condition)))

    def _mentions(self) -> int:
        """What of other mailboxes' and connections' troubles names the person."""
        told = (
            (Integration, Integration.error_params),
            (Pair, Pair.error_params),
            (Run, Run.error_params),
            (Connection, Connection.blocked_params),
        )
        changed = 0
        for table, params in told:
            key = table.__mapper__.primary_key[0]
            wanted = select(key, params).where(may_mention((params,), self.words))
            for number, value in self._session.execute(wanted).all():
                if (veiled := self._veil.json(value)) != value:
                    changed += 1
                    self._session.execute(update(table).where(key == number).values({params: veiled}))
        return changed

    def _valueframes(self) -> dict[str, int]:
        """Participations, events in which nobody else takes part, and the person's row or who he was."""
        mine = EventParticipant.person_id == self._id
        foreign = select(CalendarEvent.id).where(CalendarEvent.owner_id != self._id)
        took_part = self._removed(EventParticipant, mine & EventParticipant.event_id.in_(foreign))
        removed = remove_events(self._session, self._id)
        self._removed(EventParticipant, mine)
        self._session.flush()
        return {"participations": took_part, "events": removed, "person": self._person_gone()}

    def _person_gone(self) -> int:
        person = self._person
        if person is None:
            return 0
        if not self._owned():
            self._session.delete(person)
            self._session.flush()
            return 1
        if is_pseudonym(person.name):
            return 0  # erased before
        name = self._veil.pseudonym
        person.name, person.sort_name, person.email = name, sort_name(name), ""
        person.search_text = search_text(person_id=person.id, name=name)
        person.company_id, person.active, person.mobile_sync = None, False, MobileSync.NONE
        person.mobile_sync_used = person.mobile_sync_set = None
        person.mobile_sync_origin = person.mobile_sync_by = None
        person.version += 1
        self._session.flush()
        return 1

    def _owned(self) -> int:
        return self._counted(CalendarEvent, CalendarEvent.owner_id == self._id)

    def _counted(self, table: Any, condition: ColumnElement[bool]) -> int:  # noqa: ANN401 - any model
        return self._session.scalar(select(func.count()).select_from(table).where(condition)) or 0

    def _stays(self) -> dict[str, int]:
        """What is left of the person in the database on purpose."""
        took_part = self._counted(EventParticipant, EventParticipant.person_id == self._id)
        kept = {"shared_events" if self._wish.with_events else "events": self._owned()}
        kept |= {"participations": took_part, "person": int(not self._wish.with_events)}
        kept |= {"settings": self._trail.settings_naming(self._veil), "shared_names": self._shared_names}
        return {name: count for name, count in kept.items() if count and self._person is not None}


def _refuse(session: Session, person: Person, integration: Integration, now: datetime) -> None:
    """What is in use is not erased: the next cycle would know nothing and do everything anew."""
    if takeout.is_asked(session, person.id):
        raise VfadminError(failure("VF-ERASE-02", person=shown(person), id=person.id))
    if integration.state != State.UNUSED:
        state = str(integration.state)
        raise VfadminError(failure("VF-ERASE-01", person=shown(person), id=person.id, state=state))
    held = select(true()).where(Integration.person_id == person.id, lease_is_held(now))
    if session.scalar(held):
        raise VfadminError(failure(TAKEN, person=person.id))


def _without_login(person: Person) -> None:
    """What the search looks in, without the login that is gone."""
    without = search_text(person_id=person.id, name=person.name, email=person.email)
    if without != person.search_text:
        person.search_text = without
        person.version += 1


def _count(done: Any) -> int:  # noqa: ANN401 - what a session answers has no such type
    return done.rowcount if isinstance(done, CursorResult) else 0
