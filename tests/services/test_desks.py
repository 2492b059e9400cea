"""Several administrators change the same persons at the same time; each update holds or is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active
from tests.stores import STORES
from vfadmin.errors import UsageError
from vfadmin.models.store import open_store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.rows import PersonRow

pytestmark = pytest.mark.both_stores
DESKS, LONG = 4, 60.0
"""Seconds nobody waits: a deadlock would last longer."""
Change = Callable[[Services, PersonRow, str], PersonRow]
CHANGES: tuple[Change, ...] = (
    lambda desk, row, word: desk.directory.change_person(row.id, name=word, version=row.version),
    lambda desk, row, word: desk.activation.set_login(row.id, f"{word}@firma.fi", row.version),
    lambda desk, row, word: desk.directory.change_person(row.id, email=f"{word}@e.fi", version=row.version),
)


@pytest.fixture
def desks(services: Services, tmp_path: Path, fake_clock: FakeClock) -> Iterator[list[Services]]:
    """Each with connections of its own, as programs on other machines have them."""
    del services
    with ExitStack() as stack:
        made = []
        for number in range(DESKS):
            store = open_store(STORES.url(tmp_path / "vfadmin.db"))
            stack.callback(store.close)
            actor = Actor(f"tuki-{number}", f"kone-{number}")
            made.append(
                build_services(store, tmp_path, clock=fake_clock, actor=actor, secrets=MemorySecrets())
            )
        yield made


def test_of_changes_made_at_the_same_time_one_holds_and_the_others_are_refused(
    services: Services, desks: list[Services]
) -> None:
    """All read the same version, then all write. Half of them begin with the second person."""
    persons = [active(services, name).id for name in ("Aino", "Eero")]
    at_once = Barrier(DESKS, timeout=LONG)

    def work(number: int) -> list[tuple[int, int, PersonRow | None]]:
        desk = desks[number]
        done: list[tuple[int, int, PersonRow | None]] = []
        for turn, change in enumerate(CHANGES):
            rows = {one: desk.directory.person(one) for one in persons}
            at_once.wait()
            ids = persons if number % 2 else persons[::-1]
            done += [(one, turn, _try(change, desk, rows[one], f"d{number}-{turn}-{one}")) for one in ids]
            at_once.wait()
        return done

    with ThreadPoolExecutor(DESKS) as pool:
        told = [one for work_done in pool.map(work, range(DESKS), timeout=LONG) for one in work_done]
    for person in persons:
        for turn in range(len(CHANGES)):
            held = [row for one, at, row in told if (one, at) == (person, turn) and row is not None]
            assert len(held) == 1, "exactly one of those who had read the same"
        last = [row for one, at, row in told if (one, at) == (person, len(CHANGES) - 1) and row is not None]
        assert services.directory.person(person) == last[0]
        trail = [one for one in services.history.trail(person) if one.actor.startswith("tuki-")]
        assert [one.action for one in trail] == ["person.change", "integration.login", "person.change"]
        assert {one.host for one in trail} == {one.actor.replace("tuki", "kone") for one in trail}


def _try(change: Change, desk: Services, row: PersonRow, word: str) -> PersonRow | None:
    try:
        return change(desk, row, word)
    except UsageError as error:
        if error.failure.code != "VF-LOGIN-05":
            raise
        return None


def test_changes_of_many_rows_from_both_ends_do_not_wait_for_each_other(
    services: Services, desks: list[Services]
) -> None:
    """Two lists in opposite orders is what locks that are taken row by row would die of."""
    persons = [active(services, f"Henkilö {number}").id for number in range(12)]

    def work(number: int) -> bool:
        ids = persons if number % 2 else persons[::-1]
        action = desks[number].activation.passivate if number < 2 else desks[number].activation.activate
        return all(result.ok for _ in range(3) for result in action(ids))

    with ThreadPoolExecutor(DESKS) as pool:
        assert all(pool.map(work, range(DESKS), timeout=LONG))
    for one in persons:
        changes = [row for row in services.history.trail(one) if row.actor.startswith("tuki-")]
        for former, later in pairwise(changes):
            assert (former.after or {})["state"] == (later.before or {})["state"]
        state = str(services.directory.person(one).state)
        assert state == ((changes[-1].after or {})["state"] if changes else "active")
