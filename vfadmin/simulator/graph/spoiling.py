"""What fault rules do to requests of this half. See `FaultRule` for what each kind means."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from vfadmin.simulator import ids
from vfadmin.simulator.faults import FaultRule, FaultRules, transport
from vfadmin.simulator.faults.selection import drawn
from vfadmin.simulator.faults.state import quarantine as quarantine  # noqa: PLC0414 (the same on both halves)
from vfadmin.simulator.graph import identifiers
from vfadmin.simulator.graph.delta_state import DeltaStates, Generation, lost
from vfadmin.simulator.graph.errors import TEXTS, GraphError
from vfadmin.simulator.http_values import HttpResponse
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.store import Store
from vfadmin.simulator.times import iso, parse_time

_AADSTS = re.compile(r"AADSTS(\d{1,9})", re.IGNORECASE)
_OWN_TIMES = frozenset(("createdDateTime", "lastModifiedDateTime"))


def strike(
    faults: FaultRules, store: Store, states: DeltaStates, operation: str, mailbox: Mailbox, query: str
) -> None:
    """Move the mailbox, or lose the state that a request brings; GraphError where it is refused besides."""
    email = mailbox.spec.email
    has_token = any(
        name.lower() in ("$deltatoken", "$skiptoken") for name, _ in parse_qsl(query, keep_blank_values=True)
    )
    rules = faults.every("during", operation, email, lambda rule: has_token or rule.kind != "lost_state")
    for rule in rules:
        if rule.kind == "lost_state":
            states.forget(mailbox)
            code = rule.code or "SyncStateNotFound"
            raise GraphError(410, code, lost(1, 2).text if code == "SyncStateNotFound" else None)
        if rule.kind == "moved_mailbox":
            store.relocate(email)
            if rule.code:
                raise GraphError(given_status(rule) or 404, rule.code)


def during(faults: FaultRules, operation: str, email: str) -> frozenset[str]:
    """The kinds of misbehaviour that operations take part in."""
    return frozenset(
        rule.kind for stage in ("kept", "told") for rule in faults.every(stage, operation, email)
    )


def aadsts(rule: FaultRule) -> int | None:
    """The number of an Entra error that a rule answers with; None where it does not."""
    match = _AADSTS.fullmatch(rule.code)
    return int(match[1]) if match and rule.kind == "answer" and rule.status else None


def given_status(rule: FaultRule) -> int | None:
    """The status a rule asks for; None where it has the default, which no code of ours goes with."""
    return None if rule.status == FaultRule().status else rule.status


def replacing(rule: FaultRule) -> tuple[GraphError | HttpResponse, tuple[tuple[str, str], ...]]:
    """What goes out in place of the real answer: an error in JSON where the rule has a code, or bare."""
    if rule.kind != "answer" or rule.status == 0 or not rule.code:
        return transport.answer(rule), ()
    later = (("Retry-After", str(rule.retry_after)),) if rule.retry_after is not None else ()
    return GraphError(rule.status, rule.code, TEXTS.get(rule.code, rule.code)), later


def spoiled(rule: FaultRule, response: HttpResponse) -> HttpResponse | None:
    """What goes out once an operation had its effect; None where something else takes the answer's place."""
    if rule.kind in ("truncated_json", "truncated_xml", "drip") or rule.moment == "middle":
        return transport.spoiled(rule, response)
    return None


def altered(rule: FaultRule, response: HttpResponse, held: Callable[[dict[str, Any]], None]) -> HttpResponse:
    """An answer that is well-formed and wrong; `held` sets the link of a list with gaps back."""
    if not response.body:
        return response
    value = json.loads(response.body)
    if rule.kind == "clock_skew":
        _skew(value, timedelta(seconds=rule.skew_s))
    elif isinstance(value, dict) and isinstance(value.get("value"), list):
        share = 0.0 if rule.kind == "empty_list" else rule.share
        kept = [one for one in value["value"] if drawn(rule.seed, _number(one), share)]
        value = {**value, "value": kept}
        held(value)
    return replace(response, body=json.dumps(value).encode())


def _number(entry: dict[str, Any]) -> int:
    """The number of an event in its mailbox."""
    immutable = identifiers.parse_immutable(entry["id"])
    return immutable.birth if immutable else ids.item_number(identifiers.from_rest(entry["id"]))


def hold_back(store: Store, states: DeltaStates, mailbox: Mailbox, query: str, value: dict[str, Any]) -> None:
    """Let a delta that has gaps go on from where the request's did, so that what is missing comes later.

    A list that promised more would never end, so it promises nothing.
    """
    link = value.pop("@odata.nextLink", None)
    delta = value.pop("@odata.deltaLink", None)
    if "$skiptoken=" not in (link or "") and delta is None:
        return
    given = dict(parse_qsl(query)).get("$deltatoken")
    token = str(given)
    if given is None:
        with store.lock:
            name, _, text = (link or delta).partition("?")[2].partition("=")
            _, reached, _ = states.find(mailbox, text, "s" if "skip" in name else "d", store.secret)
            number = states.keep(mailbox, Generation(reached.window, 0, {}))
            token = states.token(mailbox, "d", number, 0, store.secret)
    value["@odata.deltaLink"] = f"{(link or delta).partition('?')[0]}?$deltatoken={token}"


def _skew(value: Any, by: timedelta) -> None:  # noqa: ANN401 (a JSON value)
    if isinstance(value, list):
        for one in value:
            _skew(one, by)
    elif isinstance(value, dict):
        for name, content in value.items():
            if name in _OWN_TIMES and isinstance(content, str):
                value[name] = iso(parse_time(content) + by)
            else:
                _skew(content, by)
