"""Requests to ValueFrame's REST interface: signed, over verified TLS, every answer a value or a failure.

Every request carries the customer's name, a time and the MD5 of ``{time}/{resource}/{transfer key}``
(ValueFrame's help, *REST-rajapinta*). The hash is the interface's choice: it keeps a secret out of the
request and protects nothing else, which is what TLS is for.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx

from vfadmin.calendars.exchange.trust import trust
from vfadmin.calendars.network import date_of, retry_after, spared
from vfadmin.calendars.rest.errors import Answer, Asked, failed, unreached
from vfadmin.calendars.rest.field_map import FieldMap, ResourceMap
from vfadmin.errors import CalendarError, Failure, Refused, VfadminError, failure

CLOCK_TOLERANCE = 60
"""Seconds by which the clocks may differ before a refused hash is blamed on them."""
_RESTING = 900.0
"""Seconds for which a refused key is not tried again: a key that was locked out opens nothing any more."""
_MOST = 4
"""Requests at a time; how many the interface bears is not documented."""
_READ = "GET"
_UNAUTHORIZED, _DENIED = 401, 403


class RestSession:
    """What speaks to one customer's interface, for all persons. Thread-safe.

    ``secret`` gives a transfer key by its name in the keyring and may raise SecretError; it is asked once
    for each key, and again after a refusal.
    """

    def __init__(
        self,
        field_map: FieldMap,
        secret: Callable[[str], str],
        *,
        clock: Callable[[], float] = time.time,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.map = field_map
        self._secret, self._clock, self._transport = secret, clock, transport
        self._keys: dict[str, str] = {}
        self._refused: dict[str, tuple[str, float, Failure]] = {}
        self._proved: set[str] = set()
        self._lock, self._proving = threading.Lock(), threading.Lock()
        self._turns = threading.BoundedSemaphore(_MOST)
        self._client: httpx.Client | None = None
        self._offset = 0.0

    def server_time(self) -> datetime:
        """The time on the server's clock, as its last answer told it."""
        return datetime.fromtimestamp(self._clock() + self._offset, UTC)

    @property
    def clock_offset(self) -> float:
        """How many seconds the server's clock is ahead of ours, as its last answer told."""
        return self._offset

    def close(self) -> None:
        """Close all connections. Never raises."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def send(
        self,
        resource: ResourceMap,
        verb: str,
        item_id: str = "",
        row: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request. Raises CalendarError and SecretError; see `Line` for what means what."""
        if verb not in resource.verbs:
            raise Refused(failure("VF-REST-09", verb=verb, resource=resource.resource))
        with self._in_turn(resource.key):
            key = self._key(resource)
            answer = self._exchange(resource, verb, item_id, row, params, key)
            if answer.date is not None:
                self._offset = answer.date.timestamp() - self._clock()
            if answer.ok:
                self._proved.add(resource.key)
                self._refused.pop(resource.key, None)
                return answer
            raise self._failed(resource, Asked(self.map.host, resource.resource, verb, item_id), answer, key)

    @contextmanager
    def _in_turn(self, key_name: str) -> Iterator[None]:
        """One request at a time until a key has proved good: a wrong one is not tried by eight threads."""
        if key_name in self._proved:
            yield
            return
        with self._proving:
            yield

    def _exchange(
        self,
        resource: ResourceMap,
        verb: str,
        item_id: str,
        row: Mapping[str, Any] | None,
        params: Mapping[str, str] | None,
        key: str,
    ) -> Answer:
        url = f"{self.map.url}/{resource.resource}/{item_id}"
        headers = signed(self.map.user, resource.resource, key, int(self._clock()))
        content = None if row is None else json.dumps(row).encode()
        try:
            with self._turns:
                response = self._opened().request(verb, url, headers=headers, content=content, params=params)
        except VfadminError:
            raise
        except Exception as error:
            raise unreached(self.map.host, error) from error
        return _read(response)

    def _opened(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(
                    verify=self._trusted(),
                    mounts=spared(self.map.url),
                    timeout=self.map.timeout,
                    transport=self._transport,
                )
            return self._client

    def _trusted(self) -> Any:  # noqa: ANN401 - an SSL context
        try:
            return trust(self.map.ca_file)
        except CalendarError as error:
            raise CalendarError(
                failure(
                    "VF-REST-01",
                    path=self.map.path,
                    field="valueframe.ca_file",
                    problem="unreadable",
                    value=self.map.ca_file or "",
                )
            ) from error

    def _key(self, resource: ResourceMap) -> str:
        """The transfer key. Raises what refused it while it is not to be tried again, and SecretError."""
        refused = self._refused.get(resource.key)
        if refused is not None and self._clock() < refused[1] and self._secret(resource.key) == refused[0]:
            raise Refused(refused[2])
        with self._lock:
            key = self._keys.get(resource.key)
        if key is None:
            key = self._secret(resource.key)
            with self._lock:
                self._keys[resource.key] = key
        return key

    def _failed(self, resource: ResourceMap, asked: Asked, answer: Answer, key: str) -> CalendarError:
        if answer.status == _UNAUTHORIZED or (answer.status == _DENIED and asked.reads):
            return Refused(self._refusal(resource, answer, key))
        return failed(asked, answer)

    def _refusal(self, resource: ResourceMap, answer: Answer, key: str) -> Failure:
        """Why a hash was refused: a clock that is off makes every one stale, or name or key are wrong."""
        host = self.map.host
        self._proved.discard(resource.key)
        with self._lock:
            self._keys.pop(resource.key, None)
        if answer.date is not None and abs(self._offset) > CLOCK_TOLERANCE:
            return failure("VF-REST-03", host=host, seconds=round(abs(self._offset)))
        found = failure("VF-REST-02", host=host, user=self.map.user, resource=resource.resource)
        self._refused[resource.key] = (key, self._clock() + _RESTING, found)
        return found


class Line:
    """The way one user of the session takes; ``requests`` counts what went over it."""

    def __init__(self, session: RestSession) -> None:
        self.session, self.requests = session, 0

    def get(self, resource: ResourceMap, item_id: str = "", params: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - any JSON
        """What the resource lists, or one row. Raises CalendarError, ItemGone for an unknown id."""
        return self._sent(resource, _READ, item_id, None, params)

    def post(self, resource: ResourceMap, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        """Add a row; what was answered. Raises Refused where nothing was added, CalendarError in doubt."""
        return self._sent(resource, "POST", "", row)

    def put(self, resource: ResourceMap, item_id: str, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        """Update a row; what was answered. Raises CalendarError, ItemGone and StaleVersion."""
        return self._sent(resource, "PUT", item_id, row)

    def delete(self, resource: ResourceMap, item_id: str) -> None:
        """Remove a row. Raises CalendarError, ItemGone where there is none."""
        self._sent(resource, "DELETE", item_id)

    def _sent(
        self,
        resource: ResourceMap,
        verb: str,
        item_id: str,
        row: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - any JSON
        self.requests += 1
        return self.session.send(resource, verb, item_id, row, params).body


def signed(user: str, resource: str, key: str, now: int) -> dict[str, str]:
    """The headers of a request that is sent at ``now``, Unix time in seconds."""
    text = f"{now}/{resource}/{key}"
    return {
        "X-VF-REST-USER": user,
        "X-VF-REST-TIMESTAMP": str(now),
        "X-VF-REST-HASH": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        "X-VF-REST-REAL-JSON-OUTPUT": "1",
        "Content-Type": "application/json",
        "Accept": "application/json",
    }


def _read(response: httpx.Response) -> Answer:
    date, wait = date_of(response.headers), retry_after(response.headers)
    html = "html" in response.headers.get("Content-Type", "")
    if not response.content:
        return Answer(response.status_code, None, date, wait, json=True, html=html)
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        return Answer(response.status_code, None, date, wait, json=False, html=html)
    return Answer(response.status_code, body, date, wait, html=html)
