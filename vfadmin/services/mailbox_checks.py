"""Asking Exchange about the logins of a list before it is applied (R26, R6).

The same steps as the connection check of one mailbox, for many of them side by side over one sign-in: after
a refused one nothing more is sent, so a wrong password is tried once and not for every row.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vfadmin.errors import CalendarError, Failure, Scope, UsageError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import ImportPlan, LoginAnswer, PlannedRow
from vfadmin.services.connection_values import ews_connection
from vfadmin.services.connections import found_connection, login_steps
from vfadmin.services.credentials import SecretVault
from vfadmin.services.logins import is_address
from vfadmin.services.progress import Progress
from vfadmin.services.settings import Settings

if TYPE_CHECKING:
    from vfadmin.calendars.ews import EwsConnection, EwsServer

NEWER = frozenset({"2013", "2016", "2019", "online"})
MOST, MOST_2010 = 27, 10
"""So many requests of one account run at a time on a server (EWSMaxConcurrency), since 2013 and on 2010."""


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
            found = found_connection(session, connection)
            _refuse_closed(found)
        asking = _Asking(ews_connection(found), self._secrets.read(found.name), watched, on_verdict)
        asking.run(wanted, self._limit(found))
        return MailboxAnswers(asking.verdicts, asking.stopped)

    def obstacle(self, connection: str | None = None) -> Failure | None:
        """Why nothing can be asked now: there is no connection, or its account is refused."""
        try:
            with self._store.read() as session:
                _refuse_closed(found_connection(session, connection))
        except UsageError as error:
            return error.failure
        return None

    def _limit(self, connection: Connection) -> int:
        most = MOST if connection.server_version in NEWER else MOST_2010
        return min(self._settings.number("workers"), most)


class _Asking:
    """One round of questions."""

    def __init__(
        self,
        connection: EwsConnection,
        secret: str,
        progress: Progress,
        on_verdict: Callable[[MailboxVerdict], None],
    ) -> None:
        self._connection, self._secret = connection, secret
        self._progress, self._on_verdict = progress, on_verdict
        self._lock = threading.Lock()
        self.verdicts: dict[int, LoginAnswer] = {}
        self.stopped: Failure | None = None

    def run(self, rows: list[PlannedRow], limit: int) -> None:
        """Ask about all of them, so many at a time, until the connection fails or nobody wants to know."""
        from vfadmin.calendars.ews import EwsServer  # noqa: PLC0415 - slow to load, needed late

        server = EwsServer(self._connection, lambda: self._secret, max_connections=limit)
        waiting = iter(rows)
        try:
            with ThreadPoolExecutor(limit, thread_name_prefix="mailbox-check") as pool:
                works = [pool.submit(self._work, server, waiting) for _ in range(min(limit, len(rows)))]
            for work in works:
                work.result()
        finally:
            server.close()

    def _work(self, server: EwsServer, waiting: Iterator[PlannedRow]) -> None:
        while True:
            with self._lock:
                done = self._progress.cancelled or self.stopped is not None
                row = None if done else next(waiting, None)
            if row is None:
                return
            answer = _answer(server, row.login)
            if not self._note(row.row, answer):
                return
            self._on_verdict(MailboxVerdict(row.row, answer))

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


def _answer(server: EwsServer, login: str) -> LoginAnswer:
    mailbox: str | None = None
    for step in login_steps(server, login):
        if not step.ok:
            if step.code == "EX-MBX-01" and is_address(login):
                return _principal(server, login, step.failure)
            return LoginAnswer(login, mailbox, step.failure)
        mailbox = step.detail
        if step.check == "impersonation":
            break
    return LoginAnswer(login, mailbox)


def _principal(server: EwsServer, login: str, broken: Failure | None) -> LoginAnswer:
    """No mailbox has that address; it may be a user principal name all the same (R6)."""
    try:
        return LoginAnswer(login, server.resolve(login).primary)
    except CalendarError as error:
        better = (
            error.failure if error.failure.scope is Scope.CONNECTION or error.failure.transient else broken
        )
        return LoginAnswer(login, None, better)


def _refuse_closed(connection: Connection) -> None:
    """While the account itself is refused, every try would count towards locking it."""
    if connection.blocked_code is not None and connection.blocked_until is None:
        raise UsageError(failure(connection.blocked_code, **connection.blocked_params))
