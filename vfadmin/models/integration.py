"""The integration of each person and what the engine remembers about a mailbox."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vfadmin.models.base import Base, Json
from vfadmin.models.directory import Person
from vfadmin.models.rights import BY_ENGINE, Rights, Role


class State(StrEnum):
    """The four integration states (R12)."""

    ACTIVE = "active"
    PASSIVE = "passive"
    ERROR = "error"
    UNUSED = "unused"


class CalendarChoice(StrEnum):
    """Where a person's events go: the default calendar or one of its own (R2)."""

    DEFAULT = "default"
    NEW = "new"


class PairStatus(StrEnum):
    """What the engine does with a pair."""

    OK = "ok"
    QUARANTINED = "quarantined"
    HELD = "held"
    FROZEN = "frozen"
    CLOSED = "closed"


class Integration(Base):
    """One person's pairing with one mailbox. No row means *unused* and no login was ever entered.

    ``version`` is moved by every edit of an admin, ``fence`` by every new lease; the engine's writes
    carry the fence they were given. ``failing_since`` and ``attempts`` belong to transient failures
    (*delayed*), ``error_*`` to the failure that stopped it. ``waiting`` counts what is held or
    quarantined. ``error_params`` fills the error's text; ``generation`` rises when a cursor is lost.
    """

    __tablename__ = "integration"
    __rights__ = Rights(
        Role.ADMIN,
        lent_to=Role.WORKER,
        kept=("person_id", "login", "login_key", "calendar", "calendar_name"),
    )
    __table_args__ = (
        CheckConstraint("state in ('active', 'passive', 'error', 'unused')", name="state"),
        CheckConstraint("calendar in ('default', 'new')", name="calendar"),
        Index("ix_integration_due", "state", "next_run_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(320), default="")
    login_key: Mapped[str | None] = mapped_column(String(640), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=State.UNUSED)
    calendar: Mapped[str] = mapped_column(String(10), default=CalendarChoice.DEFAULT)
    calendar_name: Mapped[str] = mapped_column(String(255), default="ValueFrame")
    connection: Mapped[str | None] = mapped_column(String(50))
    mailbox: Mapped[str | None] = mapped_column(String(320), unique=True)
    mailbox_identity: Mapped[str | None] = mapped_column(Text)
    folder_identity: Mapped[str | None] = mapped_column(Text)
    generation: Mapped[int] = mapped_column(default=1)
    matched: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(String(40), index=True)
    error_params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    error_since: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_run_at: Mapped[datetime | None]
    last_synced_at: Mapped[datetime | None]
    waiting: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="raise")


class Cursor(Base):
    """How far the changes of one side were read; the token is opaque and of any length."""

    __tablename__ = "cursor"
    __rights__ = BY_ENGINE

    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(10), primary_key=True)
    token: Mapped[str] = mapped_column(Text)
    generation: Mapped[int] = mapped_column(default=1)


class Dirty(Base):
    """An item that changed and is not yet settled; written in the commit of the cursor that told of it.

    ``version`` is what the page reported. ``not_before`` postpones an item that lies beyond the horizon
    or that could not be read; the latter counts its ``attempts`` and keeps the ``error_code``.
    ``inferred`` says that no page told of it: it is dirty because a cursor was lost.
    """

    __tablename__ = "dirty"
    __rights__ = BY_ENGINE

    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(10), primary_key=True)
    item_id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[str | None] = mapped_column(Text)
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(40))
    inferred: Mapped[bool] = mapped_column(default=False)


class Pair(Base):
    """Two items that are one event, and the event both sides agreed on.

    ``base`` is the agreed event, ``seen_*`` what each side showed of it after its own
    normalisation: a field changed on a side when it differs from what that side last showed.
    ``participating`` says that the event is somebody else's and the person takes part in it (R15), and
    ``sequence`` which of its organizer's updates was the last one seen. ``brought`` says that the item in
    Exchange is there because vfadmin brought it (R30), as far as was last seen. ``decision`` is an admin's
    word about a deletion that was held: ``process`` and ``restore`` until a cycle has done it, ``skip`` for
    as long as one of the two stands alone.
    """

    __tablename__ = "pair"
    __rights__ = BY_ENGINE
    __table_args__ = (
        CheckConstraint("status in ('ok', 'quarantined', 'held', 'frozen', 'closed')", name="status"),
        UniqueConstraint("person_id", "valueframe_id"),
        UniqueConstraint("person_id", "exchange_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"), index=True)
    valueframe_id: Mapped[str | None] = mapped_column(Text)
    exchange_id: Mapped[str | None] = mapped_column(Text)
    valueframe_version: Mapped[str | None] = mapped_column(Text)
    exchange_version: Mapped[str | None] = mapped_column(Text)
    uid: Mapped[str | None] = mapped_column(Text)
    base: Mapped[dict[str, Any] | None] = mapped_column(Json)
    seen_valueframe: Mapped[dict[str, Any] | None] = mapped_column(Json)
    seen_exchange: Mapped[dict[str, Any] | None] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(12), default=PairStatus.OK)
    error_code: Mapped[str | None] = mapped_column(String(40))
    error_params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    participating: Mapped[bool] = mapped_column(default=False, server_default=false())
    sequence: Mapped[int | None]
    brought: Mapped[bool] = mapped_column(default=False, server_default=false())
    decision: Mapped[str | None] = mapped_column(String(8))


class Intent(Base):
    """A write that was decided and is not yet known to be done; at most one open per pair."""

    __tablename__ = "intent"
    __rights__ = BY_ENGINE

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("integration.person_id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    side: Mapped[str] = mapped_column(String(10))
    operation: Mapped[str] = mapped_column(String(10))
    stamp: Mapped[str] = mapped_column(String(36))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    expected_version: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
