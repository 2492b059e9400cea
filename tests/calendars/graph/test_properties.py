"""What an event's own properties say of how it came to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vfadmin.calendars.base import Mark
from vfadmin.calendars.graph import properties
from vfadmin.calendars.graph.properties import BROUGHT, KEY, WRITTEN

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
UID = "040000008200E00074C5B7101A82E008"
CREATED = {KEY: "k", **properties.of_creation(Mark("k", "s"), NOW)}


@pytest.mark.parametrize(
    ("own", "created", "later"),
    [
        ({}, NOW, False),
        (CREATED, NOW, False),
        (CREATED, None, False),
        (CREATED, LATER, True),
        ({KEY: "k"}, NOW, True),
        ({**CREATED, KEY: "another"}, LATER, True),
        ({KEY: "k", BROUGHT: UID.lower()}, LATER, False),
        ({KEY: "k", BROUGHT: f"{UID}00"}, LATER, True),
        ({KEY: "k", BROUGHT: "-", WRITTEN: "2026-03-02T07:00:00Z"}, NOW, False),
        ({KEY: "k", BROUGHT: "-", WRITTEN: "2026-03-02T07:05:00Z"}, NOW, False),
        ({KEY: "k", BROUGHT: "-", WRITTEN: "2026-03-02T07:00:00Z"}, LATER, True),
    ],
    ids=[
        "without a key",
        "as it was created",
        "whose creation nobody tells",
        "a copy",
        "born in Exchange, or a copy of that",
        "a copy that has a key of its own, or a copy of that",
        "created over EWS",
        "a copy of what was created over EWS",
        "made anew over EWS",
        "made anew over EWS and written to since",
        "a copy of what was made anew over EWS",
    ],
)
def test_a_key_was_there_from_the_beginning_or_came_later(
    own: dict[str, str], created: datetime | None, later: bool
) -> None:
    assert properties.is_keyed_later(own, UID, created) is later
    assert not properties.is_keyed_later({KEY: "k", BROUGHT: UID}, None, created)
