"""Under which names Exchange Online answers EWS."""

from __future__ import annotations

_HOSTS = frozenset({"outlook.office365.com", "outlook.office.com", "outlook.office365.us"})


def is_online(host: str) -> bool:
    """Whether the host is Exchange Online's own; other clouds and addresses of customers are not told."""
    return host.casefold() in _HOSTS
