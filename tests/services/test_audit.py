from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.clock import FakeClock
from vfadmin.models import Audit
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, difference, record


def test_an_entry_stands_or_falls_with_the_change_it_tells_of(store: Store, fake_clock: FakeClock) -> None:
    actor = Actor("a" * 200, "h" * 200)

    def change_and_fail() -> None:
        with store.write() as session:
            record(session, actor, "setting.set", "lost", None, None, fake_clock.now)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        change_and_fail()
    with store.write() as session:
        record(session, actor, "setting.set", "s" * 200, {"a": 1}, None, fake_clock.now)

    with store.read() as session:
        (entry,) = session.scalars(select(Audit))
    assert (entry.actor, entry.host, entry.subject) == ("a" * 100, "h" * 100, "s" * 100)
    assert (entry.before, entry.after, entry.at) == ({"a": 1}, None, fake_clock.now)


def test_only_what_differs_is_told() -> None:
    assert difference({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ({"b": 2, "c": None}, {"b": 3, "c": 4})
    assert difference({"a": 1}, {"a": 1}) is None
