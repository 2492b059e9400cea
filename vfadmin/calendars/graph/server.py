"""What the rest of the program holds of a tenant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import httpx

from vfadmin.calendars.base import NOBODY, Identity, Notifier, People
from vfadmin.calendars.exchange.mailbox import ResolvedMailbox
from vfadmin.calendars.exchange.steps import Step
from vfadmin.calendars.graph import folders
from vfadmin.calendars.graph.calendar import GraphCalendar, Place, Span
from vfadmin.calendars.graph.changes import state_of
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.errors import SCOPED, UNGRANTED, Context, build
from vfadmin.calendars.graph.probe import mailbox_steps
from vfadmin.calendars.graph.session import OVERALL, PAGE, PER_MAILBOX, GraphSession, Request, Timeouts
from vfadmin.calendars.graph.translate import translate
from vfadmin.errors import CalendarError, recoded


class GraphServer:
    """One connection's tenant; one object for each process and connection. Thread-safe.

    A change of any setting, or a new secret, means a new GraphServer and `close` on the old one: one that has
    been refused the sign-in sends nothing more. ``home_zone`` is the IANA zone in which all-day events are
    entered; ``secret`` is asked before the first request, ``span`` when a calendar is
    listed.

    Raises CalendarError EX-CONN-10 for a malformed setting.
    """

    def __init__(
        self,
        connection: GraphConnection,
        secret: Callable[[], str],
        most: int = OVERALL,
        *,
        most_per_mailbox: int = PER_MAILBOX,
        home_zone: str = "Europe/Helsinki",
        span: Callable[[], Span] = Span,
        timeouts: Timeouts | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.connection = connection
        self._home_zone, self._span = home_zone, span
        self._session = GraphSession(
            connection, secret, most, most_per_mailbox, timeouts, transport=transport
        )

    def calendar(
        self,
        mailbox: str,
        folder: str,
        folder_identity: str | None,
        *,
        page: int = PAGE,
        people: Callable[[], People] = lambda: NOBODY,
    ) -> GraphCalendar:
        """The calendar ``folder`` (``"default"`` or a name) of a mailbox. Sends nothing yet.

        ``folder_identity`` is the calendar's id as last seen, or None; ``page`` the most changes to a page.
        ``people`` is asked once, when somebody takes part.
        """
        place = Place(mailbox, folder, folder_identity, self._span)
        return GraphCalendar(self._session, place, self._home_zone, page, people)

    def look_ahead(self, cursors: Iterable[str]) -> None:
        """Ask for many calendars together whether anything changed; each hears it when it asks.

        ``cursors`` are those the calendars will go on from. Raises CalendarError.
        """
        states = [state for one in cursors if (state := state_of(one)) is not None]
        requests = [Request("GET", one.link) for one in states]
        if len(requests) > 1:
            self._session.look_ahead(requests, Context(self.connection))

    def resolve(self, login: str) -> ResolvedMailbox:
        r"""The mailbox behind an address or a principal name.

        Raises CalendarError EX-MBX-01 and -08, and -03 for ``DOMAIN\\user``, which Graph knows nothing of.
        """
        context = Context(self.connection, login)
        if "\\" in login:
            raise CalendarError(build("EX-MBX-03", context))
        return ResolvedMailbox(folders.owner(self._session, context))

    def check_mailbox(self, mailbox: str) -> Iterator[Step]:
        """Whether it can be reached, then whether its calendar can be read; asks as far as one looks."""
        for step in mailbox_steps(self._session, mailbox):
            found = step.failure
            # Of one mailbox it is not told from one that is outside of what others are inside of.
            scoped = found is not None and found.code == UNGRANTED
            yield replace(step, failure=recoded(found, SCOPED)) if found is not None and scoped else step

    def notifier(self, changed: Callable[[str], None]) -> Notifier:  # noqa: ARG002 - nothing ever tells
        """Graph tells changes to public addresses only, so nothing is told and everybody is polled."""
        return _Silence()

    def translated(self, mailbox: str, ids: Sequence[str], *, back: bool = False) -> dict[str, str]:
        """The ids of events by those EWS knows them under, or ``back``; without those that have none."""
        return translate(self._session, mailbox, ids, back=back)

    def prepare_calendar(self, mailbox: str, choice: str, name: str) -> Identity:
        """The calendar an activation chose; makes it when ``choice`` is ``new`` and it is missing."""
        return folders.prepare_calendar(self._session, mailbox, choice, name)

    def close(self) -> None:
        """Close all connections; the tenant is of no use afterwards. Never raises."""
        self._session.close()


class _Silence:
    """A notifier that tells of nothing."""

    def follow(self, mailboxes: Mapping[str, str]) -> None:
        """See `Notifier`."""

    def close(self) -> None:
        """See `Notifier`."""
