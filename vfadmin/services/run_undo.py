"""Undoing a run for somebody who watches: what it would come to, then the undo, which can be ended (R24)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import select

from vfadmin.errors import Failure, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.patience import never
from vfadmin.services.settings import MODULE, PAUSED, Settings

if TYPE_CHECKING:  # the engine brings Exchange's libraries with it, and nobody waits for them at the start
    from vfadmin.services.synchronise import RunUndone, Synchronise, UndoneEvent


class RunUndo:
    """Takes back a run in both calendars, or what one of its operations took from a conflict's loser."""

    def __init__(
        self, store: Store, settings: Settings, secrets: SecretVault, *, clock: Clock, actor: Actor
    ) -> None:
        self._store, self._settings, self._secrets = store, settings, secrets
        self._clock, self._actor = clock, actor

    def obstacle(self) -> Failure | None:
        """Why no run at all can be undone now: VF-MODULE-01, VF-PAUSE-01, EX-CONN-01. No mailbox is asked."""
        if not self._settings.flag(MODULE):
            return failure("VF-MODULE-01")
        if self._settings.flag(PAUSED):
            return failure("VF-PAUSE-01")
        with self._store.read() as session:
            known = session.scalar(select(Connection.name).limit(1))
        return failure("EX-CONN-01") if known is None else None

    def preview(
        self,
        run_id: int,
        operation: int | None = None,
        stopping: Callable[[], bool] = never,
        *,
        mass: bool = False,
    ) -> RunUndone:
        """What it would come to; ``stopping`` ends it between two requests, and it says VF-STOP-01 then.

        Reads both calendars and writes nowhere. Raises as `run`, but while paused.
        """
        from vfadmin.services.synchronise import Wish  # noqa: PLC0415 - see above

        with closing(self._engine()) as engine:
            return engine.preview_undo(Wish(run_id, operation, mass), stopping)

    def run(
        self,
        run_id: int,
        operation: int | None,
        on_event: Callable[[UndoneEvent], None],
        stopping: Callable[[], bool],
        *,
        mass: bool = False,
    ) -> RunUndone:
        """Undo it; ``on_event`` hears of each event, ``stopping`` ends it between two writes.

        With ``mass`` more is deleted than the guard lets through. Raises UsageError VF-MODULE-01,
        VF-PAUSE-01, VF-UNDO-02, VF-UNDO-03.
        """
        from vfadmin.services.synchronise import Wish  # noqa: PLC0415 - see above

        with closing(self._engine()) as engine:
            return engine.undo(Wish(run_id, operation, mass), self._actor, on_event, stopping)

    def restore(self, run_id: int, operation: int) -> RunUndone:
        """Restore what that operation took from the loser of a conflict. Raises as `run`."""
        return self.run(run_id, operation, lambda _: None, never)

    def _engine(self) -> Synchronise:
        from vfadmin.services.synchronise import Synchronise  # noqa: PLC0415 - see above

        return Synchronise(self._store, self._settings, self._secrets, clock=self._clock)
