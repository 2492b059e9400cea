"""What happened and who did it: runs, their operations, the audit trail; and what can be set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from vfadmin.models.base import Base, Json
from vfadmin.models.rights import BY_ENGINE, Rights, Role

OF_SUPPORT = ("module", "alerts", "valueframe")
"""The settings which support alone changes: the switch of the whole (R14), where alerts go, where ValueFrame
is."""
TOLD = ("alerts.webhook", "alerts.mail")
"""What has been told to administrators, kept by whatever process told it."""


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class Run(Base):
    """One cycle of one mailbox. ``finished_at`` is empty while it runs or if it was killed."""

    __tablename__ = "run"
    __rights__ = BY_ENGINE
    __table_args__ = (Index("ix_run_person_started", "person_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    pulled: Mapped[int] = mapped_column(default=0)
    pushed: Mapped[int] = mapped_column(default=0)
    conflicts: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    deleted: Mapped[int] = mapped_column(default=0)
    requests: Mapped[int] = mapped_column(default=0)
    duration_ms: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class History(Base):
    """One operation of a run: what stood before, what stands after, and why.

    ``before`` and ``after`` are events as JSON; of a private event readers show time only (R31).
    ``contested`` says that it took something from the loser of a conflict, and that nobody has let that
    stand or restored it so far.
    """

    __tablename__ = "history"
    __rights__ = BY_ENGINE
    __table_args__ = (
        Index("ix_history_person_at", "person_id", "at"),
        Index("ix_history_operation_at", "operation", "at"),
        # Of millions of operations the few that are contested, as both databases write the condition.
        Index(
            "ix_history_contested",
            "person_id",
            sqlite_where=text("contested = 1"),
            postgresql_where=text("contested"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"))
    pair_key: Mapped[str | None] = mapped_column(String(36), index=True)
    side: Mapped[str] = mapped_column(String(10))
    operation: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime]
    contested: Mapped[bool] = mapped_column(default=False, server_default=false())


class Audit(Base):
    """One change made by a human being: who, from where, what it was and what it became.

    ``face`` is through what: ``window``, ``cli``, ``worker`` or, where nobody asked, ``engine``; empty in
    what a former version wrote.
    """

    __tablename__ = "audit"
    __rights__ = Rights(Role.WORKER, changes=False, removes=False)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(100))
    host: Mapped[str] = mapped_column(String(100))
    face: Mapped[str] = mapped_column(String(10), default="", server_default="")
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(100))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)


class Setting(Base):
    """A shared setting; see ``services.settings`` for the keys and their defaults."""

    __tablename__ = "setting"
    __rights__ = Rights(
        Role.WORKER,
        removes=False,
        rows={Role.WORKER: _among("key", TOLD), Role.ADMIN: f"NOT {_among('key', OF_SUPPORT)}"},
    )

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)


class Connection(Base):
    """How Exchange is reached; the secret of it is in the keyring, never here (R27).

    ``blocked_*`` is the circuit breaker: a failure of the account itself stops every process.
    """

    __tablename__ = "connection"
    __rights__ = Rights(
        Role.SUPPORT,
        lent_to=Role.WORKER,
        lent=("blocked_code", "blocked_params", "blocked_since", "blocked_until", "version"),
    )

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    protocol: Mapped[str] = mapped_column(String(10))
    url: Mapped[str | None] = mapped_column(Text)
    account: Mapped[str | None] = mapped_column(String(320))
    auth: Mapped[str | None] = mapped_column(String(10))
    server_version: Mapped[str] = mapped_column(String(10), default="auto")
    ca_file: Mapped[str | None] = mapped_column(Text)
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    blocked_code: Mapped[str | None] = mapped_column(String(40))
    blocked_params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    blocked_since: Mapped[datetime | None]
    blocked_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
