"""Everything the interface can answer, as failures of the closed set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vfadmin.calendars.network import network_code
from vfadmin.errors import CalendarError, ItemGone, Refused, StaleVersion, failure

_OK, _REDIRECT, _FIRST_ERROR, _BUSY, _INTERNAL = 200, 300, 400, 429, 500
_DENIED, _NOT_ALLOWED = 403, 405
_ABSENT = frozenset({404, 410})
_CONFLICTS = frozenset({409, 412})
_LONGEST_WAIT = 86_400.0
"""In seconds: no server is believed that asks for more than a day."""
_TLS = "EX-TLS"
_NOT_SENT = frozenset({"EX-CONN-02", "EX-CONN-03", "EX-CONN-06"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the JSON, the status, and the server's time if it told one.

    ``json`` is false where the body is none, ``html`` true for a page; ``wait`` is in seconds.
    """

    status: int
    body: Any = None
    date: datetime | None = None
    wait: float | None = None
    json: bool = True
    html: bool = False

    @property
    def ok(self) -> bool:
        """Whether it is what was asked for."""
        return _OK <= self.status < _REDIRECT and self.json


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom."""

    host: str
    resource: str
    verb: str
    item_id: str

    @property
    def reads(self) -> bool:
        """Whether nothing was to be changed."""
        return self.verb == "GET"


def failed(asked: Asked, answer: Answer) -> CalendarError:
    """What an answer other than a refused hash stands for."""
    if asked.item_id and answer.status in _ABSENT:
        return ItemGone(failure("EX-ITEM-01"))
    if asked.item_id and answer.status in _CONFLICTS:
        return StaleVersion(failure("EX-ITEM-02"))
    return _refused(asked, answer) or _in_doubt(asked, answer)


def _refused(asked: Asked, answer: Answer) -> Refused | None:
    """An answer that says that nothing was done."""
    status = answer.status
    if status in (_DENIED, _NOT_ALLOWED) and not asked.reads:
        return Refused(failure("VF-REST-09", verb=asked.verb, resource=asked.resource))
    if status in _ABSENT or status == _NOT_ALLOWED:
        return Refused(failure("VF-REST-08", resource=asked.resource, host=asked.host))
    if status == _BUSY:
        return Refused(failure("VF-REST-06", retry_after=_believed(answer.wait), host=asked.host))
    if _FIRST_ERROR <= status < _INTERNAL and not asked.reads:
        return Refused(failure("EX-ITEM-03", detail=f"HTTP {status}"))
    return None


def _in_doubt(asked: Asked, answer: Answer) -> CalendarError:
    """An answer that leaves open what was done."""
    detail = f"HTTP {answer.status}"
    if answer.status >= _INTERNAL:
        wait = _believed(answer.wait)
        return CalendarError(failure("VF-REST-07", retry_after=wait, host=asked.host, detail=detail))
    if _OK <= answer.status < _REDIRECT and not answer.html:
        return CalendarError(failure("VF-REST-13", resource=asked.resource))
    return CalendarError(failure("VF-REST-10", resource=asked.resource, host=asked.host, detail=detail))


def unreached(host: str, error: BaseException) -> CalendarError:
    """What a request raised that got no answer."""
    code, detail = network_code(error), type(error).__name__
    if code.startswith(_TLS):
        return Refused(failure("VF-REST-05", host=host, detail=detail))
    kind = Refused if code in _NOT_SENT else CalendarError
    return kind(failure("VF-REST-04", host=host, detail=detail))


def _believed(wait: float | None) -> float | None:
    return None if wait is None else min(wait, _LONGEST_WAIT)
