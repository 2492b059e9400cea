"""Taking out of a person's history what was written in the events, and leaving what happened (R31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from vfadmin.models import History
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.history import TEXTLESS_DETAIL
from vfadmin.services.subjects import subject
from vfadmin.sync.chronicle import FORGOTTEN

BATCH = 200
"""Operations that one transaction rewrites at most."""

_TEXTS = ("title", "location", "text")


class ForgetTexts:
    """Removes titles, locations and texts; times, names of fields and reasons stay."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def count(self, person_id: int) -> int:
        """How many operations still hold texts. Raises UsageError VF-PERSON-01."""
        with self._store.read() as session:
            subject(session, person_id)
            held = select(func.count()).select_from(History).where(*_holding(person_id))
            return session.scalar(held) or 0

    def forget(self, person_id: int) -> int:
        """Remove them for good; answers of how many operations. Raises UsageError VF-PERSON-01.

        In SQLite nothing of them is in the file or its log afterwards, unless another program has been
        reading for 30 seconds: then the log keeps them until it is folded in. The calendars and the audit
        trail stay as they are. Broken off, it can be done again.
        """
        forgotten = 0
        with self._store.read() as session:
            subject(session, person_id)
        while done := self._batch(person_id):
            forgotten += done
        with self._store.write() as session:
            after = {"operations": forgotten}
            about = f"person:{person_id}"
            record(session, self._actor, "history.forget_texts", about, None, after, self._clock())
        self._store.fold_log()
        return forgotten

    def _batch(self, person_id: int) -> int:
        some = select(History).where(*_holding(person_id)).order_by(History.id).limit(BATCH)
        with self._store.write() as session:
            rows = session.scalars(some).all()
            for row in rows:
                known = {name: value for name, value in row.detail.items() if name in TEXTLESS_DETAIL}
                session.execute(
                    update(History)
                    .where(History.id == row.id)
                    .values(
                        before=_without_texts(row.before),
                        after=_without_texts(row.after),
                        detail=known | {FORGOTTEN: True},
                    )
                    .execution_options(synchronize_session=False)
                )
        return len(rows)


def _holding(person_id: int) -> tuple[ColumnElement[bool], ...]:
    return History.person_id == person_id, History.detail[FORGOTTEN].as_boolean().is_not(True)


def _without_texts(event: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if event is None:
        return None
    bare: dict[str, Any] = {name: "" if name in _TEXTS else value for name, value in event.items()}
    rule = bare.get("recurrence")
    if rule:
        bare["recurrence"] = rule | {
            "exceptions": [
                {name: value for name, value in one.items() if name not in _TEXTS}
                for one in rule["exceptions"]
            ]
        }
    return bare
