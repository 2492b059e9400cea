"""Holds every request and answer of a test against the schema of Microsoft's metadata (v1.0).

`schema.json` is written from the published metadata and pages; nothing may be in an answer that is not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator

from vfadmin.simulator import HttpRequest, HttpResponse

_SCHEMA = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
_EVENT = r"(/calendar|/calendars/[^/]+)?/events"
# What a method on a path below a person is asked with and answers (None: no body is looked at).
_FORMS: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("GET", r"", None, "user"),
    ("GET", r"/mailboxSettings(/\w+)?", None, "mailboxSettings"),
    ("GET", r"/calendars", None, "calendarCollection"),
    ("POST", r"/calendars", "newCalendar", "calendar"),
    ("GET", rf"/calendar|/calendars/[^/]+|{_EVENT}/[^/]+/calendar", None, "calendar"),
    ("PATCH", r"/calendar|/calendars/[^/]+", "changedCalendar", "calendar"),
    ("GET", _EVENT, None, "eventCollection"),
    ("POST", _EVENT, "newEvent", "wholeEvent"),
    ("GET", rf"{_EVENT}/[^/]+", None, "event"),
    ("PATCH", rf"{_EVENT}/[^/]+", "changedEvent", "wholeEvent"),
    ("GET", rf"{_EVENT}/[^/]+/instances", None, "eventCollection"),
    ("GET", r"(/calendar|/calendars/[^/]+)?/calendarView", None, "eventCollection"),
    ("GET", r"(/calendar|/calendars/[^/]+)?/calendarView/delta(\(\))?", None, "deltaPage"),
    ("POST", r"/translateExchangeIds", "translation", "convertIdResults"),
)


@dataclass(frozen=True)
class GraphExchange:
    """One request with its answer."""

    request: HttpRequest
    response: HttpResponse


class GraphCheck:
    """Collects exchanges and says what is wrong with them."""

    def __init__(self) -> None:
        self.exchanges: list[GraphExchange] = []

    def complaints(self) -> list[str]:
        found = [complaint for exchange in self.exchanges for complaint in of(exchange)]
        self.exchanges.clear()
        return found


def of(exchange: GraphExchange) -> Iterator[str]:
    """What is wrong with one exchange."""
    request, response = exchange.request, exchange.response
    kind = dict(response.headers).get("Content-Type", "")
    if not response.body or response.cut is not None or not kind.startswith("application/json"):
        return
    asked, answered = _names(request, response.status)
    if answered is not None:
        yield from _invalid(answered, json.loads(response.body), f"{request.method} {request.path}: answer")
    if answered == "batchResponse" and response.status == 200:
        yield from _inside(request, response)
    if asked is not None and response.status < 300:
        yield from _invalid(
            asked, json.loads(request.body), f"{request.method} {request.path}: accepted request"
        )


def _inside(request: HttpRequest, response: HttpResponse) -> Iterator[str]:
    """What is wrong with the answers in a batch."""
    asked = {one["id"]: one for one in json.loads(request.body)["requests"]}
    for one in json.loads(response.body)["responses"]:
        member = asked[one["id"]]
        inner = HttpRequest(member["method"], f"/v1.0/{member['url'].lstrip('/')}")
        _, answered = _names(inner, one["status"])
        # A request that was not made has no Graph error of its own.
        if answered is not None and "body" in one and one["status"] not in (424, 502):
            yield from _invalid(answered, one["body"], f"in a batch: {inner.method} {inner.path}: answer")


def _names(request: HttpRequest, status: int) -> tuple[str | None, str | None]:
    path = urlsplit(request.path).path
    if path.endswith("/token"):
        return None, "token" if status == 200 else "tokenError"
    if not path.startswith(("/v1.0/", "/beta/")):
        return None, None if status == 200 else "tokenError"
    if status >= 400:
        return None, "error"
    if path.endswith("/$batch"):
        return "batchRequest", "batchResponse"
    # Keys in brackets are the same as segments.
    plain = re.sub(r"\('([^']*)'\)", r"/\1", path)
    below = re.sub(r"^(/v1\.0)+/users/[^/]+", "", plain)
    for method, form, asked, answered in _FORMS:
        if method == request.method and re.fullmatch(form, below, re.IGNORECASE):
            return asked, answered
    return None, None


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": _SCHEMA["$defs"]})


def _invalid(name: str, value: Any, where: str) -> Iterator[str]:
    for error in _validator(name).iter_errors(value):
        yield f"{where}: {error.json_path}: {error.message[:300]}"
