"""A publisher of a test's own: keys made at run time, and a server that hands out what it signed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.clock import START
from vfadmin.services.updates.envelope import sealed, signed_bytes
from vfadmin.services.updates.manifest import Installer, Manifest, as_bytes
from vfadmin.services.updates.versions import release
from vfadmin.simulator.certificates import make_certificate

KEY, OTHER_KEY = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
MANIFEST = Manifest(
    release("1.4.0"),
    START,
    START + timedelta(days=180),
    "https://vfadmin.esim.example/lataa/1.4.0",
    {"fi": "Nopeampi haku.\nKorjauksia.", "en": "A faster search.\nFixes."},
    (Installer("vfadmin-1.4.0-setup.exe", 45_300_000, "ab" * 32),),
)


def public(key: Ed25519PrivateKey = KEY) -> bytes:
    return key.public_key().public_bytes_raw()


def signed(document: bytes, *keys: Ed25519PrivateKey) -> bytes:
    """An envelope that these keys have signed."""
    return sealed(document, [("", key.sign(signed_bytes(document))) for key in keys])


def word(key: Ed25519PrivateKey = KEY, **other: Any) -> bytes:
    """What the publisher says: the manifest above, but for what is other."""
    return signed(as_bytes(replace(MANIFEST, **other)), key)


class Shelf(ThreadingHTTPServer):
    """Answers every GET over TLS with ``body``; counts who asked, and with what headers."""

    daemon_threads = True

    def __init__(self, folder: Path, host: str) -> None:
        super().__init__((host, 0), _Handing)
        made = make_certificate(folder)
        self.ca_file = str(made.ca_file)
        self.socket = made.context.wrap_socket(self.socket, server_side=True)
        self.status, self.body = 200, word()
        self.headers: dict[str, str] = {}
        self.asked: list[dict[str, str]] = []
        self.stalled: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server_address[1]}/update.json"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust the certificate, or has heard enough, leaves."""


class _Handing(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        if self.server.stalled is not None:
            self.server.stalled.wait()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing."""


@contextmanager
def open_shelf(folder: Path, host: str = "127.0.0.1") -> Iterator[Shelf]:
    """A server that hands out, while the context lasts."""
    server = Shelf(folder, host)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
