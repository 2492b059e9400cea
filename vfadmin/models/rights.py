"""What each role of a shared database may do with a table; declared beside the table, as `Base.__rights__`.

A role may do all that those before it may: whoever administers also synchronises, and support administers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Whoever synchronises without a window, the administrator, support; the least first."""

    WORKER = "worker"
    ADMIN = "admin"
    SUPPORT = "support"

    def covers(self, least: Role) -> bool:
        """Whether it is that role or a greater one."""
        order = list(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may do what with the rows of a table. Nobody but the owner may do what is not said here.

    From ``writer`` on rows may be added, and changed and removed unless ``changes`` or ``removes`` says
    otherwise; from ``reader`` on they may be read. A lesser role may change some columns: those ``lent`` to
    ``lent_to``, or all but those that are ``kept``. ``rows`` are conditions of SQL which the rows meet that
    a role writes; what identifies a row cannot be changed there.
    """

    writer: Role | None
    changes: bool = True
    removes: bool = True
    reader: Role = Role.WORKER
    lent_to: Role | None = None
    lent: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    rows: Mapping[Role, str] = field(default_factory=dict)

    def writes(self, role: Role) -> bool:
        """Whether the role may add rows."""
        return self.writer is not None and role.covers(self.writer)

    def borrows(self, role: Role) -> bool:
        """Whether the role may change some columns and nothing else."""
        return self.lent_to is not None and role.covers(self.lent_to) and not self.writes(role)


BY_ENGINE = Rights(Role.WORKER)
"""The engine's own memory: whoever synchronises writes it."""
BY_ADMIN = Rights(Role.ADMIN)
