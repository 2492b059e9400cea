"""What a login leads to, whichever protocol was asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResolvedMailbox:
    """A mailbox by its primary address; ``name`` is the directory's, empty when it was not asked."""

    primary: str
    name: str = ""
