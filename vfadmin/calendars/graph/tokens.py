"""The sign-in of the application: a token from Entra, kept by msal until it runs out.

Microsoft's own library signs the assertion of a certificate, keeps the token and holds off repetitions; what
it answers is a dictionary, of which only codes are looked at.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import msal
import msal.exceptions

from vfadmin.calendars.graph.certificate import last_day
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.errors import Context, build, sign_in_failure
from vfadmin.calendars.graph.network import raised
from vfadmin.calendars.graph.roles import ROLE, roles_of
from vfadmin.errors import CalendarError, Failure

# At DEBUG and INFO it tells of requests; of a sign-in nothing belongs into a log.
logging.getLogger("msal").setLevel(logging.WARNING)

_SIGN_IN = "EX-AUTH"
_REPLACED = frozenset({"EX-AUTH-06", "EX-AUTH-07", "EX-AUTH-08"})
"""What another secret, or another certificate, may mend."""


class _Door:
    """httpx in the shape msal asks a client for: the same trust and proxies as for every other request."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def get(self, url: str, **given: Any) -> httpx.Response:  # noqa: ANN401 - msal's own arguments
        """A GET; certificates and time limits are the client's, whatever msal says of them."""
        return self._client.get(url, params=given.get("params"), headers=given.get("headers"))

    def post(self, url: str, **given: Any) -> httpx.Response:  # noqa: ANN401 - as above
        """A POST of a form. msal gives assertions as bytes, which httpx would send as Python writes them."""
        form = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in (given.get("data") or {}).items()
        }
        return self._client.post(url, params=given.get("params"), data=form, headers=given.get("headers"))

    def close(self) -> None:
        """The client is closed by who made it."""


class Tokens:
    """The tokens of one application. Thread-safe.

    After Entra has refused the application, nothing more is sent: a wrong secret does not become right by
    being repeated, and what is repeated is held against the application. A secret that was replaced while
    the program ran is another one, and is tried once as well.
    """

    def __init__(self, connection: GraphConnection, secret: Callable[[], str], client: httpx.Client) -> None:
        self._connection, self._secret, self._client = connection, secret, client
        self._context = Context(connection)
        self._lock = threading.Lock()
        self._application: msal.ConfidentialClientApplication | None = None
        self._refused: Failure | None = None
        self._used = ("", 0)
        self._last = ("", True)

    @property
    def granted(self) -> bool:
        """Whether the last token names the permission that is needed."""
        return self._last[1]

    def token(self) -> str:
        """A token that is good now. Raises CalendarError EX-AUTH-04 to -13, and what the network raises."""
        with self._lock:
            if self._refused is not None:
                raise CalendarError(self._refused)
            answer = self._ask()
            found = self._refusal(answer)
            if found is not None and found.code in _REPLACED and self._replaced():
                answer = self._ask()
                found = self._refusal(answer)
            if found is None:
                token = str(answer["access_token"])
                if token != self._last[0]:
                    self._last = token, ROLE in roles_of(token)
                return token
            if found.code.startswith(_SIGN_IN):
                self._refused = found
            raise CalendarError(found)

    def forget(self) -> None:
        """The token was refused before it ran out: the next one is a new one."""
        with self._lock:
            if self._application is not None:
                self._application.remove_tokens_for_client()

    def refuse(self, found: Failure) -> None:
        """Even a new token was refused: nothing more is sent."""
        self._refused = found

    def _refusal(self, answer: Mapping[str, Any]) -> Failure | None:
        if "access_token" in answer:
            return None
        return sign_in_failure(
            str(answer.get("error", "")), str(answer.get("error_description", "")), self._context
        )

    def _replaced(self) -> bool:
        """Whether there is another secret by now than the one that was refused; it is taken up then."""
        used, self._used = self._used, self._at_hand()
        if used == self._used:
            return False
        self._application = None
        return True

    def _at_hand(self) -> tuple[str, int]:
        path = self._connection.certificate
        try:
            written = 0 if path is None else Path(path).stat().st_mtime_ns
        except OSError:
            written = 0
        return self._secret(), written

    def _ask(self) -> Mapping[str, Any]:
        try:
            if self._application is None:
                self._application = self._made()
            answer: Mapping[str, Any] = self._application.acquire_token_for_client([self._connection.scope])
        except msal.exceptions.MsalServiceError as error:
            # An outage at Entra; what it refuses is answered.
            raise CalendarError(
                build("EX-BUSY-02", self._context, host=self._connection.login_host)
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise raised(error, self._context) from error
        except ValueError as error:
            # msal says in words, not in a type, that the tenant's document could not be had.
            raise CalendarError(self._of_words(str(error))) from error
        return answer

    def _made(self) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            self._connection.client_id,
            client_credential=self._credential(),
            authority=self._connection.tenant_url,
            # Asking a second host whether the first one may be believed: TLS has told already.
            instance_discovery=False,
            http_client=_Door(self._client),
        )

    def _credential(self) -> str | dict[str, Any]:
        self._used = self._at_hand()
        secret = self._used[0]
        path = self._connection.certificate
        if path is None:
            return secret
        last_day(path, secret)  # says what is wrong with the file; msal would in words only
        return {"private_key_pfx_path": path, "public_certificate": True, "passphrase": secret}

    def _of_words(self, words: str) -> Failure:
        known = sign_in_failure("", words, self._context)
        if known.code != "EX-AUTH-11":
            return known
        return build("EX-AUTH-04", self._context, detail="openid-configuration")
