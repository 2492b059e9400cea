from __future__ import annotations

from urllib.parse import urlsplit


def is_https(url: str) -> bool:
    """Whether it is an address of the web that can be asked over TLS, without a name or password in it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return usable and url.isprintable() and " " not in url and parts.username is None
