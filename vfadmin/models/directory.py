"""ValueFrame's side as the store keeps it: companies, persons, events and what hangs on them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    FetchedValue,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vfadmin.models.base import Base, Json
from vfadmin.models.rights import BY_ADMIN, BY_ENGINE, Rights, Role


class PersonKind(StrEnum):
    """A person record stands for a human being or for a room or device (R10)."""

    PERSON = "person"
    RESOURCE = "resource"


class MobileSync(StrEnum):
    """Which of ValueFrame's own mobile synchronisations the person uses (R18)."""

    NONE = "none"
    ACTIVESYNC = "activesync"
    SYNCML = "syncml"


class Origin(StrEnum):
    """Where a fact about a person comes from."""

    HAND = "hand"
    FILE = "file"


class Company(Base):
    """The unit persons belong to."""

    __tablename__ = "company"
    __rights__ = BY_ADMIN

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Person(Base):
    """An employee or a resource; the id is the ValueFrame ID.

    ``search_text`` is name, e-mail, login and id casefolded in Python, because SQLite folds ASCII
    only; ``sort_name`` orders Å, Ä and Ö as Finnish does. ``mobile_sync_origin``, ``_by`` and ``_set`` say
    where the mobile sync is known from, who entered it and when; NULL where another program wrote it.
    """

    __tablename__ = "person"
    __rights__ = BY_ADMIN
    __table_args__ = (
        CheckConstraint("kind in ('person', 'resource')", name="kind"),
        CheckConstraint("mobile_sync in ('none', 'activesync', 'syncml')", name="mobile_sync"),
        Index("ix_person_sort_name", "sort_name", "id"),
        # The search view's default (R20): active persons in the order of their names. With the text in it
        # a search, and with the mobile sync the chips' figures, need no look at the table. PostgreSQL looks
        # at the table all the same, and its indexes have no room for the longest texts.
        Index("ix_person_search_view", "active", "sort_name", "id", "search_text", "mobile_sync").ddl_if(
            dialect="sqlite"
        ),
        Index("ix_person_in_order", "active", "sort_name", "id", "mobile_sync").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(600).with_variant(String(600, collation="C"), "postgresql"))
    email: Mapped[str] = mapped_column(String(320), default="", server_default="")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default=PersonKind.PERSON, server_default=PersonKind.PERSON)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    mobile_sync: Mapped[str] = mapped_column(
        String(10), default=MobileSync.NONE, server_default=MobileSync.NONE
    )
    mobile_sync_used: Mapped[datetime | None]
    mobile_sync_origin: Mapped[str | None] = mapped_column(String(10))
    mobile_sync_by: Mapped[str | None] = mapped_column(String(100))
    mobile_sync_set: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    company: Mapped[Company | None] = relationship(lazy="raise")


class EventType(Base):
    """The kind of a calendar event (*tapahtumalaji*)."""

    __tablename__ = "event_type"
    __rights__ = Rights(Role.ADMIN, removes=False)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class CalendarEvent(Base):
    """A calendar event on the ValueFrame side.

    ``version`` is moved by a trigger whenever a content column changes, whoever changes it; a session
    that changed an event reads it anew. An all-day event has UTC midnights, its end exclusive.
    ``deleted_at`` marks a soft deletion. ``sync_key`` and ``sync_stamp`` are the engine's marks.
    ``provisional`` is an event that a participant's mailbox brought before its organizer's did.
    """

    __tablename__ = "event"
    __rights__ = Rights(Role.WORKER, removes=False)
    __table_args__ = (
        CheckConstraint("ends_at >= starts_at", name="order"),
        CheckConstraint("show_as in ('free', 'tentative', 'busy', 'oof', 'elsewhere')", name="show_as"),
        Index("ix_event_owner_ends", "owner_id", "ends_at"),
        Index("ix_event_uid", "uid", "original_start"),
        UniqueConstraint("owner_id", "sync_key"),
        # An id names one event for ever: SQLite would hand out that of a removed row again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    type_id: Mapped[int | None] = mapped_column(ForeignKey("event_type.id"))
    title: Mapped[str] = mapped_column(Text, default="", server_default="")
    location: Mapped[str] = mapped_column(Text, default="", server_default="")
    body: Mapped[str] = mapped_column(Text, default="", server_default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False, server_default=false())
    zone: Mapped[str] = mapped_column(String(64), default="Europe/Helsinki", server_default="Europe/Helsinki")
    private: Mapped[bool] = mapped_column(default=False, server_default=false())
    show_as: Mapped[str] = mapped_column(String(10), default="busy", server_default="busy")
    reminder_minutes: Mapped[int | None]
    acknowledged: Mapped[bool] = mapped_column(default=True, server_default=true())
    rrule: Mapped[str | None] = mapped_column(Text)
    exceptions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default=text("'[]'"))
    deleted_occurrences: Mapped[list[str]] = mapped_column(Json, default=list, server_default=text("'[]'"))
    uid: Mapped[str | None] = mapped_column(Text)
    original_start: Mapped[datetime | None]
    external_organizer: Mapped[str | None] = mapped_column(String(320))
    provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    sync_key: Mapped[str | None] = mapped_column(String(36))
    sync_stamp: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"), server_onupdate=FetchedValue())


class EventParticipant(Base):
    """The tie between an event and a person or resource; reminder, show-as and privacy are theirs (R15).

    What is NULL of these is as the owner has it; ``reminder_minutes`` is -1 where the participant wants none.
    ``declined`` keeps the event out of the participant's calendar until its time changes. ``sync_key`` and
    ``sync_stamp`` are the engine's marks of the participant's pair, as those of the event are of the owner's.
    """

    __tablename__ = "participant"
    __rights__ = BY_ENGINE
    __table_args__ = (Index("ix_participant_person_key", "person_id", "sync_key", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    acknowledged: Mapped[bool] = mapped_column(default=False, server_default=false())
    declined: Mapped[bool] = mapped_column(default=False, server_default=false())
    private: Mapped[bool | None]
    show_as: Mapped[str | None] = mapped_column(String(10))
    reminder_minutes: Mapped[int | None]
    sync_key: Mapped[str | None] = mapped_column(String(36))
    sync_stamp: Mapped[str | None] = mapped_column(String(36))


class EventLink(Base):
    """A link to a customer or a contact; it never leaves ValueFrame and no sync removes it (R11)."""

    __tablename__ = "event_link"
    __rights__ = BY_ADMIN
    __table_args__ = (
        CheckConstraint("kind in ('customer', 'contact')", name="kind"),
        UniqueConstraint("event_id", "kind", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    ref: Mapped[int]
    label: Mapped[str] = mapped_column(String(200), default="", server_default="")


class ChangeLog(Base):
    """One row for each person whose calendar a change of an event touches.

    Filled by triggers, and where a setting changes how events are shown.
    """

    __tablename__ = "change_log"
    __rights__ = Rights(Role.WORKER, changes=False)
    __table_args__ = (
        Index("ix_change_log_person_seq", "person_id", "seq"),
        Index("ix_change_log_event", "event_id", "person_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    person_id: Mapped[int]
    event_id: Mapped[int]
    at: Mapped[datetime]


class ChangeFloor(Base):
    """The highest change of a person that was pruned unread: a cursor below it is lost."""

    __tablename__ = "change_floor"
    __rights__ = Rights(Role.WORKER, removes=False)

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"))


class StoreIdentity(Base):
    """Which database this is: one row. A restored copy gets a new identity, so that old cursors are lost."""

    __tablename__ = "store_identity"
    __rights__ = Rights(writer=None)
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(36))
