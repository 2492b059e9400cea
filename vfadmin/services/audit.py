"""The audit trail: who changed what, from where, what it was and what it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from vfadmin.models import Audit

ACTOR_LIMIT = 100
"""Characters of a name that the tables keep of whoever did something."""
_SUBJECT_LIMIT = 100


class Face(StrEnum):
    """Through what somebody works. What nobody asked for the engine does, in whichever of them it runs."""

    WINDOW = "window"
    CLI = "cli"
    WORKER = "worker"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who works: the name of the signed-in user and of the machine, and through what."""

    name: str
    host: str
    face: Face = Face.CLI


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    at: datetime,
) -> None:
    """Add one entry to the trail, in the transaction of the change itself.

    ``action`` is a dotted verb such as ``integration.activate``, ``subject`` names the row, such as
    ``person:12``. ``before`` and ``after`` hold only what changed, as JSON, and never a secret.
    """
    session.add(Audit(**entry(actor, action, subject, before, after, at)))


def entry(
    actor: Actor,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    at: datetime,
) -> dict[str, Any]:
    """The columns of such an entry, for whoever writes many at a time."""
    return {
        "at": at,
        "actor": actor.name[:ACTOR_LIMIT],
        "host": actor.host[:ACTOR_LIMIT],
        "face": str(actor.face),
        "action": action,
        "subject": subject[:_SUBJECT_LIMIT],
        "before": None if before is None else dict(before),
        "after": None if after is None else dict(after),
    }


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The entries in which two states differ, old and new; None when they are the same."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
