"""Several requests in one ("Combine multiple HTTP requests using JSON batching")."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from vfadmin.simulator.graph.context import parse_object
from vfadmin.simulator.graph.errors import bad_request
from vfadmin.simulator.http_values import HttpRequest, HttpResponse

_MOST = 20
_METHODS = frozenset(("GET", "POST", "PATCH", "PUT", "DELETE"))
_FAILED = 400
_KEPT = frozenset(("Content-Type", "Retry-After", "ETag", "Location", "Preference-Applied", "OData-Version"))


def run_batch(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> list[dict[str, Any]]:
    """The answers to the requests in a batch; those that depend on one that failed get a 424.

    400 where the batch itself is wrong: too many, ids twice or missing, what depends on what comes later.
    """
    members = _members(request.body)
    found: dict[str, dict[str, Any]] = {}
    for member in members:
        depends = member.get("dependsOn") or []
        if any(found[other]["status"] >= _FAILED for other in depends):
            found[member["id"]] = _failed_dependency(member["id"])
            continue
        response = answer(_request(request, member))
        found[member["id"]] = _response(member["id"], response)
    # The order of the answers is not promised, and clients must go by the ids.
    return [*reversed(found.values())]


def _members(body: bytes) -> list[dict[str, Any]]:
    members = parse_object(body).get("requests")
    if not isinstance(members, list) or not members:
        raise bad_request("Invalid batch payload format.")
    if len(members) > _MOST:
        raise bad_request(f"Number of batch request steps exceeds the maximum value of {_MOST}.")
    seen: set[str] = set()
    for member in members:
        if not isinstance(member, dict) or not isinstance(member.get("id"), str) or not member["id"]:
            raise bad_request("Invalid batch payload format.")
        if member["id"] in seen:
            raise bad_request(f"Request id '{member['id']}' is not unique in the batch.")
        if str(member.get("method", "")).upper() not in _METHODS or not isinstance(member.get("url"), str):
            raise bad_request("Invalid batch payload format.")
        depends = member.get("dependsOn") or []
        if not isinstance(depends, list) or any(other not in seen for other in depends):
            raise bad_request("A request in a batch can only depend on those before it.")
        if member.get("body") is not None and "content-type" not in _headers(member):
            raise bad_request(
                "Write request id : {} does not contain Content-Type header or body.".format(member["id"])
            )
        seen.add(member["id"])
    return members


def _headers(member: dict[str, Any]) -> dict[str, str]:
    headers = member.get("headers") or {}
    if not isinstance(headers, dict):
        raise bad_request("Invalid batch payload format.")
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _request(outer: HttpRequest, member: dict[str, Any]) -> HttpRequest:
    """A request of its own: relative to the version, signed in as the batch is, with its own headers."""
    url = urlsplit(member["url"])
    if url.scheme or url.netloc:
        raise bad_request("The url of a request in a batch must be relative.")
    version = outer.path.partition("/$batch")[0]
    inherited = {name: outer.headers[name] for name in ("authorization", "host") if name in outer.headers}
    body = member.get("body")
    content = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    path = f"{version}/{member['url'].lstrip('/')}"
    return HttpRequest(member["method"].upper(), path, inherited | _headers(member), content)


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
