"""Which keepers the contract is put to. A keeper is a fixture that yields a `Keeper`, named here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.keeper import Keeper
from tests.contract.sql_keeper import SqlKeeper, opened_sql_keeper
from vfadmin.calendars.base import Calendar

KEEPERS = ["sql_keeper"]


@pytest.fixture
def sql_keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        yield keeper


@pytest.fixture(params=KEEPERS)
def keeper(request: pytest.FixtureRequest) -> Keeper:
    found: Keeper = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def calendar(keeper: Keeper) -> Iterator[Calendar]:
    calendar = keeper.calendar()
    yield calendar
    calendar.close()
