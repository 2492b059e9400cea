"""exchangelib's connection to one server, with its traps taken out.

exchangelib makes the sessions' sign-in, the SOAP envelope and the impersonation header. What it does
around a request (retries, sleeps, guessing, logging whole requests) does not suit a service that keeps
hundreds of mailboxes going, and is replaced here; each replacement says why.
"""

from __future__ import annotations

import logging
import ssl
import threading
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import requests.auth
import requests.utils
import requests_ntlm
from exchangelib.account import Identity
from exchangelib.configuration import Configuration
from exchangelib.credentials import Credentials
from exchangelib.ewsdatetime import UTC
from exchangelib.protocol import CachingProtocol, FailFast, Protocol
from exchangelib.services.common import EWSService
from exchangelib.version import Version
from lxml import etree

from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.exchange.trust import trust

USER_AGENT = "vfadmin"

# At DEBUG exchangelib writes whole requests, private events included, and its pool's moves at WARNING.
logging.getLogger("exchangelib").setLevel(logging.CRITICAL)
# At DEBUG it writes NTLM's messages, from whose last one a weak password can be found at leisure.
logging.getLogger("spnego").setLevel(logging.WARNING)


def bound_to(connection: EwsConnection, context: ssl.SSLContext | None = None) -> requests.Session:
    """A session that reaches the connection's host and no other: what is trusted there holds there alone.

    ``context`` is the trust made of the connection already. Raises CalendarError EX-TLS-04.
    """
    session = requests.Session()
    # The environment's REQUESTS_CA_BUNDLE and .netrc would override CA file and account; its
    # proxy is wanted.
    session.trust_env = False
    session.proxies = requests.utils.get_environ_proxies(connection.url)
    session.adapters.clear()
    parts = urlsplit(requests.Request("POST", connection.url).prepare().url or "")
    session.mount(f"{parts.scheme}://{parts.netloc}/", HostAdapter(context or trusted(connection)))
    return session


def trusted(connection: EwsConnection) -> ssl.SSLContext:
    """Who is believed to be the connection's host. Raises CalendarError EX-TLS-04."""
    return trust(connection.ca_file, connection.tls_profile)


class HostAdapter(requests.adapters.HTTPAdapter):
    """Carries one host's trust. Verification has no switch.

    exchangelib keeps its adapter as a class attribute of all protocols, so one server's CA would
    serve every other; here each session is given its own.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's own arguments
        """Every connection of the pool uses this host's trust."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        """Also those through a proxy; what is trusted of the proxy itself is urllib3's own."""
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: object,  # noqa: ARG002 - REQUESTS_CA_BUNDLE arrives here and would replace our trust
        cert: Any = None,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - requests' private types
        """Always verify, whatever the caller or the environment says."""
        return super().build_connection_pool_key_attributes(request, verify=True, cert=cert)

    def cert_verify(
        self,
        conn: Any,  # noqa: ANN401 - urllib3's pool
        url: str,  # noqa: ARG002 - as above
        verify: object,  # noqa: ARG002 - as above
        cert: object,  # noqa: ARG002 - as above
    ) -> None:
        """Always require a certificate; its authorities are in the context already."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None


class _Uncached(CachingProtocol):  # type: ignore[misc]  # exchangelib carries no types
    """Makes a new protocol every time.

    exchangelib keeps protocols by (address, credentials) for the life of the process, so a changed
    sign-in method, CA file or pool size would be ignored, and a forgotten password kept.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - a constructor's arguments
        return type.__call__(self, *args, **kwargs)


class EwsProtocol(Protocol, metaclass=_Uncached):  # type: ignore[misc]  # exchangelib carries no types
    """The session pool of one server."""

    def __init__(self, connection: EwsConnection, password: str, max_connections: int) -> None:
        self._connection = connection
        self._trust = trusted(connection)
        super().__init__(
            Configuration(
                credentials=Credentials(connection.account, password),
                service_endpoint=connection.url,
                auth_type="NTLM" if connection.auth == "ntlm" else "basic",
                # Without a version exchangelib asks the server at odd moments, holding a lock.
                version=Version(build=None, api_version=connection.first_api),
                # FaultTolerance sleeps for up to an hour inside a request, holding a session, and
                # tries a wrong password ten times meanwhile.
                retry_policy=FailFast(),
                max_connections=max_connections,
            )
        )
        # exchangelib takes this lock twice in one thread when it shrinks an empty pool.
        self._session_pool_lock = threading.RLock()

    def create_session(self) -> requests.Session:
        """A session that signs in as the connection says. Sends nothing yet."""
        session = bound_to(self._connection, self._trust)
        session.headers.update(
            {"Content-Type": "text/xml; charset=utf-8", "Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
        )
        session.auth = self._sign_in()
        # exchangelib's pool expects these two on a session.
        vars(session).update(session_id=id(session), usage_count=0)
        return session

    def _sign_in(self) -> requests.auth.AuthBase:
        account, password = self.credentials.username, self.credentials.password
        if self._connection.auth == "ntlm":
            # A name without a domain goes as "\\name": some servers take the machine's domain otherwise.
            name = account if "\\" in account or "@" in account else "\\" + account
            ntlm: requests.auth.AuthBase = requests_ntlm.HttpNtlmAuth(name, password)
            return ntlm
        return requests.auth.HTTPBasicAuth(_basic(account), _basic(password))


def _basic(text: str) -> bytes:
    """Latin-1 as far as it goes, as IIS expects; requests alone would fail on anything beyond it."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8")


class Envelope(EWSService):  # type: ignore[misc]  # exchangelib carries no types
    """exchangelib's SOAP envelope around a request of ours."""

    SERVICE_NAME = "Envelope"

    def __init__(self, protocol: EwsProtocol, mailbox: str | None, *, principal: bool = False) -> None:
        self._identity = None
        if mailbox:
            self._identity = Identity(**{"upn" if principal else "primary_smtp_address": mailbox})
        super().__init__(protocol=protocol)

    def pack(self, payload: etree._Element, api_version: str) -> bytes:
        """The bytes of the request."""
        packed: bytes = self.wrap(payload, api_version)
        return packed

    @property
    def headers(self) -> dict[str, str]:
        """X-AnchorMailbox, which routes to the mailbox's server."""
        headers: dict[str, str] = self._extra_headers()
        return headers

    @property
    def _account_to_impersonate(self) -> Identity | None:
        return self._identity

    @property
    def _timezone(self) -> Any:  # noqa: ANN401 - an exchangelib zone
        # Every time without a zone of its own is then UTC, whatever zone the server lives in.
        return UTC
