"""What is read from a request, over all it can be: filters, times, rules, ids, headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.simulator.config import MailboxSpec
from vfadmin.simulator.graph import identifiers, properties
from vfadmin.simulator.graph.errors import GraphError
from vfadmin.simulator.graph.filtering import parse_filter
from vfadmin.simulator.graph.moments import moment_json, read_instant, read_moment
from vfadmin.simulator.graph.patterns import read_recurrence, recurrence_json
from vfadmin.simulator.graph.prefer import parse_prefer
from vfadmin.simulator.graph.query import parse_expand, parse_query
from vfadmin.simulator.item import Address, ExtendedKey, Item
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.recurrence import MONTHS, WEEK, Recurrence

THEN = datetime(2026, 3, 11, 8, tzinfo=UTC)
YEARS = datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2100-01-01")
KINDS = ["Daily", "Weekly", "AbsoluteMonthly", "RelativeMonthly", "AbsoluteYearly", "RelativeYearly"]
ZONES = st.sampled_from(["UTC", "Europe/Helsinki", "FLE Standard Time", "America/New_York", "Asia/Tokyo"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.sampled_from(
    ["subject", "start/dateTime", "eq", "ge", "and", "or", "not", "(", ")", "'x'", "any", "c:", ",", "5",
     "true",      "contains(", "2026-03-11", "singleValueExtendedProperties/any(ep:", "ep/id", "cast("]
)  # fmt: skip


def taken(read: Callable[..., Any], *values: Any) -> Any:
    """What is read, or None where it is refused with a 400."""
    try:
        return read(*values)
    except GraphError as error:
        if error.status != 400:
            raise
        return None


def item(**values: Any) -> Item:
    given_values = {"start": THEN, "end": THEN + timedelta(hours=1)} | values
    return Item("i", "k", "f", "u", THEN, THEN, "", organizer=Address("", ""), **given_values)


@given(st.lists(WORDS, max_size=8))
def test_a_filter_is_a_test_or_a_400(parts: list[str]) -> None:
    test = taken(parse_filter, " ".join(parts))

    assert test is None or test(item()) in (True, False)


@given(TEXTS)
def test_any_text_for_a_filter_is_a_test_or_a_400(text: str) -> None:
    taken(parse_filter, text)


@given(TEXTS, TEXTS)
def test_a_quoted_text_is_compared_as_it_was_meant(kept: str, asked: str) -> None:
    quoted = asked.replace("'", "''")

    assert parse_filter(f"subject eq '{quoted}'")(item(subject=kept)) == (kept.casefold() == asked.casefold())
    assert parse_filter(f"subject eq '{quoted}'")(item(subject=asked))
    assert parse_filter(f"contains(subject,'{quoted}')")(item(subject=f"<{asked}>"))


@given(st.datetimes(*YEARS))
def test_a_filter_by_time_is_exact_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    text = moment.isoformat().replace("+00:00", "Z")

    assert parse_filter(f"start/dateTime ge '{text}'")(item(start=moment))
    assert not parse_filter(f"start/dateTime gt {text}")(item(start=moment))
    assert parse_filter(f"start/dateTime eq '{text[:-1]}.0000000'")(item(start=moment))


@given(st.datetimes(*YEARS), ZONES)
def test_a_time_is_read_as_its_clock_shows_it(wall: datetime, zone: str) -> None:
    wall = wall.replace(microsecond=0)

    read = read_moment({"dateTime": f"{wall.isoformat()}.0000000", "timeZone": zone}, "start")

    written = moment_json(read.instant, read.zone, zone)
    # An hour that the clock skips is the one after it.
    assert written["dateTime"] == f"{read.wall.isoformat()}.0000000" or abs(
        datetime.fromisoformat(written["dateTime"][:19]) - wall
    ) == timedelta(hours=1)
    assert read.instant == read_instant(f"{read.instant.isoformat()}", "start")


@given(TEXTS | st.none() | st.integers(), TEXTS | st.none())
def test_any_value_for_a_time_is_a_moment_or_a_400(text: Any, zone: Any) -> None:
    taken(read_moment, {"dateTime": text, "timeZone": zone}, "start")


@given(TEXTS)
def test_any_text_for_a_window_is_an_instant_or_a_400(text: str) -> None:
    found = taken(read_instant, text, "startDateTime")

    assert found is None or found.tzinfo is not None


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    kind = draw(st.sampled_from(KINDS))
    start = draw(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
    values: dict[str, Any] = {"interval": draw(st.integers(1, 50))}
    if kind == "Weekly":
        values["days"] = tuple(sorted(draw(st.sets(st.sampled_from(WEEK), min_size=1)), key=WEEK.index))
        values["first_day"] = draw(st.sampled_from(WEEK))
    if kind.startswith("Relative"):
        values["days"] = (draw(st.sampled_from([*WEEK, "Day", "Weekday", "WeekendDay"])),)
        values["index"] = draw(st.sampled_from(["First", "Second", "Third", "Fourth", "Last"]))
    if kind.startswith("Absolute"):
        values["day_of_month"] = draw(st.integers(1, 31))
    if kind.endswith("Yearly"):
        values["month"] = draw(st.sampled_from(MONTHS))
    end = draw(st.sampled_from(["none", "count", "end"]))
    if end == "count":
        values["count"] = draw(st.integers(1, 999))
    if end == "end":
        values["end"] = start + timedelta(days=draw(st.integers(0, 999)))
    return Recurrence(kind, start, **values)


@given(rules())
def test_a_rule_survives_being_written_and_read(rule: Recurrence) -> None:
    assert read_recurrence(recurrence_json(rule, "FLE Standard Time")) == (rule, "FLE Standard Time")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["pattern", "range", "type", "interval", "startDate", "daysOfWeek", "endDate"]), inner
    ),
    max_leaves=8,
)  # fmt: skip


@given(JSON)
def test_any_value_for_a_rule_is_one_or_a_400(value: Any) -> None:
    taken(read_recurrence, value)


@given(
    st.sampled_from(["String", "Integer", "Boolean", "SystemTime", "StringArray"]),
    st.uuids().map(str),
    TEXTS.filter(lambda name: bool(name.strip()) and name == name.strip()) | st.integers(0, 0xFFFF),
)
def test_the_id_of_a_property_survives_being_written_and_read(kind: str, guid: str, name: str | int) -> None:
    key = (
        ExtendedKey(kind, set_id=guid, name=name)
        if isinstance(name, str)
        else ExtendedKey(kind, set_id=guid, number=name)
    )

    assert properties.parse_id(properties.id_text(key)) == key
    assert properties.parse_id(properties.id_text(key).replace(guid, guid.upper())) == key


@given(TEXTS)
def test_any_text_for_a_property_id_is_one_or_a_400(text: str) -> None:
    taken(properties.parse_id, text)


BOX = Mailbox(MailboxSpec("a@example.test"))


@given(TEXTS, st.sampled_from(identifiers.FORMATS))
def test_any_text_for_an_id_is_one_or_none(text: str, form: str) -> None:
    assert identifiers.ews_form(text, form, BOX) is None
    assert identifiers.parse_immutable(text) is None


@given(st.integers(1, 2**48 - 1), st.dates() | st.none())
def test_an_immutable_id_survives_being_written_and_read(birth: int, day: Any) -> None:
    made = identifiers.ImmutableId(BOX.guid, birth, day)

    assert identifiers.parse_immutable(made.text) == made
    assert not set(made.text) & set("/+")


@given(TEXTS)
def test_any_text_for_preferences_and_expansions_is_read_or_a_400(text: str) -> None:
    taken(parse_prefer, text)
    taken(lambda: parse_expand(parse_query(f"$expand={text}")))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            'IdType="ImmutableId", outlook.timezone="Tokyo Standard Time"',
            (True, "Tokyo Standard Time", False, None),
        ),
        ('outlook.body-content-type="text"; odata.maxpagesize=50', (False, "UTC", True, 50)),
        ("idtype=immutableid,odata.maxpagesize=5000", (True, "UTC", False, 1000)),
        ("something=else, respond-async", (False, "UTC", False, None)),
    ],
)  # fmt: skip
def test_preferences_stand_together_in_one_header(header: str, expected: tuple[Any, ...]) -> None:
    found = parse_prefer(header)

    assert (found.immutable, found.zone, found.text, found.page) == expected


def test_expansions_of_several_kinds() -> None:
    key = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name a, (b) or 'c'"
    quoted = key.replace("'", "''")
    text = f"singleValueExtendedProperties($filter=id eq '{quoted}'),attachments,exceptionOccurrences"

    found = parse_expand(parse_query(f"$expand={text.replace(' ', '%20').replace('&', '%26')}"))

    assert found.single == frozenset([properties.parse_id(key)])
    assert (found.empty, found.exceptions) == (("attachments",), True)
