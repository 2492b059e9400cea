"""Who watches the store is told that something was written, by whichever process on whichever machine.

PostgreSQL tells by itself (LISTEN); an SQLite file is looked at: its ``data_version`` differs for a
connection once another one has committed (https://sqlite.org/pragma.html#pragma_data_version).
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self, cast

from vfadmin.errors import StoreError, failure
from vfadmin.models.faults import named, store_faults
from vfadmin.models.store import Store
from vfadmin.models.triggers import CHANNEL

LOOK_SECONDS = 0.5
"""How often a file is looked at."""


class ChangeNotices(AbstractContextManager["ChangeNotices"]):
    """A connection of its own that waits for changes. For one thread; what was written before is no news.

    Raises StoreError; open another one then.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._server = store.scheme == "postgresql"
        self._woken = threading.Event()
        with store_faults(store.place):
            self._held = store.engine.connect()
            if self._server:
                self._held = self._held.execution_options(isolation_level="AUTOCOMMIT")
                self._held.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._held.detach()  # it never goes back to the others
        self._connection = cast("Any", self._held.connection.dbapi_connection)
        self._seen = 0 if self._server else self._version()

    def wait(self, seconds: float) -> bool:
        """Whether something was written since the last call; waits for it that long at most.

        Many writes at once are told once, and a write that changed nothing may be told too.
        """
        return self._listen(seconds) if self._server else self._look(seconds)

    def wake(self) -> None:
        """Let whoever waits for a file return soon, from any thread: the program is about to end."""
        self._woken.set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def _listen(self, seconds: float) -> bool:
        from psycopg import Error  # noqa: PLC0415 - loaded with the store, where there is a server

        try:
            heard = any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
            for _ in self._connection.notifies(timeout=0):
                pass  # told together with the first
        except Error as error:
            raise StoreError(failure("VF-STORE-01", detail=named(error, self._store.place))) from error
        return heard

    def _look(self, seconds: float) -> bool:
        left = seconds
        while (found := self._version()) == self._seen and left > 0 and not self._woken.is_set():
            self._woken.wait(min(left, LOOK_SECONDS))
            left -= LOOK_SECONDS
        changed, self._seen = found != self._seen, found
        return changed

    def _version(self) -> int:
        connection: sqlite3.Connection = self._connection
        with store_faults(self._store.place):
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return version
