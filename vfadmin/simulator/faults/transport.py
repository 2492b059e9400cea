"""What a rule puts on the wire in place of an answer, or does to one. Pure functions."""

from __future__ import annotations

from dataclasses import replace

from vfadmin.simulator import soap
from vfadmin.simulator.errors import SoapFault
from vfadmin.simulator.faults.rule import FaultRule
from vfadmin.simulator.http_values import Drip, HttpResponse, xml_response

_FOREIGN = b'<?xml version="1.0" encoding="utf-8"?><status xmlns="urn:example:gateway"><ok>true</ok></status>'
_LOGIN = (
    b'<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action="/login" method="post">'
    b'<input name="user"><input name="password" type="password"></form></body></html>'
)


def answer(rule: FaultRule) -> HttpResponse:
    """What goes out in place of the real answer."""
    if rule.kind == "foreign_xml":
        return HttpResponse(200, (("Content-Type", "application/xml; charset=utf-8"),), _FOREIGN)
    if rule.kind == "login_page":
        return HttpResponse(200, (("Content-Type", "text/html; charset=utf-8"),), _LOGIN)
    if rule.status == 0:
        return HttpResponse(0, cut=0, close=True)
    later = (("Retry-After", str(rule.retry_after)),) if rule.retry_after is not None else ()
    if rule.code:
        values = {"BackOffMilliseconds": str(rule.back_off_ms)} if rule.back_off_ms is not None else {}
        response = xml_response(rule.status, soap.fault(SoapFault(rule.code, values=values)))
        return replace(response, headers=(*response.headers, *later))
    return HttpResponse(rule.status, later)


def spoiled(rule: FaultRule, response: HttpResponse) -> HttpResponse:
    """What goes out once an operation had its effect."""
    if rule.kind in ("truncated_xml", "truncated_json"):
        return replace(response, cut=_within(rule.cut, response, short_by=1), torn=False)
    if rule.kind == "drip":
        return replace(response, drip=Drip(rule.piece, rule.pause_ms / 1000))
    if rule.moment == "middle":
        return replace(response, cut=_within(rule.cut, response), close=True)
    return answer(rule)


def _within(cut: int, response: HttpResponse, short_by: int = 0) -> int:
    """How many bytes go out: not more than there are, where that is known."""
    return cut if response.stream is not None else min(cut, max(0, len(response.body) - short_by))
