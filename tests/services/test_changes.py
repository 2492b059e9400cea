"""Whoever shows something hears of what others write, on either kind of store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from tests.outsider import outsider
from vfadmin.models import Company
from vfadmin.models.store import Store
from vfadmin.services import changes
from vfadmin.services.changes import Changes

pytestmark = pytest.mark.both_stores
LONG = 60.0
"""Seconds nobody waits: what is waited for comes."""


class Heard:
    """What a watch has told."""

    def __init__(self, store: Store) -> None:
        self._told: SimpleQueue[None] = SimpleQueue()
        self.watch = Changes(store).watch(lambda: self._told.put(None))

    def once(self) -> None:
        """Wait for a telling."""
        self._told.get(timeout=LONG)

    def nothing(self) -> bool:
        """Whether nothing was told since."""
        try:
            self._told.get_nowait()
        except Empty:
            return True
        return False


@pytest.fixture
def listen(store: Store) -> Iterator[Callable[[], Heard]]:
    """Begins watches, and ends them."""
    begun: list[Heard] = []

    def begin() -> Heard:
        heard = Heard(store)
        begun.append(heard)
        return heard

    yield begin
    for heard in begun:
        heard.watch.end(LONG)


def write(store: Store, name: str) -> None:
    """What anybody does."""
    with store.write() as session:
        session.add(Company(name=name))


def test_a_change_is_told_and_everybody_hears_it(store: Store, listen: Callable[[], Heard]) -> None:
    one, other = listen(), listen()
    write(store, "a")
    one.once()
    other.once()


def test_a_change_by_another_program_is_told(store: Store, listen: Callable[[], Heard]) -> None:
    heard = listen()
    with outsider(store) as other:
        other.run("INSERT INTO company (name) VALUES ('a')")
        if store.scheme == "postgresql":  # there only events and vfadmin's own writers say so by themselves
            other.run("NOTIFY vfadmin")
        heard.once()


def test_many_changes_are_told_few_times(
    store: Store, listen: Callable[[], Heard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "GATHER_SECONDS", LONG)
    heard = listen()
    write(store, "first")
    heard.once()
    for number in range(20):
        write(store, f"Yritys {number}")
    assert heard.nothing()
    heard.watch.end(LONG)
    assert not heard.watch.alive


def test_it_ends_at_once_and_tells_nothing_more(store: Store, listen: Callable[[], Heard]) -> None:
    heard = listen()
    heard.watch.end(LONG)
    assert not heard.watch.alive
    write(store, "a")
    assert heard.nothing()
    heard.watch.end()


@pytest.mark.postgresql
def test_a_broken_connection_is_told_and_made_again(
    store: Store, listen: Callable[[], Heard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "RETRY_SECONDS", 0.01)
    heard = listen()
    with outsider(store) as other:
        other.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        heard.once()  # what is shown may be old now
        heard.once()  # and what was written meanwhile is read
        write(store, "a")
        heard.once()


@pytest.mark.postgresql
def test_it_ends_while_the_store_is_out_of_reach(
    store: Store, listen: Callable[[], Heard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "RETRY_SECONDS", LONG)
    heard = listen()
    with outsider(store) as other:
        other.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        heard.once()
    heard.watch.end(LONG)
    assert not heard.watch.alive


@pytest.mark.sqlite
def test_a_store_that_was_out_of_reach_is_told_of_once_it_is_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "RETRY_SECONDS", 0.01)
    file = Path(store.place)
    store.close()
    away = file.rename(file.with_name("away.db"))
    heard = Heard(store)
    assert heard.nothing()
    away.rename(file)
    heard.once()
    heard.watch.end(LONG)
    assert not heard.watch.alive
