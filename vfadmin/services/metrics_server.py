"""The page of figures over HTTP, for whoever scrapes it. Nothing can be changed through it."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vfadmin.errors import VfadminError
from vfadmin.services.metrics import CONTENT_TYPE

_LOG = logging.getLogger(__name__)
HERE = "127.0.0.1"
PATH = "/metrics"
_PATIENCE = 10.0
"""Seconds that whoever asks may take over his question."""
_LARGEST_PORT = 65_535


def address_of(text: str) -> tuple[str, int]:
    """Where to listen: HOST:PORT, [IPV6]:PORT, or a port of this computer alone.

    Raises ValueError for what is none of these.
    """
    host, _, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (port.isascii() and port.isdigit() and len(port) <= len(str(_LARGEST_PORT))):
        raise ValueError("a port has digits")
    if int(port) > _LARGEST_PORT:
        raise ValueError("no port is larger")
    return host or HERE, int(port)


@contextmanager
def serving(address: tuple[str, int], page: Callable[[], str]) -> Iterator[str]:
    """Answer GET /metrics while the context lasts; yields the address in full.

    Raises OSError where nobody can listen there.
    """
    host, port = address
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    server = _Server(address, family, page)
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="metrics", daemon=True)
    thread.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{server.server_address[1]}{PATH}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(
        self, address: tuple[str, int], family: socket.AddressFamily, page: Callable[[], str]
    ) -> None:
        self.address_family = family
        self.page = page
        super().__init__(address, _Answer)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library's
        """Whoever breaks off is no news, and nobody's screen is for it."""
        _LOG.debug("a request for the metrics broke off", exc_info=True)


class _Answer(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """The page, or why there is none."""
        if self.path.partition("?")[0] != PATH:
            self._say(HTTPStatus.NOT_FOUND, f"{PATH}\n")
            return
        try:
            page = self.server.page()
        except VfadminError as error:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, f"{error.failure.code}\n")
        else:
            self._say(HTTPStatus.OK, page)

    def _say(self, status: HTTPStatus, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """Who answers; nobody learns the version of anything."""
        return "vfadmin"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """One line for each request would be all there is in the log."""
        _LOG.debug(format, *args)
