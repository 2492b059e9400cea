"""A loopback Exchange (EWS and Microsoft Graph) that behaves like the real one, for the demo and the tests.

Written from Microsoft's documents (MS-OXWS*, Graph v1.0), not from any client, and it shares nothing with the
rest of the program. Over sockets it is started (`with Simulator(config)`); one that is never started answers
in process through `Simulator.handle`, and is stopped in the same way.
"""

from __future__ import annotations

from vfadmin.simulator.channel import LocalChannel
from vfadmin.simulator.config import GraphConfig, MailboxSpec, SimulatorConfig, StreamPace
from vfadmin.simulator.faults import FaultRule, RuleError
from vfadmin.simulator.http_values import Channel, ConnectionState, HttpRequest, HttpResponse
from vfadmin.simulator.item import ExtendedKey, ItemView, Mail
from vfadmin.simulator.outlook import OutlookUser, named
from vfadmin.simulator.recurrence import Recurrence
from vfadmin.simulator.service import RequestRecord
from vfadmin.simulator.simulator import Simulator

__all__ = [
    "Channel",
    "ConnectionState",
    "ExtendedKey",
    "FaultRule",
    "GraphConfig",
    "HttpRequest",
    "HttpResponse",
    "ItemView",
    "LocalChannel",
    "Mail",
    "MailboxSpec",
    "OutlookUser",
    "Recurrence",
    "RequestRecord",
    "RuleError",
    "Simulator",
    "SimulatorConfig",
    "StreamPace",
    "named",
]
