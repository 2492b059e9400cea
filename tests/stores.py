"""Which database the stores of tests are kept in: SQLite, PostgreSQL, or one after the other.

`VFADMIN_TEST_STORE=postgresql` runs everything on PostgreSQL. Otherwise SQLite is used, and tests marked
`both_stores` run on both. A test marked `sqlite` is about the file and never runs on anything else, one
marked `postgresql` is about a server.
A store is known by a path all the same; on PostgreSQL a database of the test's own stands for the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SQLITE, POSTGRESQL = "sqlite", "postgresql"
VARIABLE = "VFADMIN_TEST_STORE"


@dataclass
class Stores:
    """What the running test uses, and the databases it has made."""

    usual: str = SQLITE
    kind: str = SQLITE
    made: dict[Path, str] = field(default_factory=dict)

    def url(self, path: Path) -> str:
        """The address of the store that is known by this path; its database is made if need be."""
        if self.kind == SQLITE:
            return f"sqlite:///{path.as_posix()}"
        from tests.postgresql import server

        if path not in self.made:
            self.made[path] = server().new_database()
        return server().url(self.made[path])

    def exists(self, path: Path) -> bool:
        """Whether the store has been made."""
        return path in self.made or path.exists()

    @contextmanager
    def using(self, kind: str) -> Iterator[None]:
        """Use that kind, and take away the databases that were made meanwhile."""
        before, self.kind, self.made = (self.kind, self.made), kind, {}
        try:
            yield
        finally:
            made = self.made
            self.kind, self.made = before
            for name in made.values():
                from tests.postgresql import server

                server().drop(name)


STORES = Stores()
_MARKED = {"sqlite": [SQLITE], "postgresql": [POSTGRESQL], "both_stores": [SQLITE, POSTGRESQL]}


def use_as_told() -> None:
    """Take over what the environment says; before the settings of a developer's are taken away."""
    told = os.environ.get(VARIABLE, SQLITE)
    if told not in {SQLITE, POSTGRESQL}:
        raise pytest.UsageError(f"{VARIABLE} is {SQLITE} or {POSTGRESQL}, not {told}")
    STORES.usual = STORES.kind = told


def examples(usual: int) -> int:
    """So many examples of a state machine; a fifth on a server, to which every step goes often."""
    return usual if STORES.usual == SQLITE else max(1, usual // 5)


def kinds_for(definition: pytest.Item) -> list[str]:
    """The kinds of store a test runs on, as the mark nearest to it says."""
    for mark in definition.iter_markers():
        if mark.name in _MARKED:
            return _MARKED[mark.name]
    return [STORES.usual]
