"""Logins and integration states (R12, R23, R24, R30): what an admin does to one row or to many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vfadmin.errors import Failure
from vfadmin.models import CalendarChoice, State
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.directory import Clock
from vfadmin.services.rows import PersonRow


class Action(StrEnum):
    """What an admin does to an integration."""

    ACTIVATE = "activate"
    PASSIVATE = "passivate"
    RESUME = "resume"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of a batch. ``state`` is the state it has now, None for an unknown id.

    ``ok`` without ``changed`` means that the row already was as asked.
    """

    id: int
    ok: bool
    state: State | None
    error: Failure | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ActionPreview:
    """What an action would do: ids it changes, ids that already are so, ids it refuses and why."""

    will_change: tuple[int, ...]
    unchanged: tuple[int, ...]
    refused: tuple[tuple[int, Failure], ...]


class Activation:
    """Changes logins and states. Every row is judged alone; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def set_login(self, person_id: int, login: str, version: int | None = None) -> PersonRow:
        """Enter, change or (on an unused row) clear the login.

        On a live row the mailbox behind it is looked up and compared anew before anything moves (R30).
        Raises UsageError: VF-PERSON-01, VF-LOGIN-01 (cleared on a live row), -02 (malformed), -03 (used by
        another), -04 (inactive person), -05 (``version`` has moved).
        """
        raise NotImplementedError

    def set_calendar(
        self,
        person_id: int,
        calendar: CalendarChoice | str,
        name: str | None = None,
        version: int | None = None,
    ) -> PersonRow:
        """Choose the calendar (R2) of an integration that is not active.

        Raises UsageError: VF-PERSON-01, VF-CALENDAR-01, VF-STATE-01 while active, VF-LOGIN-05.
        """
        raise NotImplementedError

    def activate(
        self,
        ids: Sequence[int],
        *,
        login: str | None = None,
        calendar: CalendarChoice | str | None = None,
        calendar_name: str | None = None,
    ) -> list[RowResult]:
        """Bring unused and passive rows into work; due at once. Allowed while the module is off.

        ``login`` is for one row only. Raises UsageError for what is wrong with the request as a whole
        (VF-CALENDAR-01, VF-USAGE-01); what is wrong with a row is in its result.
        """
        raise NotImplementedError

    def passivate(self, ids: Sequence[int]) -> list[RowResult]:
        """Switch off by hand. What was paired stays paired."""
        raise NotImplementedError

    def resume(self, ids: Sequence[int]) -> list[RowResult]:
        """Put what an error stopped back to work, and end the wait of what is delayed; due at once."""
        raise NotImplementedError

    def resume_all(self, code: str | None = None) -> list[RowResult]:
        """Resume all that stand in error, or all that share a cause (R24)."""
        raise NotImplementedError

    def remove(self, ids: Sequence[int]) -> list[RowResult]:
        """Take the integration away; nothing is deleted from either calendar and the login stays entered.

        What was paired is forgotten, so that re-adding matches before it creates.
        """
        raise NotImplementedError

    def preview(self, ids: Sequence[int], action: Action | str) -> ActionPreview:
        """What the action would do, without doing it."""
        raise NotImplementedError
