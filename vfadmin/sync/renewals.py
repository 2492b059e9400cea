"""Secrets that are replaced while a worker runs: behind a refused sign-in, another secret is tried once.

A mounted file is replaced without a word to anybody. Only who was given the refused secret can tell that
there is another one by now; nothing of it is kept but a mark that means something in this process alone.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select, update

from vfadmin.errors import SecretError
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.sync.servers import GRAPH

_LOG = logging.getLogger(__name__)
_REFUSED = (
    select(Connection)
    .where(Connection.blocked_code.startswith("EX-AUTH"), Connection.blocked_until.is_(None))
    .order_by(Connection.name)
)


class Renewals:
    """The secrets that were handed out, by connection and version. Thread-safe."""

    def __init__(self, store: Store, secret: Callable[[str], str]) -> None:
        self._store, self._secret = store, secret
        self._salt = secrets.token_bytes(16)
        self._given: dict[str, tuple[int, bytes]] = {}
        self._lock = threading.Lock()

    def watched(self, row: Connection) -> Callable[[], str]:
        """What hands out the secret of a connection, and remembers which one it was."""
        name, version, certificate = row.name, row.version, row.options.get("certificate")
        # Graph takes up another secret by itself, so the last one counts; over EWS connections that were made
        # with the first one go on, and it is the one that is refused.
        last = row.protocol == GRAPH

        def handed() -> str:
            secret = self._secret(name)
            mark = self._mark(secret, certificate)
            with self._lock:
                known = self._given.get(name)
                if last or known is None or known[0] != version:
                    self._given[name] = version, mark
            return secret

        return handed

    def look(self) -> None:
        """Open the breakers of refused sign-ins whose secret is another one by now. Raises StoreError.

        The version moves with it, so that every process signs in anew: once, as after `connection set`.
        """
        with self._store.read() as session:
            refused = list(session.scalars(_REFUSED))
        for row in refused:
            if self._replaced(row):
                self._open(row)

    def _replaced(self, row: Connection) -> bool:
        with self._lock:
            known = self._given.get(row.name)
        if known is None or known[0] != row.version:
            return False
        with suppress(SecretError):
            return self._mark(self._secret(row.name), row.options.get("certificate")) != known[1]
        return False

    def _open(self, row: Connection) -> None:
        same = Connection.name == row.name, Connection.version == row.version
        with self._store.write() as session:
            session.execute(
                update(Connection)
                .where(*same)
                .values(
                    blocked_code=None,
                    blocked_params={},
                    blocked_since=None,
                    blocked_until=None,
                    version=row.version + 1,
                )
            )
        _LOG.info("the secret of connection %s was replaced: signing in anew", row.name)

    def _mark(self, secret: str, certificate: str | None) -> bytes:
        written = 0
        if certificate is not None:
            with suppress(OSError):
                written = Path(certificate).stat().st_mtime_ns
        return hashlib.blake2b(f"{written}:{secret}".encode(), key=self._salt).digest()
