"""Exchange over EWS as a keeper of calendars.

`session` is the server, `calendar` one mailbox's calendar; `transport`, `soap`, `network` and
`errors` stand between exchangelib and both.
"""

from __future__ import annotations

from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.resolve import ResolvedMailbox
from vfadmin.calendars.ews.session import EwsServer, Timeouts

__all__ = ["EwsCalendar", "EwsConnection", "EwsServer", "ResolvedMailbox", "Timeouts"]
