"""Asking Exchange about the logins of a list before it is applied (R26, R6).

The same steps as the connection check of one mailbox, for many of them side by side over one sign-in: after
a refused one nothing more is sent, so a wrong password is tried once and not for every row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfadmin.errors import CalendarError, Failure, Scope, UsageError, failure
from vfadmin.models import Connection, Integration, Person
from vfadmin.models.people import login_key
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import ImportPlan, PlannedRow, Verdict
from vfadmin.services.connection_check import FOUND, login_steps
from vfadmin.services.connections import found_connection
from vfadmin.services.credentials import SecretVault
from vfadmin.services.logins import is_address
from vfadmin.services.progress import Progress
from vfadmin.services.settings import Settings

if TYPE_CHECKING:
    from vfadmin.sync.servers import Server

NEWER = frozenset({"2013", "2016", "2019", "online"})
MOST, MOST_2010 = 27, 10
"""So many requests of one account run at a time on a server (EWSMaxConcurrency), since 2013 and on 2010."""
_NO_MAILBOX = "EX-MBX-01"


@dataclass(frozen=True, slots=True)
class MailboxVerdict:
    """What Exchange says of the login of a row; ``mailbox`` is the address behind it."""

    row: int
    login: str
    mailbox: str | None = None
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        """Whether the mailbox is there and may be impersonated."""
        return self.failure is None

    @property
    def certain(self) -> bool:
        """Whether asking again would answer the same; not so when the server was busy, for instance."""
        return self.failure is None or not self.failure.transient


@dataclass(frozen=True, slots=True)
class MailboxAnswers:
    """Verdicts by row number. Rows without a login, rejected ones and those not reached have none.

    ``stopped`` is the failure of the connection itself that ended the asking, None if nothing did.
    """

    verdicts: Mapping[int, MailboxVerdict]
    stopped: Failure | None = None

    @property
    def failures(self) -> Mapping[int, Failure]:
        """What is certainly wrong, by row: what `BulkImport.reject` takes."""
        return {
            number: one.failure
            for number, one in self.verdicts.items()
            if one.failure is not None and one.certain
        }


def _ignore(_verdict: MailboxVerdict) -> None:
    return


class MailboxChecks:
    """Asks about many mailboxes. Writes nothing, neither here nor there."""

    def __init__(self, store: Store, secrets: SecretVault, settings: Settings) -> None:
        self._store, self._secrets, self._settings = store, secrets, settings

    def ask(
        self,
        plan: ImportPlan,
        *,
        rows: Collection[int] | None = None,
        connection: str | None = None,
        progress: Progress | None = None,
        on_verdict: Callable[[MailboxVerdict], None] = _ignore,
    ) -> MailboxAnswers:
        """Whether the mailbox of each row's login is there and may be impersonated.

        With ``rows`` only these, by their numbers. ``progress`` counts the rows and may cancel: what was
        answered by then is the answer. ``on_verdict`` hears of each as it comes, in threads of its own.
        Raises UsageError EX-CONN-01, -09, and the connection's own failure while it is closed; SecretError.
        """
        wanted = [row for row in plan.rows if _asks(row) and (rows is None or row.row in rows)]
        watched = Progress(0) if progress is None else progress
        watched.begin(len(wanted))
        with self._store.read() as session:
            doors = self._doors(session, connection, wanted)
            holders = _holders(session)
        asking = _Asking(doors, watched, on_verdict)
        try:
            asking.run(wanted, max((door.most for door in doors.values()), default=1))
        finally:
            for door in doors.values():
                door.server.close()
        return MailboxAnswers(_unshared(wanted, asking.verdicts, holders), asking.stopped)

    def _doors(self, session: Session, connection: str | None, rows: list[PlannedRow]) -> dict[str, _Door]:
        """The connections these rows are asked over: the named one, else those their logins lead to."""
        from vfadmin.sync.routes import routes  # noqa: PLC0415 - the engine's own, needed late
        from vfadmin.sync.servers import server_of  # noqa: PLC0415 - slow to load, needed late

        default = found_connection(session, connection) if connection is not None else None
        known = routes(session)
        ways = {
            row.row: known.ways(row.values["login"]) if default is None else (default.name,) for row in rows
        }
        names: set[str | None] = {one for some in ways.values() for one in some}
        doors = {}
        for name in names or {connection}:
            found = found_connection(session, name)
            _refuse_closed(found)
            secret, most = self._secrets.read(found.name), self._limit(found)
            server = server_of(found, partial(str, secret), most=most)
            mine = frozenset(number for number, some in ways.items() if found.name in some)
            doors[found.name] = _Door(server, most, mine)
        return dict(sorted(doors.items(), key=lambda one: one[0] != known.graph))

    def _limit(self, connection: Connection) -> int:
        most = MOST if connection.server_version in NEWER else MOST_2010
        return min(self._settings.number("workers"), most)


@dataclass(frozen=True, slots=True)
class _Door:
    """A connection, how many requests it takes at a time, and the rows that may be asked about over it."""

    server: Server
    most: int
    rows: frozenset[int]


class _Asking:
    """One round of questions. The doors are tried in their order."""

    def __init__(
        self,
        doors: Mapping[str, _Door],
        progress: Progress,
        on_verdict: Callable[[MailboxVerdict], None],
    ) -> None:
        self._doors = doors
        self._progress, self._on_verdict = progress, on_verdict
        self._lock = threading.Lock()
        self.verdicts: dict[int, MailboxVerdict] = {}
        self.stopped: Failure | None = None

    def run(self, rows: list[PlannedRow], limit: int) -> None:
        """Ask about all of them, so many at a time, until the connection fails or nobody wants to know."""
        waiting = iter(rows)
        with ThreadPoolExecutor(limit, thread_name_prefix="mailbox-check") as pool:
            works = [pool.submit(self._work, waiting) for _ in range(min(limit, len(rows)))]
        for work in works:
            work.result()

    def _work(self, waiting: Iterator[PlannedRow]) -> None:
        while True:
            with self._lock:
                done = self._progress.cancelled or self.stopped is not None
                row = None if done else next(waiting, None)
            if row is None:
                return
            verdict = self._asked(row)
            if not self._note(verdict):
                return
            self._on_verdict(verdict)

    def _asked(self, row: PlannedRow) -> MailboxVerdict:
        """The verdict of the door behind which the mailbox is; of the one that says most where none is."""
        from vfadmin.sync.routes import ELSEWHERE, UNKNOWN  # noqa: PLC0415 - the engine's own, needed late

        answers: list[MailboxVerdict] = []
        for door in self._doors.values():
            if row.row not in door.rows:
                continue
            answers.append(_verdict(door.server, row))
            if answers[-1].failure is None or answers[-1].failure.code not in ELSEWHERE:
                return answers[-1]
        telling = (one for one in answers if one.failure and one.failure.code not in UNKNOWN)
        return next(telling, answers[0])

    def _note(self, verdict: MailboxVerdict) -> bool:
        """Keep the verdict; what is wrong with the connection says nothing of the row and ends the asking."""
        with self._lock:
            if verdict.failure is not None and verdict.failure.scope is Scope.CONNECTION:
                self.stopped = self.stopped or verdict.failure
                return False
            self.verdicts[verdict.row] = verdict
            self._progress.done += 1
            return True


def _asks(row: PlannedRow) -> bool:
    return row.verdict is not Verdict.REJECT and bool(row.values.get("login"))


def _verdict(server: Server, row: PlannedRow) -> MailboxVerdict:
    login = row.values["login"]
    mailbox: str | None = None
    for step in login_steps(server, login):
        if not step.ok:
            if step.code == _NO_MAILBOX and step.check == "impersonation" and is_address(login):
                return _principal(server, row.row, login, step.failure)
            return MailboxVerdict(row.row, login, mailbox, step.failure)
        mailbox = step.detail
        if step.check in FOUND:
            break
    return MailboxVerdict(row.row, login, mailbox)


def _principal(server: Server, row: int, login: str, broken: Failure | None) -> MailboxVerdict:
    """No mailbox has that address; it may be a user principal name all the same (R6)."""
    try:
        return MailboxVerdict(row, login, server.resolve(login).primary)
    except CalendarError as error:
        better = (
            error.failure if error.failure.scope is Scope.CONNECTION or error.failure.transient else broken
        )
        return MailboxVerdict(row, login, None, better)


def _refuse_closed(connection: Connection) -> None:
    """While the account itself is refused, every try would count towards locking it."""
    if connection.blocked_code is not None and connection.blocked_until is None:
        raise UsageError(failure(connection.blocked_code, **connection.blocked_params))


def _holders(session: Session) -> dict[str, tuple[int, str]]:
    """Who has which mailbox, as far as it was ever looked up."""
    found = select(func.lower(Integration.mailbox), Person.id, Person.name).join(
        Person, Person.id == Integration.person_id
    )
    known = session.execute(found.where(Integration.mailbox.is_not(None)))
    return {mailbox: (number, name) for mailbox, number, name in known}


def _unshared(
    rows: list[PlannedRow], verdicts: Mapping[int, MailboxVerdict], holders: Mapping[str, tuple[int, str]]
) -> dict[int, MailboxVerdict]:
    """Two logins may lead to one mailbox; it is that of whoever had it, then of the first row (R30)."""
    taken: dict[str, tuple[int | None, str]] = dict(holders)
    answers: dict[int, MailboxVerdict] = {}
    for row in rows:
        verdict = verdicts.get(row.row)
        if verdict is None:
            continue
        if verdict.ok and verdict.mailbox:
            mine = (row.person_id, row.name)
            owner = taken.setdefault(login_key(verdict.mailbox), mine)
            if owner != mine and (owner[0] is None or owner[0] != row.person_id):
                person = owner[1] if owner[0] is None else f"{owner[1]} ({owner[0]})"
                shared = failure("EX-MBX-06", mailbox=verdict.mailbox, person=person)
                verdict = replace(verdict, failure=shared)
        answers[row.row] = verdict
    return answers
