"""The record of one run: begun with its first trace, so that an idle poll costs no extra write."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from vfadmin.models import Integration, Run
from vfadmin.models.prepared import add, run, run_each
from vfadmin.sync.values import MailboxResult

_BEGIN = insert(Run)
_THERE = select(Run.id).where(Run.id == bindparam("row"))
_FINISH = update(Run).where(Run.id == bindparam("row"))
_TOLD = (
    Run.id,
    Run.finished_at,
    Run.error_code,
    (Run.pulled + Run.pushed + Run.deleted + Run.skipped + Run.conflicts).label("done"),
)
_LATEST = (
    select(Run.id)
    .where(Run.person_id == Integration.person_id)
    .order_by(Run.started_at.desc())
    .limit(1)
    .correlate(Integration)
    .scalar_subquery()
)
_LAST_OF_MANY = (
    select(Run.person_id, *_TOLD)
    .join(Integration, Run.id == _LATEST)
    .where(Integration.person_id.in_(bindparam("some", expanding=True)))
)
_AGAIN = (
    update(Run)
    .where(Run.id == bindparam("row"))
    .values(
        started_at=bindparam("began"),
        finished_at=bindparam("ended"),
        requests=bindparam("asked"),
        duration_ms=bindparam("took"),
    )
)
_LAST = select(*_TOLD).where(Run.person_id == bindparam("person")).order_by(Run.started_at.desc()).limit(1)


class RunRecord:
    """The row of the current run in ``run``; unfinished if the process dies."""

    def __init__(self, person_id: int, started_at: datetime) -> None:
        self._person = person_id
        self._started_at = started_at
        self._row: int | None = None
        self._made: int | None = None

    def row(self, session: Session) -> int:
        """The id of the run's row; made in this transaction if no committed one made it."""
        if self._row is not None:
            return self._row
        made = self._made
        if made is None or run(session, _THERE, row=made).one_or_none() is None:
            made = self._made = add(session, _BEGIN, person_id=self._person, started_at=self._started_at)
        return made

    def stored(self) -> None:
        """The transaction that asked for the row was committed; a rolled back one leaves none."""
        self._row = self._made

    def finish(self, session: Session, result: MailboxResult, at: datetime) -> None:
        """Note what the run did. Idle runs in a row are one row: a poll every two minutes is no news."""
        failure = result.failure
        previous = self._previous_idle(session) if self._row is None and _idle(result) else None
        run(
            session,
            _FINISH,
            row=previous if previous is not None else self.row(session),
            started_at=self._started_at,
            finished_at=at,
            pulled=result.pulled,
            pushed=result.pushed,
            conflicts=result.conflicts,
            skipped=result.skipped,
            deleted=result.deleted,
            requests=result.requests,
            duration_ms=result.duration_ms,
            error_code=failure.code if failure else None,
            error_params=dict(failure.params) if failure else {},
        )

    def _previous_idle(self, session: Session) -> int | None:
        last = run(session, _LAST, person=self._person).one_or_none()
        return None if last is None or not _was_idle(last) else last.id


def finish_idle(session: Session, results: Collection[tuple[MailboxResult, datetime]], at: datetime) -> None:
    """Note runs that did nothing, each with when it began; as `RunRecord.finish` does for one."""
    some = [result.person_id for result, _ in results]
    last = run(session, _LAST_OF_MANY, some=some)
    previous = {one.person_id: one.id for one in last if _was_idle(one)}
    again, fresh = list[dict[str, object]](), list[dict[str, object]]()
    for result, began in results:
        row = previous.get(result.person_id)
        if row is not None:
            told = {"asked": result.requests, "took": result.duration_ms}
            again.append({"row": row, "began": began, "ended": at, **told})
            continue
        told = {"requests": result.requests, "duration_ms": result.duration_ms}
        fresh.append({"person_id": result.person_id, "started_at": began, "finished_at": at, **told})
    run_each(session, _AGAIN, again)
    run_each(session, _BEGIN, fresh)


def _was_idle(last: Row[Any]) -> bool:
    """Whether that run ended well and did nothing."""
    return last.finished_at is not None and last.error_code is None and not last.done


def _idle(result: MailboxResult) -> bool:
    """Whether the run did nothing worth a line."""
    done = result.pulled or result.pushed or result.deleted or result.skipped or result.held
    return result.ok and not done
