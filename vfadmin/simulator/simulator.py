"""The simulator: a loopback Exchange to start, look into and upset."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from vfadmin.simulator.auth import Authenticator
from vfadmin.simulator.call import Principal
from vfadmin.simulator.certificates import ServerCertificate, make_certificate
from vfadmin.simulator.config import MailboxSpec, SimulatorConfig
from vfadmin.simulator.control import Control
from vfadmin.simulator.faults import FaultRule
from vfadmin.simulator.graph import GraphService
from vfadmin.simulator.graph.entra import Entra
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse
from vfadmin.simulator.item import Mail
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.ntlm import Known
from vfadmin.simulator.outlook import OutlookUser
from vfadmin.simulator.server import LoopbackServer
from vfadmin.simulator.service import RequestRecord, Service
from vfadmin.simulator.snapshot import load_store, save_store
from vfadmin.simulator.store import Store
from vfadmin.simulator.versions import SERVERS


class Simulator:
    """A running (or startable) server. Use it as a context manager, or `start` and `stop` it once.

    With a `state_dir`, mailboxes and items are loaded at start and kept at stop; mailboxes of the
    configuration that are not in the snapshot are added.
    """

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.account = config.account
        self.password = config.password or secrets.token_urlsafe(18)
        self._private = Path(tempfile.mkdtemp(prefix="simulator-"))
        self._directory = config.state_dir or self._private
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = Store(config.clock)
        delta = load_store(self._store, config.state_dir) if config.state_dir is not None else []
        for spec in config.mailboxes:
            if self._store.by_email(spec.email) is None:
                self._store.add(spec)
        authenticator = Authenticator(config.auth, self._accounts, config.extended_protection)
        self._service = Service(self._store, SERVERS[config.version], authenticator, config.pace)
        self.client_secret = config.graph.client_secret or secrets.token_urlsafe(30)
        entra = Entra(self._store, config.graph, self.client_secret)
        self._graph = GraphService(
            self._store, config.graph, entra, self._service.faults, self._service.requests, config.time_zone
        )
        self._graph.states.restore(delta)
        self._control = Control(self)
        self._certificate: ServerCertificate | None = (
            make_certificate(self._directory, config.tls_profile) if config.tls else None
        )
        self._server: LoopbackServer | None = None

    # --- life

    def start(self) -> Simulator:
        """Listen. OSError where the port is taken."""
        self._server = LoopbackServer(self.config.port, self.handle_request, self._certificate)
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop listening and keep the state where a directory was given; safe to call twice."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self.config.state_dir is not None:
            save_store(self._store, self.config.state_dir, self._graph.states.as_json())
        shutil.rmtree(self._private, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- where it is

    @property
    def port(self) -> int:
        """The port it listens on; RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        return self._server.port

    @property
    def base_url(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self._certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def ews_url(self) -> str:
        """The address of the web service."""
        return f"{self.base_url}/EWS/Exchange.asmx"

    @property
    def graph_url(self) -> str:
        """The address of Graph, with its version."""
        return f"{self.base_url}/v1.0"

    @property
    def authority(self) -> str:
        """The address of the tenant at the identity platform."""
        return f"{self.base_url}/{self.config.graph.tenant}"

    @property
    def control_url(self) -> str:
        """The address of outbox, requests and faults."""
        return f"{self.base_url}/control"

    @property
    def ca_file(self) -> Path:
        """The certificate to trust; RuntimeError without TLS."""
        if self._certificate is None:
            raise RuntimeError("the simulator runs without TLS")
        return self._certificate.ca_file

    # --- answering

    def handle_request(self, request: HttpRequest, connection: ConnectionState) -> HttpResponse:
        """Answer one request, to either service or to the control address."""
        address = urlsplit(request.path)
        if address.path.startswith("/control"):
            return self._control.handle(request)
        if self.config.protocol != "ews" and GraphService.answers(address.path):
            return self._graph.handle(request, self._origin(request))
        if self.config.protocol == "graph":
            return HttpResponse(404)
        return self._service.handle(request, connection)

    def _origin(self, request: HttpRequest) -> str:
        """The scheme and host that the client used, for the links in answers."""
        address = urlsplit(request.path)
        if address.netloc:
            return f"{address.scheme}://{address.netloc}"
        scheme = "https" if self._certificate else "http"
        return f"{scheme}://{request.headers.get('host') or 'localhost'}"

    def handle(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes = b"",
        connection: ConnectionState | None = None,
    ) -> HttpResponse:
        """Answer one request in process, without sockets; header names in any case.

        `path` may be a whole address: links in Graph's answers then begin with its scheme and host.

        The simulator need not be started. Nothing is cut, delayed or reset here: what a rule would do to the
        connection is in the answer (`sent`, `reset`, `drip`), and a stream is there to be read (`stream`,
        with a LocalChannel). Pass the same `connection` again to stay signed in over NTLM.
        """
        lowered = {name.lower(): value for name, value in headers.items()}
        return self.handle_request(HttpRequest(method, path, lowered, body), connection or ConnectionState())

    # --- looking in

    @property
    def mailboxes(self) -> tuple[MailboxSpec, ...]:
        """All mailboxes."""
        return tuple(mailbox.spec for mailbox in self._store.mailboxes)

    @property
    def outbox(self) -> list[Mail]:
        """The mails that a real server would have sent."""
        return self._store.outbox

    @property
    def requests(self) -> list[RequestRecord]:
        """All requests since the start, the last reset or `clear_requests`."""
        return self._service.requests

    def request_counts(self) -> Counter[str]:
        """Requests by operation; sign-in challenges count under the empty name."""
        return Counter(record.operation for record in tuple(self._service.requests))

    def clear_requests(self) -> None:
        """Forget the requests so far."""
        self._service.requests.clear()

    def outlook(self, email: str) -> OutlookUser:
        """The person of a mailbox, at his desk; KeyError where there is none."""
        return OutlookUser(self._store, self._mailbox(email), self.config.time_zone)

    # --- upsetting

    def reset(self) -> None:
        """Drop items, own folders, mails, requests, denials and faults; keep mailboxes and the port."""
        with self._store.lock:
            self._store.clear()
            self._graph.reset()
        self._service.faults.replace([])
        self.clear_requests()

    def register_certificate(self, pem: bytes) -> None:
        """Let the application sign in with a certificate (PEM); ValueError where it cannot be used."""
        self._graph.entra.certificates.register(pem)

    def grant(self, *roles: str) -> None:
        """Consent to further permissions of the application; tokens given out by then do not name them."""
        self._graph.entra.roles |= set(roles)

    def busiest(self) -> dict[str, int]:
        """The most requests that each application's mailboxes had under way at once, by `client/email`."""
        return dict(self._graph.gate.most)

    def set_faults(self, rules: list[FaultRule]) -> None:
        """Put fault rules in force; an empty list ends them."""
        self._service.faults.replace(rules)

    def deny_impersonation(self, email: str) -> None:
        """Take a mailbox out of the service account's impersonation scope."""
        with self._store.lock:
            self._store.denied.add(self._mailbox(email).spec.email.lower())

    def allow_impersonation(self, email: str) -> None:
        """Put a mailbox back into the scope."""
        with self._store.lock:
            self._store.denied.discard(self._mailbox(email).spec.email.lower())

    def add_mailbox(self, spec: MailboxSpec) -> None:
        """Add a mailbox; ValueError where the address is taken."""
        with self._store.lock:
            self._store.add(spec)

    def remove_mailbox(self, email: str) -> None:
        """Take a mailbox away with all that is in it."""
        with self._store.lock:
            self._store.detach(self._mailbox(email).spec.email)

    def invalidate_sync_states(self, email: str) -> None:
        """Make all sync states of a mailbox void."""
        with self._store.lock:
            self._mailbox(email).renew_epoch()

    def move_mailbox(self, email: str) -> None:
        """Move a mailbox to another store: ids of items and folders change, sync states are void."""
        with self._store.lock:
            self._store.relocate(self._mailbox(email).spec.email)

    # ---

    def _mailbox(self, email: str) -> Mailbox:
        mailbox = self._store.by_email(email)
        if mailbox is None:
            raise KeyError(email)
        return mailbox

    def _accounts(self) -> Iterator[Known]:
        yield Known(Principal(self.account, is_service=True), self.password)
        for mailbox in self._store.mailboxes:
            spec = mailbox.spec
            if spec.password is not None:
                principal = Principal(spec.login or spec.email, is_service=False, email=spec.email)
                yield Known(principal, spec.password)
