"""Office 365 over Microsoft Graph as a keeper of calendars.

`server` is what others hold, `calendar` one mailbox's calendar. `session` sends for both: one request at a
time or twenty in one, with `tokens` for the sign-in; `errors` and `network` tell what an answer means.
"""

from __future__ import annotations

from vfadmin.calendars.graph.calendar import GraphCalendar
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.server import GraphServer

__all__ = ["GraphCalendar", "GraphConnection", "GraphServer"]
