"""A simulated interface to start, look into and upset."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from vfadmin.simulator.certificates import ServerCertificate, make_certificate
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse
from vfadmin.simulator.server import LoopbackServer
from vfadmin.simulator.valueframe.config import RestFault, ValueFrameConfig
from vfadmin.simulator.valueframe.faults import Faults
from vfadmin.simulator.valueframe.gate import admits
from vfadmin.simulator.valueframe.rows import Row, Rows

_ROOT = "/rest/v2/"
_DIGITS = 18
_LOGIN = b"<!DOCTYPE html><html><head><title>Kirjaudu</title></head><body><form></form></body></html>"


@dataclass(frozen=True, slots=True)
class RestRequest:
    """One request as it came in, without its hash."""

    method: str
    resource: str
    row: str
    query: str
    status: int


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    rows: Rows
    row: str
    query: Mapping[str, list[str]]
    body: bytes


class ValueFrameSimulator:
    """One customer's interface. Use it as a context manager, or `start` and `stop` it once.

    ``skew`` is how far its clock is from that of the configuration; ``requests`` is what came in.
    """

    def __init__(self, config: ValueFrameConfig) -> None:
        self.config = config
        self.skew = timedelta(0)
        self.requests: list[RestRequest] = []
        self.on_write: Callable[[str], None] = lambda _method: None
        self._private = Path(tempfile.mkdtemp(prefix="valueframe-"))
        self._certificate: ServerCertificate | None = make_certificate(self._private) if config.tls else None
        self._rows = {spec.name: Rows(spec, self.now) for spec in config.resources}
        self._faults = Faults()
        self._lock = threading.RLock()
        self._server: LoopbackServer | None = None

    # --- life

    def start(self) -> Self:
        """Listen. OSError where the port is taken."""
        self._server = LoopbackServer(self.config.port, self.handle, self._certificate)
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop listening; safe to call twice."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        shutil.rmtree(self._private, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address of the interface; RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        return (
            f"{'https' if self._certificate else 'http'}://127.0.0.1:{self._server.port}{_ROOT.rstrip('/')}"
        )

    @property
    def ca_file(self) -> Path:
        """The certificate to trust; RuntimeError without TLS."""
        if self._certificate is None:
            raise RuntimeError("the simulator runs without TLS")
        return self._certificate.ca_file

    def now(self) -> datetime:
        """The time on its clock."""
        return self.config.clock() + self.skew

    # --- somebody at ValueFrame's own screens

    def rows(self, resource: str) -> list[Row]:
        """All rows of a resource, copied."""
        with self._lock:
            return [dict(row) for row in self._rows[resource]]

    def add(self, resource: str, values: Mapping[str, Any]) -> int:
        """Add a row; its id."""
        with self._lock:
            row = self._rows[resource].add(values)
            return int(row[self._rows[resource].spec.id_field])

    def edit(self, resource: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change fields of a row; KeyError where there is none."""
        with self._lock:
            rows = self._rows[resource]
            rows.update(row_id, {**(rows.get(row_id) or {}), **values})

    def remove(self, resource: str, row_id: int) -> None:
        """Delete a row; KeyError where there is none."""
        with self._lock:
            self._rows[resource].remove(row_id)

    # --- upsetting

    def set_faults(self, faults: Iterable[RestFault]) -> None:
        """Put faults in force; none end all misbehaviour."""
        self._faults.replace(faults)

    def reset(self) -> None:
        """Drop rows, requests, faults and the clock's skew."""
        with self._lock:
            for rows in self._rows.values():
                rows.clear()
            self.requests.clear()
        self._faults.replace(())
        self.skew = timedelta(0)

    # --- answering

    def handle(self, request: HttpRequest, _connection: ConnectionState | None = None) -> HttpResponse:
        """Answer one request."""
        address = urlsplit(request.path)
        name, _, row = unquote(address.path.removeprefix(_ROOT)).strip("/").partition("/")
        rows = self._rows.get(name) if address.path.startswith(_ROOT) else None
        if rows is None:
            response = HttpResponse(404)
        else:
            call = _Call(
                request.method, rows, row, parse_qs(address.query, keep_blank_values=True), request.body
            )
            response = self._guarded(call, request)
        with self._lock:
            self.requests.append(RestRequest(request.method, name, row, address.query, response.status))
        dated = ("Date", format_datetime(self.now(), usegmt=True))
        return replace(response, headers=(*response.headers, dated))

    def _guarded(self, call: _Call, request: HttpRequest) -> HttpResponse:
        spec = call.rows.spec
        fault = self._faults.striking(call.method, spec.name, single=bool(call.row))
        if fault is not None and fault.kind in ("answer", "login_page") and fault.moment == "before":
            return _instead(fault)
        if not admits(self.config, spec, request.headers, self.now()):
            return _json(401, {"error": "Unauthorized"})
        if call.method not in spec.verbs:
            return _json(405, {"error": "Method Not Allowed"})
        with self._lock:
            response = self._answer(call, fault)
        if call.method != "GET":
            self.on_write(call.method)
        return response if fault is None else _spoiled(fault, response)

    def _answer(self, call: _Call, fault: RestFault | None) -> HttpResponse:
        if call.method == "GET" and not call.row:
            return _json(200, self._list(call, fault))
        values = _values(call.body) if call.method in ("POST", "PUT") else {}
        if values is None or (call.method == "POST" and call.row):
            return _json(400, {"error": "Bad Request"})
        values = _kept(values, fault)
        if call.method == "POST":
            return self._shown(call, call.rows.add(values), 201)
        found = call.rows.get(int(call.row)) if _is_id(call.row) else None
        if found is None:
            return _json(404, {"error": "Not Found"})
        return self._one(call, found, values)

    def _one(self, call: _Call, found: Row, values: Row) -> HttpResponse:
        row_id = int(found[call.rows.spec.id_field])
        if call.method == "PUT":
            return self._shown(call, call.rows.update(row_id, values), 200)
        if call.method == "DELETE":
            call.rows.remove(row_id)
            return HttpResponse(204)
        return _json(200, found)

    def _shown(self, call: _Call, row: Row, status: int) -> HttpResponse:
        spec = call.rows.spec
        return _json(status, row if spec.answers_rows else {spec.id_field: row[spec.id_field]})

    def _list(self, call: _Call, fault: RestFault | None) -> Any:  # noqa: ANN401 - rows or a number
        spec = call.rows.spec
        since = call.query.get(spec.since_parameter, [""])[0] if spec.since_parameter else ""
        rows = call.rows.since(datetime.fromisoformat(since)) if since else list(call.rows)
        for parameter, name in spec.filters.items():
            wanted = call.query.get(parameter)
            if wanted is not None:
                rows = [row for row in rows if str(row.get(name)) == wanted[0]]
        if not spec.paging:
            return rows
        if "count" in call.query:
            return len(rows)
        offset = 0 if fault is not None and fault.kind == "repeated_list" else _number(call, "offset", 0)
        limit = min(_number(call, "limit", spec.page_limit), spec.page_limit)
        page = rows[offset : offset + limit]
        if fault is not None and fault.kind == "partial_list":
            return page[: int(len(page) * fault.share)]
        return page


