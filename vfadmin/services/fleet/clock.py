"""One clock for all workers: the database server's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from vfadmin.models.store import Store
from vfadmin.services.directory import Clock


class ServerClock:
    """This machine's clock, put right by the server's.

    Short leases of machines whose clocks differ would look as if they had run out long ago, or never would.
    """

    def __init__(self, store: Store, local: Clock) -> None:
        self._store, self._local = store, local
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """What time it is there, in UTC."""
        return self._local() + self._ahead

    def adjust(self) -> None:
        """Ask the server what time it is. Raises StoreError."""
        with self._store.read() as session:
            asked = self._local()
            told = session.execute(select(func.clock_timestamp())).scalar_one()
            self._ahead = told - (asked + (self._local() - asked) / 2)
