"""What the rest of the program holds of an Exchange server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vfadmin.calendars.base import NOBODY, Identity, People
from vfadmin.calendars.ews import folders
from vfadmin.calendars.ews.calendar import EwsCalendar, Place
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.notifier import MOST, EwsNotifier
from vfadmin.calendars.ews.probe import mailbox_steps
from vfadmin.calendars.ews.read import PAGE
from vfadmin.calendars.ews.resolve import resolve
from vfadmin.calendars.ews.session import EwsSession, Timeouts
from vfadmin.calendars.ews.streaming import Pace
from vfadmin.calendars.exchange.mailbox import ResolvedMailbox
from vfadmin.calendars.exchange.steps import Step


class EwsServer:
    """One connection's server; one object for each process and connection. Thread-safe.

    A change of any setting, or a new password, means a new EwsServer and `close` on the old one: one
    that has been refused the sign-in sends nothing more. ``home_zone`` is the IANA zone in which
    all-day events begin and end; ``secret`` is asked before the first request, and for each connection of a
    notifier.

    Raises CalendarError EX-CONN-10 for a malformed setting.
    """

    def __init__(
        self,
        connection: EwsConnection,
        secret: Callable[[], str],
        max_connections: int = 8,
        *,
        home_zone: str = "Europe/Helsinki",
        timeouts: Timeouts | None = None,
    ) -> None:
        self.connection = connection
        self._home_zone = home_zone
        self._session = EwsSession(connection, secret, max_connections, timeouts)

    def calendar(
        self,
        mailbox: str,
        folder: str,
        folder_identity: str | None,
        *,
        page: int = PAGE,
        people: Callable[[], People] = lambda: NOBODY,
    ) -> EwsCalendar:
        """The calendar ``folder`` (``"default"`` or a name) of a mailbox. Sends nothing yet.

        ``folder_identity`` is the folder id last seen, or None; ``page`` the most changes to a page.
        ``people`` is asked once, when somebody is invited.
        """
        place = Place(mailbox, folder, folder_identity)
        return EwsCalendar(self._session, place, self._home_zone, page, people)

    def resolve(self, login: str) -> ResolvedMailbox:
        """The mailbox behind a login; raises CalendarError EX-MBX-01..04 when there is no single one."""
        return resolve(self._session, login)

    def check_mailbox(self, mailbox: str) -> Iterator[Step]:
        """Whether it may be impersonated, then whether its calendar can be read; asks as far as one looks."""
        return mailbox_steps(self._session, mailbox)

    def prepare_calendar(self, mailbox: str, choice: str, name: str) -> Identity:
        """The calendar an activation chose; makes the folder when ``choice`` is ``new`` and it is missing."""
        return folders.prepare_calendar(self._session, mailbox, choice, name)

    def look_ahead(self, cursors: Iterable[str]) -> None:
        """Nothing: each calendar is asked for itself."""

    def notifier(
        self, changed: Callable[[str], None], pace: Pace | None = None, most: int = MOST
    ) -> EwsNotifier:
        """What follows the server's mailboxes, over connections of its own. Sends nothing yet.

        ``changed`` is called with a mailbox's address, in threads of the notifier.
        """
        return EwsNotifier(self._session, changed, pace, most)

    def close(self) -> None:
        """Close all connections; the server is of no use afterwards. Never raises."""
        self._session.close()