def _instead(fault: RestFault) -> HttpResponse:
    if fault.kind == "login_page":
        return HttpResponse(200, (("Content-Type", "text/html; charset=utf-8"),), _LOGIN)
    if fault.status == 0:
        return HttpResponse(0, cut=0, close=True)
    later = (("Retry-After", str(fault.retry_after)),) if fault.retry_after is not None else ()
    return HttpResponse(fault.status, later)


def _spoiled(fault: RestFault, response: HttpResponse) -> HttpResponse:
    if fault.kind == "truncated_json":
        return replace(response, body=response.body[: min(fault.cut, len(response.body) - 1)])
    if fault.kind in ("answer", "login_page"):
        return _instead(fault)
    return response


def _kept(values: Row, fault: RestFault | None) -> Row:
    """What is kept of what was written."""
    if fault is None or fault.kind != "rewritten" or fault.field not in values:
        return values
    return {**values, fault.field: fault.value}


def _json(status: int, body: object) -> HttpResponse:
    content = json.dumps(body, ensure_ascii=False).encode()
    return HttpResponse(status, (("Content-Type", "application/json; charset=utf-8"),), content)


def _values(body: bytes) -> Row | None:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _number(call: _Call, name: str, default: int) -> int:
    text = call.query.get(name, [""])[0]
    return int(text) if _is_id(text) else default
