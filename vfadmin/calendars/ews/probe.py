"""The connection checks, one by one, in the order in which a connection comes about (R28).

Each step that fails names its code; what cannot succeed after it is not tried. The password is
tried at most once.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import requests
from cryptography import x509
from exchangelib.version import Version

from vfadmin.calendars.ews import folders
from vfadmin.calendars.ews.calendar import EwsCalendar, Place
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.errors import Context, build
from vfadmin.calendars.ews.network import date_of, http_failure, network_failure, offers
from vfadmin.calendars.ews.session import EwsSession, Timeouts
from vfadmin.calendars.ews.transport import USER_AGENT, bound_to
from vfadmin.calendars.exchange.steps import Host, Step, clock_step, in_turn, said
from vfadmin.errors import Failure, VfadminError

CHECKS = (
    "dns",
    "tcp",
    "tls",
    "certificate",
    "ews_path",
    "auth_offers",
    "sign_in",
    "server_version",
    "impersonation",
    "calendar",
    "clock",
)

_LONGEST = 200
_MAYBE_OLD = frozenset({"EX-TLS-03", "EX-TLS-05", "EX-CONN-05"})
"""What an old server's handshake ends with."""


def steps(
    connection: EwsConnection,
    secret: Callable[[], str],
    mailbox: str | None,
    *,
    timeout: float = 10.0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Step]:
    """Run the checks as far as they lead. ``mailbox`` None leaves out those that need one.

    Raises CalendarError EX-CONN-10 for a malformed setting; everything else is a step.
    """
    connection.check()
    probe = _Probe(connection, secret, mailbox, timeout, clock)
    try:
        yield from in_turn((probe.network, probe.address, probe.sign_in, probe.mailbox_steps, probe.time))
    finally:
        probe.close()


