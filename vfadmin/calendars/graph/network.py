"""What the network libraries raise under Graph, as failures."""

from __future__ import annotations

from vfadmin.calendars.graph.errors import Context, build
from vfadmin.calendars.network import network_code
from vfadmin.errors import CalendarError, Failure, VfadminError


def raised(error: Exception, context: Context) -> CalendarError:
    """The CalendarError for whatever a request raised."""
    if isinstance(error, CalendarError):
        return error
    return CalendarError(network_failure(error, context))


def network_failure(error: BaseException, context: Context) -> Failure:
    """The failure behind whatever a request raised."""
    if isinstance(error, VfadminError):
        return error.failure
    return build(network_code(error), context, detail=type(error).__name__)
