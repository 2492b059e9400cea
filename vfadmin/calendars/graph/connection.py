"""What is known of an app registration before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from vfadmin.errors import CalendarError, failure

GRAPH_URL = "https://graph.microsoft.com/v1.0"
AUTHORITY = "https://login.microsoftonline.com"
SCOPE = "https://graph.microsoft.com/.default"
"""All application permissions that were consented to; the audience must be this very one."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,253}")
"""A tenant is a GUID or a domain, an application a GUID."""
_LOGIN = re.compile("//[^/]*@")


@dataclass(frozen=True, slots=True)
class GraphConnection:
    """One tenant and the app registration that reaches its mailboxes. Holds no secret.

    ``certificate`` is the path of a PFX file with the key the application signs in with, or None for a client
    secret. ``authority`` and ``url`` are others than Microsoft's worldwide ones in national clouds.
    ``ca_file`` is the path of a PEM file trusted in addition to the system's authorities, or None.
    """

    name: str
    tenant: str
    client_id: str
    certificate: str | None = None
    authority: str = AUTHORITY
    url: str = GRAPH_URL
    ca_file: str | None = None

    @property
    def host(self) -> str:
        """The host of Graph, without the port."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port of Graph; 443 unless the address says another."""
        return urlsplit(self.url).port or 443

    @property
    def tenant_url(self) -> str:
        """The tenant at the authority, which some name together with its tenant already."""
        base = self.authority.rstrip("/")
        return base if base.casefold().endswith(f"/{self.tenant.casefold()}") else f"{base}/{self.tenant}"

    @property
    def login_host(self) -> str:
        """The host that gives the tokens."""
        return urlsplit(self.authority).hostname or ""

    @property
    def scope(self) -> str:
        """What a token is asked for: everything that was consented to, at the Graph of this cloud."""
        return SCOPE if not self._national else f"https://{self.host}/.default"

    @property
    def _national(self) -> bool:
        return self.host.startswith(("graph.microsoft.us", "dod-graph.", "microsoftgraph.chinacloudapi."))

    def check(self) -> None:
        """Raise CalendarError EX-CONN-10 for a setting that cannot work, naming the field."""
        for field, good in (
            ("tenant", _WORD.fullmatch(self.tenant) is not None),
            ("client_id", _WORD.fullmatch(self.client_id) is not None),
            ("authority", _is_https(self.authority)),
            ("url", _is_https(self.url)),
        ):
            if not good:
                value = _LOGIN.sub("//", str(getattr(self, field)))
                raise CalendarError(failure("EX-CONN-10", field=field, value=value))


def _is_https(url: str) -> bool:
    """Whether it is an https address with a host and no login: a token is never sent in the clear."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        return parts.scheme == "https" and bool(host) and parts.port != 0 and parts.username is None
    except ValueError:
        return False
