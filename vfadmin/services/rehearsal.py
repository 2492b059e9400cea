"""What a first cycle would do, before anybody is activated or another mailbox is accepted (R29, R30)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from vfadmin.models.store import Store
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.settings import Settings

if TYPE_CHECKING:  # the engine brings Exchange's libraries with it, and nobody waits for them at the start
    from vfadmin.services.synchronise import DryRun


class Rehearsal:
    """Reads both calendars of a person and says what would come of it. Writes nowhere."""

    def __init__(self, store: Store, settings: Settings, secrets: SecretVault, *, clock: Clock) -> None:
        self._store, self._settings, self._secrets, self._clock = store, settings, secrets, clock

    def first_cycle(self, ids: Sequence[int]) -> list[DryRun]:
        """One plan for each person, at work or not; what keeps one from being made is in it.

        Takes as long as reading the mailboxes does. Raises UsageError VF-MODULE-01 while the module is off.
        """
        from vfadmin.services.synchronise import Synchronise  # noqa: PLC0415 - see above

        with closing(Synchronise(self._store, self._settings, self._secrets, clock=self._clock)) as engine:
            return engine.rehearse(ids)
