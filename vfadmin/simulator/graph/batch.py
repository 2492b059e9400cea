"""Several requests in one ("Combine multiple HTTP requests using JSON batching")."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from vfadmin.simulator.graph.context import parse_object
from vfadmin.simulator.graph.errors import bad_request
from vfadmin.simulator.http_values import HttpRequest, HttpResponse

_MOST = 20
_AT_ONCE = 4
_METHODS = frozenset(("GET", "POST", "PATCH", "PUT", "DELETE"))
_FAILED = 400
_KEPT = frozenset(("Content-Type", "Retry-After", "ETag", "Location", "Preference-Applied", "OData-Version"))


def run_batch(
    request: HttpRequest, answer: Callable[[list[HttpRequest]], list[HttpResponse]]
) -> list[dict[str, Any]]:
    """The answers to the requests in a batch; those that depend on one that failed get a 424.

    `answer` is given up to four at a time, as many as the service hands on at once. 400 where the batch
    itself is wrong: too many, ids twice or missing, what depends on what comes later.
    """
    waiting = _members(request.body)
    found: dict[str, dict[str, Any]] = {}
    while waiting:
        ready = [one for one in waiting if all(other in found for other in one.depends)][:_AT_ONCE]
        sound = [one for one in ready if all(found[other]["status"] < _FAILED for other in one.depends)]
        answers = answer([_request(request, one) for one in sound])
        found |= {
            one.key: _response(one.value["id"], response)
            for one, response in zip(sound, answers, strict=True)
        }
        found |= {one.key: _failed_dependency(one.value["id"]) for one in ready if one.key not in found}
        waiting = [one for one in waiting if one.key not in found]
    # The order of the answers is not promised, and clients must go by the ids.
    return [*reversed(found.values())]


@dataclass(frozen=True, slots=True)
class _Member:
    """A request in a batch; ids are compared in any case of letters."""

    value: dict[str, Any]
    key: str
    depends: tuple[str, ...]


def _members(body: bytes) -> list[_Member]:
    given = parse_object(body).get("requests")
    if not isinstance(given, list) or not given:
        raise bad_request("Invalid batch payload format.")
    if len(given) > _MOST:
        raise bad_request(f"Number of batch request steps exceeds the maximum value of {_MOST}.")
    members: dict[str, _Member] = {}
    for value in given:
        member = _member(value)
        if member.key in members:
            raise bad_request(f"Request id '{value['id']}' is not unique in the batch.")
        if any(other not in members for other in member.depends):
            raise bad_request("A request in a batch can only depend on those before it.")
        members[member.key] = member
    return list(members.values())


def _member(value: Any) -> _Member:  # noqa: ANN401 (a JSON value)
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not value["id"]:
        raise bad_request("Invalid batch payload format.")
    url = value.get("url")
    if str(value.get("method", "")).upper() not in _METHODS or not isinstance(url, str):
        raise bad_request("Invalid batch payload format.")
    address = urlsplit(url)
    if address.scheme or address.netloc:
        raise bad_request("The url of a request in a batch must be relative.")
    depends = value.get("dependsOn") or []
    if not isinstance(depends, list) or not all(isinstance(other, str) for other in depends):
        raise bad_request("Invalid batch payload format.")
    if value.get("body") is not None and "content-type" not in _headers(value):
        raise bad_request(f"Write request id : {value['id']} does not contain Content-Type header or body.")
    return _Member(value, value["id"].casefold(), tuple(other.casefold() for other in depends))


def _headers(member: dict[str, Any]) -> dict[str, str]:
    headers = member.get("headers") or {}
    if not isinstance(headers, dict):
        raise bad_request("Invalid batch payload format.")
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _request(outer: HttpRequest, member: _Member) -> HttpRequest:
    """A request of its own: relative to the version, signed in as the batch is, with its own headers."""
    value = member.value
    version = outer.path.partition("/$batch")[0]
    inherited = {name: outer.headers[name] for name in ("authorization", "host") if name in outer.headers}
    body = value.get("body")
    content = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    path = f"{version}/{value['url'].lstrip('/')}"
    return HttpRequest(value["method"].upper(), path, inherited | _headers(value), content)


def _response(member_id: str, response: HttpResponse) -> dict[str, Any]:
    headers = {name: value for name, value in response.headers if name in _KEPT}
    value: dict[str, Any] = {"id": member_id, "status": response.status, "headers": headers}
    if response.body:
        try:
            value["body"] = json.loads(response.sent)
        except ValueError:
            value["body"] = base64.b64encode(response.sent).decode()
    if response.status == 0:
        # A connection that breaks behind the gateway is a gateway error to whoever asked.
        value |= {"status": 502, "body": {"error": {"code": "UnknownError", "message": ""}}}
    return value


def _failed_dependency(member_id: str) -> dict[str, Any]:
    error = {"code": "FailedDependency", "message": "The request depends on one that failed."}
    headers = {"Content-Type": "application/json"}
    return {"id": member_id, "status": 424, "headers": headers, "body": {"error": error}}
