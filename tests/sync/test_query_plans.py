"""No statement of a cycle looks at a whole table, however many events, pairs and persons there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.strategies import plain
from tests.sync.world import MortalStore, StoreUser, World, store_at
from vfadmin.calendars.base import Side

LARGE = frozenset({"event", "participant", "change_log", "pair", "intent", "dirty", "history", "run"})
"""The tables that grow with the calendars; the directory's own grow with the persons alone."""
_SCANNED = re.compile(r"^SCAN (\w+)")
_NAMED = re.compile(r"\b(?:FROM|JOIN|UPDATE|,)\s+(\w+)(?:\s+AS)?\s+(\w+)", re.IGNORECASE)
_PLANNED = re.compile(r"^\s*(SELECT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
FLEET = re.compile(r"SELECT count\(\*\) AS count_\d+\s+FROM pair\)\s+AS fleet_pairs")
"""The guard counts the pairs of all persons, once in a cycle that deletes: from an index, without a row."""


@contextmanager
def recorded(store: MortalStore, found: dict[str, Any]) -> Iterator[None]:
    """Note the statements run meanwhile, with parameters they were run with."""

    def note(_connection: object, _cursor: object, statement: str, given: Any, *_more: object) -> None:
        if _PLANNED.match(statement):
            found.setdefault(statement, given)

    engines = (store.engine, store._reader)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def scans(store: MortalStore, statement: str, given: Any) -> set[str]:
    """The large tables that SQLite would read from end to end for it."""
    one = given[0] if isinstance(given, list) else given
    with store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one).all()
    scanned = {match.group(1) for row in plan if (match := _SCANNED.match(row[3]))}
    aliases = {alias: table for table, alias in _NAMED.findall(statement)}
    return {aliases.get(name, name) for name in scanned} & LARGE


def statements_of_a_whole_life(world: World) -> dict[str, Any]:
    """Events come, change and go on both sides, a cursor is lost, and all is compared once."""
    found: dict[str, Any] = {}

    def sync(*, complete: bool = False) -> None:
        with recorded(world.store, found):
            result = world.sync(complete=complete)
        assert result is not None
        assert result.ok, result

    for number in range(5):
        world.valueframe.add(plain(f"VF {number}", days=1 + number))
        world.exchange.add(plain(f"EX {number}", days=1 + number))
    sync()
    for user, removed in ((world.valueframe, "VF 1"), (world.exchange, "EX 1")):
        ids = user.ids()
        user.edit(ids["VF 0"], location="Muualla")
        user.edit(ids["EX 0"], title="Toisin")
        sync()
        user.edit(user.ids()["Toisin"], title="EX 0")
        user.remove(ids[removed])
        sync()
    world.lose_cursor(Side.VALUEFRAME)
    sync()
    sync(complete=True)
    return found


@pytest.mark.sqlite
def test_no_statement_of_a_cycle_reads_a_large_table_from_end_to_end(tmp_path: Path) -> None:
    store, far = store_at(tmp_path / "a.db"), store_at(tmp_path / "b.db")
    statements = statements_of_a_whole_life(World(store, StoreUser(far, Side.EXCHANGE)))
    assert len(statements) > 40, "the statements were not seen"
    found = {
        statement: tables
        for statement, given in statements.items()
        if (tables := scans(store, statement, given) - ({"pair"} if FLEET.search(statement) else set()))
    }
    assert found == {}
    store.close()
    far.close()


@pytest.mark.sqlite
def test_a_scan_is_noticed(tmp_path: Path) -> None:
    store = store_at(tmp_path / "a.db")
    assert scans(store, "SELECT p.id FROM pair AS p WHERE p.uid = ?", ("x",)) == {"pair"}
    assert scans(store, "UPDATE event SET title = ? WHERE title = ?", ("x", "y")) == {"event"}
    assert scans(store, "SELECT id FROM event WHERE id = ?", (1,)) == set()
    store.close()
