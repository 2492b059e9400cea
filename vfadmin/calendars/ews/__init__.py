"""Exchange over EWS as a keeper of calendars.

`server` is what others hold, `calendar` one mailbox's calendar; `session` sends for both, and
`transport`, `soap`, `network` and `errors` stand between exchangelib and it. `notifier` tells what changes
as it happens, over `streaming` connections apart from the session's.
"""

from __future__ import annotations

from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.server import EwsServer
from vfadmin.calendars.ews.session import Timeouts
from vfadmin.calendars.exchange.mailbox import ResolvedMailbox

__all__ = ["EwsCalendar", "EwsConnection", "EwsServer", "ResolvedMailbox", "Timeouts"]
