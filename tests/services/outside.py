"""Servers of the world outside, on real sockets: one that takes webhooks, one that takes mail."""

from __future__ import annotations

import base64
import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from vfadmin.simulator.certificates import make_certificate


class Hook(ThreadingHTTPServer):
    """Takes what is posted over TLS and answers ``status``."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        made = make_certificate(folder)
        self.ca_file = str(made.ca_file)
        self.socket = made.context.wrap_socket(self.socket, server_side=True)
        self.status = 200
        self.taken: list[tuple[str, Any]] = []

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server_address[1]}/haly/s3kr1t-token"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust the certificate leaves."""


class _Taking(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "https://localhost:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing."""


class Post(socketserver.ThreadingTCPServer):
    """Takes mail (RFC 5321) over STARTTLS, or over TLS from the start, from whoever signs in (RFC 4954)."""

    daemon_threads = True

    def __init__(self, folder: Path, *, tls: bool = False, starttls: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Delivery)
        made = make_certificate(folder)
        self.ca_file, self.context = str(made.ca_file), made.context
        self.tls, self.starttls = tls, starttls
        self.refused: str | None = None
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.logins: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"localhost:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust the certificate leaves."""


class _Delivery(socketserver.BaseRequestHandler):
    server: Post

    open: list[Any]

    def setup(self) -> None:
        self.open = []

    def handle(self) -> None:
        self.encrypted = False
        self.recipients: list[str] = []
        self._take(self._wrapped() if self.server.tls else self.request)
        self.say("220 posti")
        while line := self.lines.readline():
            if not self.answer(line.decode().strip()):
                return

    def _wrapped(self) -> ssl.SSLSocket:
        self.encrypted = True
        return self.server.context.wrap_socket(self.request, server_side=True)

    def _take(self, channel: Any) -> None:
        self.channel, self.lines = channel, channel.makefile("rb")
        self.open += [self.lines, channel]

    def finish(self) -> None:
        for one in self.open:
            one.close()

    def say(self, text: str) -> None:
        self.channel.sendall(f"{text}\r\n".encode())

    def answer(self, line: str) -> bool:
        verb = line.split(" ", maxsplit=1)[0].upper()
        if verb == "EHLO":
            more = "250-AUTH PLAIN\r\n" if self.encrypted else ""
            offered = "250-STARTTLS\r\n" if self.server.starttls and not self.encrypted else ""
            self.say(f"250-posti\r\n{more}{offered}250 8BITMIME")
        elif verb == "STARTTLS":
            self.say("220 go")
            self._take(self._wrapped())
        elif verb == "AUTH":
            _, name, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
            self.server.logins.append((name, password))
            self.say("235 ok" if password == "oikea" else "535 no: hunter2")
        elif verb == "RCPT" and self.server.refused is not None and self.server.refused in line:
            self.say("550 hunter2 is unknown")
        elif verb == "RCPT":
            self.recipients.append(line.partition("<")[2].partition(">")[0])
            self.say("250 ok")
        elif verb == "DATA":
            self.say("354 go")
            data = b"".join(iter(self.lines.readline, b".\r\n"))
            message = message_from_bytes(data, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.server.taken.append((self.recipients, message))
            self.say("250 taken")
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    """Serve in a thread while the context lasts."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
