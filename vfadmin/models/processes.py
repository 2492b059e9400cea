"""The processes that synchronise, each with a row of its own that it keeps fresh while it lives."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from vfadmin.models.base import Base
from vfadmin.models.rights import BY_ENGINE


class WorkerKind(StrEnum):
    """A worker on a server, or whatever synchronises on somebody's desktop."""

    WORKER = "worker"
    DESKTOP = "desktop"


class Worker(Base):
    """A process that synchronises mailboxes; a row that is not fresh any more is one of a dead process.

    Nothing is decided by it: whose a mailbox is says the lease in ``integration``. ``id`` is made anew at
    every start, for numbers of processes come back. ``seen_at`` is its latest sign of life. ``mailboxes`` and
    ``changes`` count what it synchronised and wrote since it began, ``recent`` the mailboxes of the minute
    before ``seen_at``. No part of a backup: a process does not come back with one.
    """

    __tablename__ = "worker"
    __rights__ = BY_ENGINE
    __table_args__ = (CheckConstraint("kind in ('worker', 'desktop')", name="kind"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    host: Mapped[str] = mapped_column(String(100))
    pid: Mapped[int]
    version: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stopping: Mapped[bool] = mapped_column(default=False, server_default=false())
    mailboxes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    changes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    recent: Mapped[int] = mapped_column(default=0, server_default=text("0"))