class _Probe:
    """One run of the checks."""

    def __init__(
        self,
        connection: EwsConnection,
        secret: Callable[[], str],
        mailbox: str | None,
        timeout: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._context = Context(connection, mailbox=mailbox or "")
        self._mailbox = mailbox
        self._timeout = timeout
        self._clock = clock
        self._server_time: datetime | None = None
        self._seen = b""
        self._session = EwsSession(
            connection, secret, 1, Timeouts(connect=timeout, answer=max(timeout, 30.0))
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def network(self) -> Iterator[Step]:
        """dns, tcp, tls and certificate; left out where a proxy makes the connection."""
        connection = self._connection
        host = Host(
            connection.host,
            connection.port,
            connection.ca_file,
            lambda error: network_failure(error, self._context),
            lambda: build("EX-CONN-03", self._context),
            profile=connection.tls_profile,
        )
        for step in host.reach(self._timeout):
            yield self._aged(step, host) if step.check in ("tls", "certificate") else step

    def _aged(self, step: Step, host: Host) -> Step:
        """The step, with what it has to do with the server's age: whether the profile is needed, or no more.

        An old server may answer too new a greeting with an alert, with silence or with the end of the
        connection, so any failure is worth a second handshake.
        """
        old = self._connection.tls_profile == "2010"
        if old and step.ok and step.check == "tls":
            better = host.speaks("modern", self._timeout)
            return replace(step, failure=self._of_age("EX-TLS-06", better)) if better else step
        if not old and step.failure is not None and step.failure.code in _MAYBE_OLD:
            version = host.speaks("2010", self._timeout)
            return replace(step, failure=self._of_age("EX-TLS-05", version)) if version else step
        return step

    def _of_age(self, code: str, version: str) -> Failure:
        return build(code, self._context, detail=version)

    def address(self) -> Iterator[Step]:
        """ews_path and auth_offers: what an unauthenticated POST is answered."""
        try:
            with bound_to(self._connection) as session:
                answer = session.post(
                    self._connection.url,
                    headers={"User-Agent": USER_AGENT, "Content-Type": "text/xml; charset=utf-8"},
                    timeout=self._timeout,
                    allow_redirects=False,
                    hooks={"response": self._look},
                )
        except (OSError, VfadminError) as error:
            yield self._failed("ews_path", error)
            return
        self._server_time = date_of(answer)
        found = http_failure(answer, self._context)
        if answer.status_code != requests.codes.unauthorized:
            unexpected = found or build("EX-CONN-06", self._context)
            yield Step("ews_path", ok=False, detail=f"HTTP {answer.status_code}", failure=unexpected)
            return
        yield Step("ews_path", ok=True, detail=self._connection.url)
        missing = found if found is not None and found.code == "EX-AUTH-02" else None
        yield Step("auth_offers", ok=missing is None, detail=", ".join(offers(answer)), failure=missing)

    def _look(self, answer: requests.Response, **_options: object) -> None:
        """Keep the certificate that was shown, through a proxy too; a response that was read knows none."""
        sock = getattr(answer.raw.connection, "sock", None)
        if isinstance(sock, ssl.SSLSocket):
            self._seen = sock.getpeercert(binary_form=True) or b""

    def sign_in(self) -> Iterator[Step]:
        """sign_in and server_version: one authenticated request."""
        try:
            self._session.ask_version()
        except VfadminError as error:
            yield self._refused(self._failed("sign_in", error))
            return
        yield Step("sign_in", ok=True, detail=self._connection.account)
        yield Step("server_version", ok=True, detail=self._version())

    def _refused(self, step: Step) -> Step:
        """The step with the certificate that was seen, where the sign-in may have failed for it."""
        found = step.failure
        if found is None or "binding" not in found.params:
            return step
        return replace(step, failure=replace(found, params={**found.params, **facts_of(self._seen)}))

    def _version(self) -> str:
        build_number = self._session.build
        if build_number is None:
            return ""
        try:
            return f"{Version(build_number).fullname} ({build_number})"
        except ValueError:
            return str(build_number)

    def mailbox_steps(self) -> Iterator[Step]:
        """The steps impersonation and calendar, for a mailbox."""
        if self._mailbox is not None:
            yield from mailbox_steps(self._session, self._mailbox)

    def time(self) -> Iterator[Step]:
        """clock: the server's Date header against ours."""

        def wrong(seconds: str) -> Failure:
            return build("EX-CONN-12", self._context, seconds=seconds)

        yield from clock_step(self._server_time, self._clock(), wrong)

    def _failed(self, check: str, error: BaseException) -> Step:
        return _failed(check, error, self._context)


def mailbox_steps(session: EwsSession, mailbox: str) -> Iterator[Step]:
    """The steps impersonation and calendar, over a session that may serve many mailboxes.

    Each is asked when it is wanted: who stops after the first has not had the calendar read.
    """
    context = Context(session.connection, mailbox=mailbox)
    try:
        folders.default_identity(session, context)
    except VfadminError as error:
        yield _failed("impersonation", error, context)
        return
    yield Step("impersonation", ok=True, detail=mailbox)
    try:
        page = next(EwsCalendar(session, Place(mailbox, folders.DEFAULT)).changes(None))
    except VfadminError as error:
        yield _failed("calendar", error, context)
        return
    yield Step("calendar", ok=True, detail=str(len(page.changed)))


def facts_of(certificate: bytes) -> dict[str, str]:
    """Who issued a certificate (DER), and its thumbprint as Windows shows it; nothing of one that is none."""
    try:
        issuer = x509.load_der_x509_certificate(certificate).issuer.rfc4514_string()
    except ValueError:
        return {}
    thumbprint = hashlib.sha1(certificate, usedforsecurity=False).hexdigest().upper()
    return {"issuer": issuer[:_LONGEST], "thumbprint": thumbprint}


def _failed(check: str, error: BaseException, context: Context) -> Step:
    return Step(check, ok=False, detail=said(error), failure=network_failure(error, context))
