"""Asking Exchange about the logins of a list before it is applied (R26, R6).

The same steps as the connection check of one mailbox, for many of them side by side over one sign-in: after
a refused one nothing more is sent, so a wrong password is tried once and not for every row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from vfadmin.errors import CalendarError, Failure, Scope, UsageError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import ImportPlan, LoginAnswer, PlannedRow
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
    """What Exchange says of the login of a row."""

    row: int
    answer: LoginAnswer


@dataclass(frozen=True, slots=True)
class MailboxAnswers:
    """Answers by row number; those that were not reached have none. `BulkImport.revise` heeds them.

    ``stopped`` is the failure of the connection itself that ended the asking, None if nothing did.
    """

    verdicts: Mapping[int, LoginAnswer]
    stopped: Failure | None = None


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

        With ``rows`` only these, by their numbers. What was answered for certain is not asked again; where
        nothing else is left, those that were refused are, for that may have been mended since. ``progress``
        counts the rows and may cancel: what was answered by then is the answer. ``on_verdict`` hears of each
        as it comes, in threads of its own. Raises UsageError EX-CONN-01, -09, and the connection's own
        failure while it is closed; SecretError.
        """
        wanted = _unanswered(plan, rows)
        watched = Progress(0) if progress is None else progress
        watched.begin(len(wanted))
        with self._store.read() as session:
            doors = self._doors(session, connection, wanted)
        asking = _Asking(doors, watched, on_verdict)
        try:
            asking.run(wanted, max((door.most for door in doors.values()), default=1))
        finally:
            for door in doors.values():
                door.server.close()
        return MailboxAnswers(asking.verdicts, asking.stopped)

    def obstacle(self, connection: str | None = None) -> Failure | None:
        """Why nothing can be asked now: there is no connection, or its account is refused."""
        try:
            with self._store.read() as session:
                for name in _names(session, connection):
                    _refuse_closed(found_connection(session, name))
        except UsageError as error:
            return error.failure
        return None

    def _doors(self, session: Session, connection: str | None, rows: list[PlannedRow]) -> dict[str, _Door]:
        """The connections these rows are asked over: the named one, else those their logins lead to."""
        from vfadmin.sync.routes import routes  # noqa: PLC0415 - the engine's own, needed late
        from vfadmin.sync.servers import server_of  # noqa: PLC0415 - slow to load, needed late

        default = found_connection(session, connection) if connection is not None else None
        known = routes(session)
        ways = {row.row: known.ways(row.login) if default is None else (default.name,) for row in rows}
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
        self.verdicts: dict[int, LoginAnswer] = {}
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
            answer = self._asked(row)
            if not self._note(row.row, answer):
                return
            self._on_verdict(MailboxVerdict(row.row, answer))

    def _asked(self, row: PlannedRow) -> LoginAnswer:
        """The answer of the door behind which the mailbox is; of the one that says most where none is."""
        from vfadmin.sync.routes import ELSEWHERE, UNKNOWN  # noqa: PLC0415 - the engine's own, needed late

        answers: list[LoginAnswer] = []
        for door in self._doors.values():
            if row.row not in door.rows:
                continue
            answers.append(_answer(door.server, row.login))
            if answers[-1].failure is None or answers[-1].failure.code not in ELSEWHERE:
                return answers[-1]
        telling = (one for one in answers if one.failure and one.failure.code not in UNKNOWN)
        return next(telling, answers[0])

    def _note(self, row: int, answer: LoginAnswer) -> bool:
        """Keep the answer; what is wrong with the connection says nothing of the row and ends the asking."""
        with self._lock:
            if answer.failure is not None and answer.failure.scope is Scope.CONNECTION:
                self.stopped = self.stopped or answer.failure
                return False
            self.verdicts[row] = answer
            self._progress.done += 1
            return True


def _unanswered(plan: ImportPlan, rows: Collection[int] | None) -> list[PlannedRow]:
    wanted = None if rows is None else frozenset(rows)
    with_login = [row for row in plan.rows if row.login and (wanted is None or row.row in wanted)]
    unknown = [row for row in with_login if row.answer is None or not row.answer.certain]
    return unknown or [row for row in with_login if row.answer is not None and not row.answer.ok]


def _answer(server: Server, login: str) -> LoginAnswer:
    mailbox: str | None = None
    for step in login_steps(server, login):
        if not step.ok:
            if step.code == _NO_MAILBOX and step.check == "impersonation" and is_address(login):
                return _principal(server, login, step.failure)
            return LoginAnswer(login, mailbox, step.failure)
        mailbox = step.detail
        if step.check in FOUND:
            break
    return LoginAnswer(login, mailbox)


def _principal(server: Server, login: str, broken: Failure | None) -> LoginAnswer:
    """No mailbox has that address; it may be a user principal name all the same (R6)."""
    try:
        return LoginAnswer(login, server.resolve(login).primary)
    except CalendarError as error:
        better = (
            error.failure if error.failure.scope is Scope.CONNECTION or error.failure.transient else broken
        )
        return LoginAnswer(login, None, better)


def _names(session: Session, connection: str | None) -> set[str | None]:
    """The connections that may be asked over: the named one, else those that logins lead to."""
    from vfadmin.sync.routes import routes  # noqa: PLC0415 - the engine's own, needed late

    known = routes(session)
    return (
        {connection} if connection is not None else {one for one in (known.ews, known.graph) if one} or {None}
    )


def _refuse_closed(connection: Connection) -> None:
    """While the account itself is refused, every try would count towards locking it."""
    if connection.blocked_code is not None and connection.blocked_until is None:
        raise UsageError(failure(connection.blocked_code, **connection.blocked_params))
