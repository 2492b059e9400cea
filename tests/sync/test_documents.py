"""What pairs, intents and history keep of an event is its JSON, and nothing of an earlier one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.contract.strategies import events
from tests.strategies import plain
from vfadmin.calendars.codec import from_json, to_json
from vfadmin.calendars.event import Event
from vfadmin.sync.documents import document


@given(st.lists(events(recurring=True), min_size=1, max_size=4))
def test_a_document_is_the_events_own(several: list[Event]) -> None:
    for event in [*several, *several]:
        assert document(event) == to_json(event)
        assert from_json(document(event)) == event


def test_one_event_is_put_into_words_once_unless_it_is_long() -> None:
    short, long = plain(text="lyhyt"), plain(text="pitkä " * 5_000)
    assert document(short) is document(plain(text="lyhyt"))
    assert document(long) == document(long) == to_json(long)
    assert document(long) is not document(long)
