"""Sockets: HTTP/1.1 with keep-alive over TLS, a thread a connection."""

from __future__ import annotations

import contextlib
import http
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vfadmin.simulator.certificates import ServerCertificate
from vfadmin.simulator.channel import SocketChannel
from vfadmin.simulator.http_values import ConnectionState, Drip, HttpRequest, HttpResponse

Handle = Callable[[HttpRequest, ConnectionState], HttpResponse]
_LARGEST_BODY = 64 * 1024 * 1024
_LONGEST_LENGTH = 15
_LONGEST_LINE = 65536
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;|\r?\n)")
_REASONS = {status.value: status.phrase for status in http.HTTPStatus}


class LoopbackServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; `handle` answers."""

    daemon_threads = True
    # An own list of connections is kept: joining threads would wait for clients that keep theirs alive.
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, port: int, handle: Handle, certificate: ServerCertificate | None) -> None:
        self.handle = handle
        self.certificate = certificate
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)
        # It looks so often, in seconds, whether to stop; until then, whoever stops it waits.
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.01,), name="simulator", daemon=True
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Answer from now on, in threads of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and drop all connections."""
        self.shutdown()
        self.server_close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def get_request(self) -> tuple[socket.socket, object]:
        """Take a connection; its handshake happens in its own thread, or one slow client would stop all."""
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.certificate is not None:
            connection = self.certificate.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection that is done with."""
        assert isinstance(request, socket.socket)  # noqa: S101 (this is no datagram server)
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of the server's; anything else is shown."""
        import sys  # noqa: PLC0415

        if not isinstance(sys.exception(), (OSError, ssl.SSLError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed through as received


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection and writes the answers."""

    protocol_version = "HTTP/1.1"
    server: LoopbackServer
    rbufsize = 64 * 1024
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        certificate = self.server.certificate
        self._state = ConnectionState(certificate.channel_binding if certificate else None)

    def handle(self) -> None:
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.do_handshake()
        super().handle()

    def handle_expect_100(self) -> bool:
        """Tell a client that waits with its body to go on: at once, not when the answer goes out."""
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def _answer(self) -> None:
        body = self._body()
        if isinstance(body, HttpResponse):
            self._send(body)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.handle(HttpRequest(self.command, self.path, headers, body), self._state))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _answer  # noqa: N815 (names of the base class)

    def _body(self) -> bytes | HttpResponse:
        """The request's body, or the answer to a request whose body is of no use."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._chunks()
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdecimal()):
            return HttpResponse(400, close=True)
        if len(length) > _LONGEST_LENGTH or int(length) > _LARGEST_BODY:
            return HttpResponse(413, close=True)
        return self.rfile.read(int(length))

    def _chunks(self) -> bytes | HttpResponse:
        parts: list[bytes] = []
        total = 0
        while match := _CHUNK_SIZE.match(self.rfile.readline(_LONGEST_LINE)):
            size = int(match[1], 16)
            total += size
            if total > _LARGEST_BODY:
                return HttpResponse(413, close=True)
            if size == 0:
                while self.rfile.readline(_LONGEST_LINE).strip():
                    pass
                return b"".join(parts)
            parts.append(self.rfile.read(size))
            self.rfile.readline(_LONGEST_LINE)
        return HttpResponse(400, close=True)

    def _send(self, response: HttpResponse) -> None:
        if response.status == 0:
            self._reset()
            return
        reason = _REASONS.get(response.status, "Unknown")
        lines = [f"HTTP/1.1 {response.status} {reason}", "Server: Microsoft-IIS/10.0"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        if response.stream is None:
            lines.append(f"Content-Length: {len(response.body if response.reset else response.sent)}")
        else:
            lines.append("Transfer-Encoding: chunked")
        if response.close:
            self.close_connection = True
            lines.append("Connection: close")
        body = b"" if self.command == "HEAD" else response.sent
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        if response.stream is not None:
            self._stream(head, response)
        elif response.drip is not None:
            self._drip(head, body, response.drip)
        else:
            self.wfile.write(head + body)
            self.wfile.flush()
        if response.reset:
            self._reset()

    def _drip(self, head: bytes, body: bytes, drip: Drip) -> None:
        """Send a body piece by piece, for as long as there is somebody to read it."""
        self.wfile.write(head)
        self.wfile.flush()
        with SocketChannel(self.connection) as channel:
            for start in range(0, len(body), drip.piece):
                if not channel.wait(drip.pause):
                    self.close_connection = True
                    return
                self.wfile.write(body[start : start + drip.piece])
                self.wfile.flush()

    def _stream(self, head: bytes, response: HttpResponse) -> None:
        """Send a body in chunks as it comes into being; at most `cut` bytes of it."""
        assert response.stream is not None  # noqa: S101 (the caller looked)
        self.wfile.write(head)
        self.wfile.flush()
        sent = 0
        with (
            SocketChannel(self.connection) as channel,
            contextlib.closing(response.stream(channel)) as pieces,
        ):
            for whole in pieces:
                piece = whole if response.cut is None else whole[: response.cut - sent]
                sent += len(piece)
                if piece:
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                    self.wfile.flush()
                if sent == response.cut:
                    break
        if not response.reset:
            self.wfile.write(b"0\r\n\r\n")
            self.wfile.flush()

    def _reset(self) -> None:
        """End the connection with a TCP reset, as a crashed server or a broken network does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with contextlib.suppress(OSError):
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Nothing: the record of requests says it."""
