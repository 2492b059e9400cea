"""Lists of servers that have their own ideas of a page."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from tests.contract.keeper import drained
from tests.contract.rest_keeper import EVENTS, KEYS, OWNER, RestKeeper, field_map
from vfadmin.calendars.rest import RestServer
from vfadmin.errors import CalendarError


@pytest.mark.parametrize("most", [2, 3])
def test_a_server_that_gives_less_than_was_asked_for_is_read_to_its_end(
    keeper: RestKeeper, most: int
) -> None:
    """R29: half a list would have events made twice."""
    spec = keeper.simulator._rows[EVENTS].spec
    keeper.simulator._rows[EVENTS].spec = replace(spec, page_limit=most)
    ids = {keeper.outside.create(f"Palaveri {number}") for number in range(9)}
    try:
        assert drained(keeper.calendar(), None)[0] == ids
    finally:
        keeper.simulator._rows[EVENTS].spec = spec


def drained_from(keeper: RestKeeper, ids: list[int], *lines: tuple[str, str]) -> set[str]:
    """What is read of a server that answers every list with these rows."""
    rows = [{"id": one, "ownerId": OWNER} for one in ids]
    server = RestServer(
        field_map(keeper.simulator, dict(lines)),
        KEYS.__getitem__,
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json=rows)),
    )
    return drained(server.calendar(OWNER), None)[0]


def test_a_server_that_knows_no_limit_is_read_at_once(keeper: RestKeeper) -> None:
    assert drained_from(keeper, [1, 2, 3], ("limit = 200", "limit = 2")) == {"1", "2", "3"}


@pytest.mark.parametrize(("ids", "lines"), [([1, 2], ()), ([1, 1], [("paging = true", "paging = false")])])
def test_a_list_that_repeats_itself_is_told_and_not_believed(
    keeper: RestKeeper, ids: list[int], lines: list[tuple[str, str]]
) -> None:
    if lines:
        # Read at once, it is taken as it is: nothing is counted twice.
        assert drained_from(keeper, ids, *lines) == {"1"}
        return
    with pytest.raises(CalendarError) as torn:
        drained_from(keeper, ids)
    assert torn.value.failure.code == "VF-REST-13"


def test_a_row_twice_in_one_page_is_a_torn_list(keeper: RestKeeper) -> None:
    with pytest.raises(CalendarError) as torn:
        drained_from(keeper, [1, 1, 2], ("limit = 200", "limit = 2"))
    assert torn.value.failure.code == "VF-REST-13"
