"""What bulk loads leave behind: what each changed, and how customers' lists are laid out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from vfadmin.models.base import Base, Json
from vfadmin.models.rights import BY_ADMIN, Rights, Role

# Names, addresses and logins as they were are nothing that a sync needs.
_RIGHTS = Rights(Role.ADMIN, reader=Role.ADMIN)


class ImportBatch(Base):
    """A list that was loaded. ``companies`` are the ids of those it added; ``undone_at`` is of its undo."""

    __tablename__ = "import_batch"
    __rights__ = BY_ADMIN

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(100))
    file: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    created: Mapped[int]
    updated: Mapped[int]
    activated: Mapped[int]
    companies: Mapped[list[int]] = mapped_column(Json, default=list, server_default=text("'[]'"))
    undone_at: Mapped[datetime | None]


class ImportChange(Base):
    """What a batch changed of one person.

    ``version`` is that of the row as the batch left it. ``before`` and ``after`` hold the fields that it
    changed, as the list's words for them; of a person that it created ``before`` is NULL and ``after`` empty.
    The person may be gone.
    """

    __tablename__ = "import_change"
    __rights__ = _RIGHTS

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)


class ImportLayout(Base):
    """What was said by hand about a list's columns; ``layout`` is the hash of its header row."""

    __tablename__ = "import_layout"
    __rights__ = _RIGHTS

    layout: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(Json)
    file: Mapped[str] = mapped_column(String(255))
    actor: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]
