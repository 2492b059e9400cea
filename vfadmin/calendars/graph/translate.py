"""The ids under which Graph knows what EWS has named (*user: translateExchangeIds*)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vfadmin.calendars.graph.errors import Context
from vfadmin.calendars.graph.folders import user
from vfadmin.calendars.graph.session import GraphSession, Request

_MOST = 1_000
"""Ids to a request."""


EWS, GRAPH = "ewsId", "restImmutableEntryId"


def translate(
    session: GraphSession, mailbox: str, ids: Sequence[str], *, back: bool = False
) -> dict[str, str]:
    """Immutable ids by those of EWS, or ``back``, for as many as Graph can translate.

    An id is translated without looking whether anything has it. Raises CalendarError.
    """
    context = Context(session.connection, mailbox)
    found: dict[str, str] = {}
    for start in range(0, len(ids), _MOST):
        body = {
            "inputIds": list(ids[start : start + _MOST]),
            "sourceIdType": GRAPH if back else EWS,
            "targetIdType": EWS if back else GRAPH,
        }
        request = Request("POST", f"{user(mailbox)}/translateExchangeIds", body)
        for one in session.send(request, context).check(context).get("value") or ():
            if isinstance(one, Mapping) and one.get("targetId"):
                found[str(one.get("sourceId"))] = str(one["targetId"])
    return found
