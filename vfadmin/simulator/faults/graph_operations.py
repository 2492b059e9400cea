"""The operations of the Graph half by the names that records and fault rules call them by."""

from __future__ import annotations

from vfadmin.simulator.names import words

GRAPH_LISTS = ("GraphListEvents", "GraphCalendarView", "GraphDelta", "GraphListInstances")
GRAPH_OPERATIONS = words(
    """
    GraphToken GraphDiscovery GraphBatch GraphUser GraphMailboxSettings GraphListCalendars GraphGetCalendar
    GraphCreateCalendar GraphUpdateCalendar GraphDeleteCalendar GraphGetEvent GraphCreateEvent
    GraphUpdateEvent GraphDeleteEvent GraphRemoveEvent GraphListEvents GraphCalendarView GraphDelta GraphListInstances
    GraphAccept GraphTentativelyAccept GraphDecline GraphCancel GraphForward GraphTranslateIds
    """
)
