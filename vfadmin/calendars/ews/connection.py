"""What is known of a connection to Exchange before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

from vfadmin.calendars.exchange.trust import TlsProfile
from vfadmin.errors import CalendarError, failure

AuthMethod = Literal["basic", "ntlm"]
ServerVersion = Literal["2010", "2013", "2016", "2019", "online", "auto"]

_LOGIN = re.compile("//[^/]*@")
"""A name and a password inside an address, which must not be shown."""

API_LADDER = ("Exchange2016", "Exchange2013_SP1", "Exchange2013", "Exchange2010_SP2", "Exchange2010_SP1")
"""Schema versions, newest first. A server refuses one it does not know with
ErrorInvalidServerVersion, before it looks at the request (MS-OXWSCDATA 2.2.3.11)."""

_FIRST_API: dict[str, str] = {
    "2010": "Exchange2010_SP2",
    "2013": "Exchange2013_SP1",
    "2016": "Exchange2016",
    "2019": "Exchange2016",
    "online": "Exchange2016",
    "auto": "Exchange2016",
}


@dataclass(frozen=True, slots=True)
class EwsConnection:
    r"""One Exchange server and the account that reaches its mailboxes. Holds no secret.

    ``account`` is ``DOMAIN\\user`` or an address; ``ca_file`` is the path of a PEM file trusted in
    addition to the system's authorities, or None. ``tls_profile`` 2010 is for a server that cannot do
    TLS 1.2, and concerns its host alone.
    """

    name: str
    url: str
    account: str
    auth: AuthMethod = "ntlm"
    server_version: ServerVersion = "auto"
    ca_file: str | None = None
    tls_profile: TlsProfile = "modern"

    @property
    def host(self) -> str:
        """The host of the address, without the port."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port of the address; 443 unless it says another."""
        return urlsplit(self.url).port or 443

    @property
    def first_api(self) -> str:
        """The schema version to try first."""
        return _FIRST_API[self.server_version]

    def check(self) -> None:
        """Raise CalendarError EX-CONN-10 for a setting that cannot work, naming the field."""
        for field, good in (
            ("url", _is_ews_url(self.url)),
            ("account", bool(self.account.strip())),
            ("auth", self.auth in get_args(AuthMethod)),
            ("server_version", self.server_version in _FIRST_API),
            ("tls_profile", self.tls_profile in get_args(TlsProfile)),
        ):
            if not good:
                value = _LOGIN.sub("//", str(getattr(self, field)))
                raise CalendarError(failure("EX-CONN-10", field=field, value=value))


def _is_ews_url(url: str) -> bool:
    """Whether it is an https address with a host and no login: a password is never in the clear."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        return parts.scheme == "https" and bool(host) and parts.port != 0 and parts.username is None
    except ValueError:
        return False
