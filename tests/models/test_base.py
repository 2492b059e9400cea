"""Times in the database: aware, in UTC, in one form whoever wrote them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from vfadmin.models import Audit
from vfadmin.models.store import Store

HELSINKI_SUMMER = timezone(timedelta(hours=3))


def _audit(at: datetime) -> Audit:
    return Audit(at=at, actor="a", host="h", action="x", subject="s")


@pytest.mark.sqlite
def test_a_time_comes_back_as_the_same_moment_in_utc(store: Store) -> None:
    moment = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=HELSINKI_SUMMER)
    with store.write() as session:
        session.add(_audit(moment))
    with store.read() as session:
        found = session.scalars(select(Audit.at)).one()
        assert session.execute(text("SELECT at FROM audit")).scalar() == "2026-07-01 06:30:15.123456"
    assert found == moment
    assert found.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 7, 1, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), store.write() as session:
        session.add(_audit(naive))
    with store.read() as session:
        assert session.scalars(select(Audit)).all() == []


@pytest.mark.parametrize(
    "written",
    [
        "2026-07-01 06:30:00.000000",
        "2026-07-01 06:30:00",
        "2026-07-01T06:30:00",
        "2026-07-01 06:30:00+00:00",
        "2026-07-01T09:30:00+03:00",
    ],
)
def test_what_another_program_wrote_is_read_in_utc(store: Store, written: str) -> None:
    insert = text("INSERT INTO audit (at, actor, host, action, subject) VALUES (:at, 'a', 'h', 'x', 's')")
    with store.write() as session:
        session.execute(insert, {"at": written})
    with store.read() as session:
        found = session.scalars(select(Audit.at)).one()
    assert found == datetime(2026, 7, 1, 6, 30, tzinfo=UTC)


def test_an_unset_time_stays_unset(store: Store) -> None:
    with store.read() as session:
        typed = text("SELECT NULL AS at").columns(at=Audit.__table__.c.at.type)
        assert session.execute(typed).scalar() is None
