"""Word to systemd that a service is ready, or that it ends: what ``Type=notify`` waits for.

The protocol is one datagram to the socket that is named in ``NOTIFY_SOCKET``, see sd_notify(3).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

READY, STOPPING = "READY=1", "STOPPING=1"


def tell_systemd(state: str, environ: Mapping[str, str] = os.environ) -> None:
    """Say it where somebody waits for it; who does not listen any more is no reason to fail."""
    address = environ.get("NOTIFY_SOCKET")
    family = getattr(socket, "AF_UNIX", None)
    if not address or family is None:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as told:
        told.sendto(state.encode(), address)
