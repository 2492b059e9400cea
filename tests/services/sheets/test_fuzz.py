"""Files that were damaged on the way, or made by nobody: they are read, or refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.services.loads import everybody, told
from tests.services.sheets.files import corpus
from vfadmin.errors import UsageError
from vfadmin.services.bulk_import import ImportPlan, ImportResult, Verdict
from vfadmin.services.context import Services
from vfadmin.services.progress import Progress
from vfadmin.services.sheets.apart import read_grid_apart
from vfadmin.services.sheets.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, NoSheetError, UnreadableError
from vfadmin.services.sheets.kinds import OLE, ZIP
from vfadmin.services.sheets.reader import read_grid

FILES = {name: content for name, content in corpus().items() if not name.startswith(("pilkku", "sarkain"))}
NATIVE = {name: content for name, content in FILES.items() if content.startswith((OLE, ZIP))}
WORKBOOK = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"
LOOSE = settings(
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def read(content: bytes, reader: Callable[[bytes], Grid] = read_grid) -> Grid | None:
    try:
        return reader(content)
    except (UnreadableError, NoSheetError):
        return None


def assert_within_limits(grid: Grid | None) -> None:
    if grid is not None:
        assert len(grid.rows) <= ROW_LIMIT + 20
        assert max(map(len, grid.rows), default=0) <= COLUMN_LIMIT + 1000


def damaged(content: bytes, data: st.DataObject) -> bytes:
    torn = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(torn) - 1)))
        match data.draw(st.sampled_from(("turn", "cut", "double", "put"))):
            case "turn":
                torn[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
            case "cut":
                del torn[at : at + data.draw(st.integers(1, 200))]
            case "double":
                torn[at:at] = torn[at : at + data.draw(st.integers(1, 200))]
            case _:
                torn[at:at] = data.draw(st.binary(max_size=20))
    return bytes(torn)


@pytest.mark.parametrize("name", sorted(FILES.keys() - NATIVE.keys()))
@settings(LOOSE, max_examples=20)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    assert_within_limits(read(damaged(FILES[name], data)))


@pytest.mark.parametrize("name", sorted(NATIVE))
@settings(LOOSE, deadline=timedelta(seconds=15), max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_apart(name: str, data: st.DataObject) -> None:
    """The native reader takes gigabytes for some of these, or ends its process."""
    assert_within_limits(read(damaged(NATIVE[name], data), read_grid_apart))


@settings(LOOSE, max_examples=200)
@given(content=st.binary(max_size=400))
@example(content=b"<table><tr><td colspan=0>")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert_within_limits(read(content))


@settings(LOOSE, max_examples=150)
@given(
    start=st.sampled_from(("<html><table>", WORKBOOK, "sep=;\n", "")),
    text=st.text(alphabet=st.sampled_from('<>/tdrowspan="; \n,abcå&#x1;\t'), max_size=200),
)
def test_any_text_is_read_or_refused(start: str, text: str) -> None:
    assert_within_limits(read((start + text).encode()))


@settings(LOOSE, deadline=timedelta(seconds=15), max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(name=st.sampled_from(sorted(FILES)), data=st.data())
def test_r26_a_damaged_list_is_refused_or_applied_as_it_was_shown(
    services: Services, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    path = tmp_path / "lista.xls"
    path.write_bytes(damaged(FILES[name], data))
    before = everybody(services)
    plan = checked(services, path)
    assert everybody(services) == before
    if isinstance(plan, str):
        assert plan.startswith("VF-IMPORT-")
        return
    result = services.bulk_import.apply(plan)
    assert len(everybody(services)) == len(before) + plan.count(Verdict.CREATE)
    assert [told(row) for row in result.rejected] == [told(row) for row in plan.rows if row.failure]


class Stops(Progress):
    """Is cancelled at the so manieth step, from another thread as it were."""

    def __init__(self, after: int) -> None:
        super().__init__(0)
        self._left = after

    def step(self, count: int = 1) -> None:
        self._left -= 1
        self.cancelled = self._left < 0
        super().step(count)


@settings(LOOSE, deadline=timedelta(seconds=15), max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(name=st.sampled_from(sorted(FILES)), after=st.integers(0, 6), data=st.data())
def test_r26_a_damaged_list_is_applied_as_a_whole_or_not_at_all(
    services: Services, tmp_path: Path, name: str, after: int, data: st.DataObject
) -> None:
    """Wherever it is stopped: what was written by then is gone again, audit trail and undo included."""
    path = tmp_path / "lista.xls"
    path.write_bytes(damaged(FILES[name], data))
    plan = checked(services, path)
    if isinstance(plan, str):
        return
    before, batches = everybody(services), services.bulk_import.batches()
    companies = services.directory.companies()
    result = applied(services, plan, Stops(after))
    if isinstance(result, str):
        assert result == "VF-IMPORT-20"
        assert everybody(services) == before
        assert (services.bulk_import.batches(), services.directory.companies()) == (batches, companies)
    else:
        assert (result.created, result.updated) == (plan.count(Verdict.CREATE), plan.count(Verdict.UPDATE))
        assert len(everybody(services)) == len(before) + result.created


def applied(services: Services, plan: ImportPlan, progress: Progress) -> ImportResult | str:
    try:
        return services.bulk_import.apply(plan, progress=progress)
    except UsageError as error:
        return error.failure.code


def checked(services: Services, path: Path) -> ImportPlan | str:
    try:
        return services.bulk_import.check(path)
    except UsageError as error:
        return error.failure.code
