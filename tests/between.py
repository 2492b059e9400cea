"""What stands between vfadmin and a server: a proxy that connects through, and one that opens the TLS."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from vfadmin.simulator.certificates import make_certificate


@dataclass
class Middle:
    """A running go-between: where it listens, and what it was asked to connect to."""

    port: int
    ca_file: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address as a proxy."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def connecting() -> Iterator[Middle]:
    """An HTTP proxy that knows CONNECT alone, and passes on what it cannot read."""

    def meet(near: socket.socket, middle: Middle) -> socket.socket:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += near.recv(1)
        target = head.split()[1].decode()
        middle.asked.append(target)
        host, _, port = target.rpartition(":")
        far = socket.create_connection((host, int(port)), timeout=30)
        near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return far

    with _listening(lambda near: near, meet, "") as middle:
        yield middle


@contextmanager
def opening(folder: Path, port: int, ca_file: str) -> Iterator[Middle]:
    """A firewall that looks into the traffic to a port of this machine, with a certificate of its own."""
    folder.mkdir()
    own = make_certificate(folder)

    def meet(_near: socket.socket, middle: Middle) -> socket.socket:
        middle.asked.append(str(port))
        plain = socket.create_connection(("127.0.0.1", port), timeout=30)
        return ssl.create_default_context(cafile=ca_file).wrap_socket(plain, server_hostname="127.0.0.1")

    def shown(near: socket.socket) -> socket.socket:
        return own.context.wrap_socket(near, server_side=True)

    with _listening(shown, meet, str(own.ca_file)) as middle:
        yield middle


@contextmanager
def _listening(
    shown: Callable[[socket.socket], socket.socket],
    meet: Callable[[socket.socket, Middle], socket.socket],
    ca_file: str,
) -> Iterator[Middle]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        middle = Middle(door.getsockname()[1], ca_file)

        def serve(near: socket.socket) -> None:
            with (
                near,
                contextlib.suppress(OSError, IndexError),
                shown(near) as read,
                meet(read, middle) as far,
            ):
                _pass_on(read, far)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    near, _ = door.accept()
                    threading.Thread(target=serve, args=(near,), daemon=True).start()

        keeper = threading.Thread(target=accept, daemon=True)
        keeper.start()
        yield middle
        door.shutdown(socket.SHUT_RDWR)
        keeper.join(5)


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    """Both directions in one thread: two must not read and write one TLS connection at a time."""
    others = {near: far, far: near}
    while True:
        for source in select.select(list(others), [], [])[0]:
            while (piece := _at_hand(source)) is not None:
                if not piece:
                    return
                others[source].sendall(piece)


def _at_hand(source: socket.socket) -> bytes | None:
    """What has arrived; nothing at its end, None when there is no more of it yet."""
    source.setblocking(False)
    try:
        return source.recv(65536)
    except (BlockingIOError, ssl.SSLWantReadError):
        return None
    finally:
        source.setblocking(True)
