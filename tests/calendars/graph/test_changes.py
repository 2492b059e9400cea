"""Pages of a view's delta: what they change, and what the next cursor is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.calendars.base import ChangedId
from vfadmin.calendars.graph.changes import Round, Span, State, first_path, span_at, state_of
from vfadmin.calendars.graph.links import relative

ROOT = "https://graph.microsoft.com/v1.0"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DELTA = f"{ROOT}/users/a/calendars/c/calendarView/delta?$deltatoken=2"
STATE = State("/users/a/calendars/c/calendarView/delta?$deltatoken=1", NOW + timedelta(days=50), NOW)


def page(*entries: dict[str, Any], link: str = "@odata.deltaLink", to: str = DELTA) -> dict[str, Any]:
    return {"value": list(entries), link: to}


def single(item_id: str) -> dict[str, Any]:
    return {
        "id": item_id,
        "type": "singleInstance",
        "@odata.etag": 'W/"1"',
        "end": {"dateTime": "2026-12-01T10:00:30.0000000", "timeZone": "UTC"},
    }


def removed(item_id: str) -> dict[str, Any]:
    return {"id": item_id, "@removed": {"reason": "deleted"}}


def test_a_change_carries_its_version_and_its_end() -> None:
    told, after = Round(STATE, listing=False).page(page(single("A")), NOW, ROOT)
    assert told.changed == (ChangedId("A", 'W/"1"', datetime(2026, 12, 1, 10, tzinfo=UTC)),)
    assert (told.last, told.listing, told.deleted) == (True, False, ())
    assert after.state.link.endswith("$deltatoken=2")
    assert state_of(told.cursor) == after.state


def test_occurrences_stand_for_their_series_which_keeps_its_version() -> None:
    master = {"id": "M", "type": "seriesMaster", "changeKey": "7"}
    others = [{"id": f"O{number}", "type": "occurrence", "seriesMasterId": "M"} for number in range(9)]
    told, after = Round(STATE, listing=True).page(page(others[0], master, *others), NOW, ROOT)
    assert told.changed == (ChangedId("M", 'W/"7"'),)
    assert after.state.masters == {"M"}


def test_a_removed_occurrence_makes_every_known_series_be_looked_at() -> None:
    """Its id does not tell whose it is; over Graph a deleted occurrence may come as nothing else."""
    state = State(STATE.link, STATE.renewed, NOW, frozenset({"M1", "M2"}))
    told, after = Round(state, listing=False).page(page(removed("O7"), single("A")), NOW, ROOT)
    assert [one.id for one in told.changed] == ["M1", "M2", "A"]
    assert told.deleted == ("O7",)
    told, after = Round(state, listing=False).page(page(removed("M1")), NOW, ROOT)
    assert [one.id for one in told.changed] == ["M2"]
    assert after.state.masters == {"M2"}


def test_the_last_word_on_an_id_counts() -> None:
    told, _ = Round(STATE, listing=False).page(page(removed("A"), single("A")), NOW, ROOT)
    assert ([one.id for one in told.changed], told.deleted) == (["A"], ())
    told, _ = Round(STATE, listing=False).page(page(single("A"), removed("A")), NOW, ROOT)
    assert (told.changed, told.deleted) == ((), ("A",))


def test_an_idle_look_leaves_the_cursor_as_it_is_for_half_a_day() -> None:
    told, _ = Round(STATE, listing=False).page(page(), NOW + timedelta(hours=11), ROOT)
    assert told.cursor == STATE.text()
    told, _ = Round(STATE, listing=False).page(page(), NOW + timedelta(hours=13), ROOT)
    assert told.cursor != STATE.text()


def test_pages_in_between_are_not_the_last() -> None:
    nexts = f"{ROOT}/users/a/calendars/c/calendarView/delta?$skiptoken=5"
    told, after = Round(STATE, listing=True).page(
        page(single("A"), link="@odata.nextLink", to=nexts), NOW, ROOT
    )
    assert (told.last, after.listing, after.state.link[-11:]) == (False, True, "skiptoken=5")


@pytest.mark.parametrize(
    "body",
    [
        {"value": []},
        page(to="https://example.com/v1.0/x?$deltatoken=2"),
        page(to="http://graph.microsoft.com/v1.0/x"),
    ],
)
def test_a_page_that_leads_nowhere_or_elsewhere_is_refused(body: dict[str, Any]) -> None:
    """R27: a link to another host would be sent our token."""
    with pytest.raises(ValueError, match="link"):
        Round(STATE, listing=False).page(body, NOW, ROOT)


@given(back=st.integers(0, 3650), ahead=st.integers(0, 3650))
def test_a_window_covers_what_is_synchronised_until_it_is_renewed(back: int, ahead: int) -> None:
    span = span_at(NOW, back, ahead)
    assert span.end - span.start <= timedelta(days=1_825)
    assert span.start <= NOW - timedelta(days=back)
    assert span.renewed > NOW
    if back + ahead < 1_600:
        assert span.end >= span.renewed + timedelta(days=ahead)


def test_the_first_page_names_the_window() -> None:
    path = first_path("/users/a/calendars/c", Span(NOW, NOW + timedelta(days=1), NOW))
    assert path.endswith(
        "/calendarView/delta?startDateTime=2026-11-23T08:00:00Z&endDateTime=2026-11-24T08:00:00Z"
    )


@given(st.text())
def test_no_stored_text_breaks_the_reader(text: str) -> None:
    assert state_of(text) is None or isinstance(state_of(text), State)


def test_relative_links_keep_their_query() -> None:
    assert relative(DELTA, ROOT) == "/users/a/calendars/c/calendarView/delta?$deltatoken=2"
