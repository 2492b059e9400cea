"""Taking mailboxes from EWS to Graph and back, one after the other, for somebody who watches (R5, R29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vfadmin.errors import Failure, Scope
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.progress import Progress
from vfadmin.services.settings import Settings

if TYPE_CHECKING:  # the engine brings Exchange's libraries with it, and nobody waits for them at the start
    from vfadmin.services.synchronise import Survey, Synchronise, Transfer


@dataclass(frozen=True, slots=True)
class Transferred:
    """What became of those that were reached; ``stopped`` is the failure of a connection that ended it."""

    results: tuple[Transfer, ...]
    stopped: Failure | None = None


class Transfers:
    """Goes on with mailboxes over the other protocol. Nothing is made, changed or deleted in a calendar."""

    def __init__(
        self, store: Store, settings: Settings, secrets: SecretVault, *, clock: Clock, actor: Actor
    ) -> None:
        self._store, self._settings, self._secrets = store, settings, secrets
        self._clock, self._actor = clock, actor

    def survey(self, ids: Sequence[int], *, back: bool = False) -> Survey:
        """Who can be moved, as far as the store tells. Raises UsageError VF-MODULE-01, EX-CONN-01."""
        with closing(self._engine()) as engine:
            return engine.survey_transfer(ids, back=back)

    def run(
        self,
        ids: Sequence[int],
        on_result: Callable[[Transfer], None],
        progress: Progress,
        *,
        back: bool = False,
        dry_run: bool = False,
    ) -> Transferred:
        """Move these, or with ``dry_run`` say what that would come to; ``on_result`` hears of each.

        ``progress`` ends it between two mailboxes. So does a failure of a connection, which every further
        mailbox would meet too: a refused account is not tried again. Raises as `survey` does.
        """
        results: list[Transfer] = []
        with closing(self._engine()) as engine:
            for one in ids:
                if progress.cancelled:
                    break
                (told,) = engine.transfer([one], self._actor, back=back, dry_run=dry_run)
                if told.failure is not None and told.failure.scope is Scope.CONNECTION:
                    return Transferred(tuple(results), told.failure)
                results.append(told)
                progress.done += 1
                on_result(told)
        return Transferred(tuple(results))

    def _engine(self) -> Synchronise:
        from vfadmin.services.synchronise import Synchronise  # noqa: PLC0415 - see above

        return Synchronise(self._store, self._settings, self._secrets, clock=self._clock)
