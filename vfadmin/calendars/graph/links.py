"""Links to further pages. They are addresses, so they are looked at before a token is sent there."""

from __future__ import annotations

from urllib.parse import urlsplit


def relative(link: str, root: str) -> str:
    """A link as the path behind the service's root. Raises ValueError for another host."""
    here, there = urlsplit(root.rstrip("/")), urlsplit(link)
    if (there.scheme, there.netloc.casefold()) != (here.scheme, here.netloc.casefold()):
        raise ValueError("a link to another host")
    path = there.path.removeprefix(here.path)
    return f"{path}?{there.query}" if there.query else path
