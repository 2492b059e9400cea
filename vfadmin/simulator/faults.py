"""Rules that make the server misbehave.

Before an operation, in the middle of its answer, or after its effect.

A rule strikes when operation and mailbox fit (empty: any) and it has strikes left.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from vfadmin.simulator import soap
from vfadmin.simulator.errors import SoapFault
from vfadmin.simulator.http_values import HttpResponse, xml_response

MOMENTS = ("before", "middle", "after")


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One misbehaviour.

    `moment`: "before" (no effect), "after" (the effect is there, the answer is not), "middle" (likewise,
    but `cut` bytes of the answer go out before the connection is reset). `status` with `code` makes a
    SOAP fault, without it an empty answer; status 0 resets the connection. `skip` requests pass before
    the first strike; `times` None: for ever.
    """

    moment: str = "before"
    operation: str = ""
    mailbox: str = ""
    status: int = 503
    code: str = ""
    back_off_ms: int | None = None
    cut: int = 100
    skip: int = 0
    times: int | None = 1

    def __post_init__(self) -> None:
        if self.moment not in MOMENTS:
            raise ValueError(f"moment must be one of {', '.join(MOMENTS)}")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> FaultRule:
        """A rule from a JSON object; ValueError for keys that are not a rule's."""
        unknown = value.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown keys in a fault rule: {', '.join(sorted(unknown))}")
        return cls(**value)

    def response(self) -> HttpResponse:
        """The answer this rule puts in place of the real one."""
        if self.status == 0:
            return HttpResponse(0, cut=0, close=True)
        if self.code:
            values = {"BackOffMilliseconds": str(self.back_off_ms)} if self.back_off_ms is not None else {}
            return xml_response(self.status, soap.fault(SoapFault(self.code, values=values)))
        return HttpResponse(self.status)


class FaultRules:
    """The rules in force; the first that fits strikes."""

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()

    def replace(self, rules: list[FaultRule]) -> None:
        """Put other rules in force; an empty list ends all misbehaviour."""
        with self._lock:
            self._rules = list(rules)

    def before(self, operation: str, mailbox: str) -> HttpResponse | None:
        """The answer given instead of running an operation, if any."""
        rule = self._struck(("before",), operation, mailbox)
        return rule.response() if rule is not None else None

    def after(self, operation: str, mailbox: str, response: HttpResponse) -> HttpResponse:
        """What goes out once an operation had its effect."""
        rule = self._struck(("middle", "after"), operation, mailbox)
        if rule is None:
            return response
        if rule.moment == "middle":
            return replace(response, cut=min(rule.cut, len(response.body)), close=True)
        return rule.response()

    def _struck(self, moments: tuple[str, ...], operation: str, mailbox: str) -> FaultRule | None:
        if not self._rules:
            return None
        with self._lock:
            for index, rule in enumerate(self._rules):
                fits = rule.operation in ("", operation) and rule.mailbox.lower() in ("", mailbox.lower())
                if rule.moment not in moments or not fits or rule.times == 0:
                    continue
                if rule.skip:
                    self._rules[index] = replace(rule, skip=rule.skip - 1)
                    continue
                if rule.times is not None:
                    self._rules[index] = replace(rule, times=rule.times - 1)
                return rule
        return None
