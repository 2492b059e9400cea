"""The ValueFrame side: a person's own events in the store."""

from __future__ import annotations

from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.calendars.sql.changes import prune_changes, renew_identity

__all__ = ["SqlCalendar", "prune_changes", "renew_identity"]
