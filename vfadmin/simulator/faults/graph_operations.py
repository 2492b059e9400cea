"""The operations of the Graph half by the names that records and fault rules call them by."""

from __future__ import annotations

from vfadmin.simulator.names import words

GRAPH_LISTS = ("GraphListEvents", "GraphCalendarView", "GraphDelta", "GraphListInstances")
GRAPH_OPERATIONS = words(
    """
    GraphToken GraphDiscovery GraphBatch GraphUser GraphMailboxSettings GraphTranslateIds
    GraphListCalendars GraphGetCalendar GraphCreateCalendar GraphUpdateCalendar GraphDeleteCalendar
    GraphListEvents GraphCalendarView GraphDelta GraphListInstances
    GraphGetEvent GraphCreateEvent GraphUpdateEvent GraphDeleteEvent GraphRemoveEvent
    GraphAccept GraphTentativelyAccept GraphDecline GraphCancel GraphForward
    """
)
