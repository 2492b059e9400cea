"""GetItem and FindItem."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.simulator.wire import Answer, Wire, distinguished
from vfadmin.simulator import OutlookUser, Simulator

START = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def event(anna: OutlookUser, subject: str, days: int = 0, **more: Any) -> str:
    start = START + timedelta(days=days)
    return anna.create(subject=subject, start=start, end=start + HOUR, **more)


def subjects(answer: Answer) -> list[str]:
    return answer.texts("Subject")


def equal(uri: str, value: str, comparison: str = "IsEqualTo") -> str:
    return (
        f'<ty:{comparison}><ty:FieldURI FieldURI="{uri}"/><ty:FieldURIOrConstant>'
        f'<ty:Constant Value="{value}"/>'
        f"</ty:FieldURIOrConstant></ty:{comparison}>"
    )


def where(expression: str) -> str:
    return f"<Restriction>{expression}</Restriction>"


# --- GetItem


def test_all_properties_come_in_schema_order_with_their_values(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(
        anna,
        "Palaveri",
        body_text="Hei\nsinä",
        location="Sali",
        categories=("Sininen",),
        time_zone="Europe/Helsinki",
    )

    answer = wire.get(item_id, base="AllProperties")

    assert answer.text("Start") == "2026-03-11T08:00:00Z"
    assert answer.text("Duration") == "PT1H"
    assert answer.text("TimeZone") == "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius"
    zone = answer.root.find(".//{*}StartTimeZone")
    assert zone is not None
    assert zone.get("Id") == "FLE Standard Time"
    assert (answer.text("CalendarItemType"), answer.text("MyResponseType")) == ("Single", "Organizer")
    assert (answer.text("EmailAddress"), answer.text("IsMeeting")) == ("a@example.test", "false")
    assert answer.text("MimeContent") is None
    assert answer.root.find(".//{*}ExtendedProperty") is None


def test_a_body_comes_as_html_or_as_text_with_crlf(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x", body_text="Hei\nsinä <3")

    html = wire.get(item_id, "item:Body").text("Body")
    text = wire.get(item_id, "item:Body", body="Text").text("Body")
    view = wire.get(item_id, "item:TextBody").text("TextBody")

    assert html is not None
    assert "Hei<br>\r\nsinä &lt;3" in html
    assert (text, view) == ("Hei\r\nsinä <3\r\n", "Hei\r\nsinä <3\r\n")


def test_the_text_body_came_with_2013(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x")

    assert wire.get(item_id, "item:TextBody", version="Exchange2010_SP2").fault == "ErrorSchemaValidation"


def test_an_old_request_gets_the_meetings_zone_and_not_the_new_ones(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x", time_zone="Europe/Helsinki")

    answer = wire.get(item_id, base="AllProperties", version="Exchange2007_SP1")

    zone = answer.root.find(".//{*}MeetingTimeZone")
    assert zone is not None
    assert zone.get("TimeZoneName") == "FLE Standard Time"
    assert answer.root.find(".//{*}StartTimeZone") is None


def test_mime_content_is_a_bare_calendar_with_its_zone(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "Pää, tös; " + "ä" * 60, time_zone="Europe/Helsinki", reminder_minutes=10)

    content = wire.get(item_id, "item:MimeContent").text("MimeContent")

    text = base64.b64decode(content or "").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "BEGIN:VTIMEZONE\r\nTZID:FLE Standard Time\r\n" in text
    assert "DTSTART;TZID=FLE Standard Time:20260311T100000\r\n" in text
    assert "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "SUMMARY;LANGUAGE=en-US:Pää\\, tös\\; " in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("item_id", "code"),
    [("", "ErrorInvalidIdEmpty"), ("AAA=", "ErrorInvalidIdMalformed"), ("ö", "ErrorInvalidIdMalformed")],
)
def test_a_wrong_id_is_an_error_of_its_own(wire: Wire, item_id: str, code: str) -> None:
    assert wire.get(item_id).codes == [code]


def test_an_id_is_case_sensitive_and_unknown_once_its_item_is_gone(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x")
    assert wire.get(item_id.swapcase()).codes == ["ErrorInvalidIdMalformed"]

    anna.delete(item_id)

    assert wire.get(item_id).codes == ["ErrorItemNotFound"]


def test_nobody_elses_items_are_there(wire: Wire, sim: Simulator) -> None:
    item_id = event(sim.outlook("b@example.test"), "private")

    assert wire.get(item_id).codes == ["ErrorItemNotFound"]


def test_a_property_no_schema_has_is_a_fault(wire: Wire, anna: OutlookUser) -> None:
    assert wire.get(event(anna, "x"), "item:Colour").fault == "ErrorSchemaValidation"


def test_carriage_returns_and_markup_survive_the_answer(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, 'A & B < C > "D"', body_text="a\r\nb")

    answer = wire.get(item_id, "item:Subject", "item:Body", body="Text")

    assert (answer.text("Subject"), answer.text("Body")) == ('A & B < C > "D"', "a\r\nb\r\n")


def test_five_hundred_items_come_in_one_answer(wire: Wire, anna: OutlookUser) -> None:
    ids = [event(anna, f"n {number}", days=number % 30, body_text="b") for number in range(500)]
    references = "".join(f'<ty:ItemId Id="{item_id}"/>' for item_id in ids)

    answer = wire.post(
        "<GetItem><ItemShape><ty:BaseShape>AllProperties</ty:BaseShape></ItemShape>"
        f"<ItemIds>{references}</ItemIds></GetItem>"
    )

    assert subjects(answer) == [f"n {number}" for number in range(500)]


# --- FindItem


def test_listings_never_carry_bodies(wire: Wire, anna: OutlookUser) -> None:
    event(anna, "x", body_text="long")

    assert wire.find("", "item:Subject", "item:Body").text("Body") is None


def test_an_empty_folder_ends_its_paging(wire: Wire) -> None:
    root = wire.find().root.find(".//{*}RootFolder")

    assert root is not None
    assert (root.get("IncludesLastItemInRange"), root.get("TotalItemsInView")) == ("true", "0")


def test_a_calendar_view_takes_what_touches_the_window_by_start(wire: Wire, anna: OutlookUser) -> None:
    for subject, days in (("late", 3), ("in", 1), ("first", 0), ("outside", 9)):
        event(anna, subject, days)
    view = '<CalendarView StartDate="2026-03-11T08:30:00Z" EndDate="2026-03-14T08:30:00Z" {}/>'

    assert subjects(wire.find(view.format(""), "item:Subject")) == ["first", "in", "late"]
    some = wire.find(view.format('MaxEntriesReturned="2"'), "item:Subject")
    root = some.root.find(".//{*}RootFolder")
    assert root is not None
    assert (subjects(some), root.get("IncludesLastItemInRange")) == (["first", "in"], "false")


@pytest.mark.parametrize(
    ("view", "folder", "code"),
    [
        (('StartDate="2026-03-12T00:00:00Z" '
'EndDate="2026-03-11T00:00:00Z"'), "calendar", "ErrorCalendarEndDateIsEarlierThanStartDate"),
        (('StartDate="2020-01-01T00:00:00Z" '
'EndDate="2026-03-11T00:00:00Z"'), "calendar", "ErrorCalendarViewRangeTooBig"),
        (('StartDate="2026-01-01T00:00:00Z" '
'EndDate="2026-03-11T00:00:00Z"'), "inbox", "ErrorCalendarFolderIsInvalidForCalendarView"),
    ],
)  # fmt: skip
def test_a_view_that_makes_no_sense_is_refused(wire: Wire, view: str, folder: str, code: str) -> None:
    assert wire.find(f"<CalendarView {view}/>", parent=distinguished(folder)).codes == [code]


def test_items_come_in_pages_to_the_last(wire: Wire, anna: OutlookUser) -> None:
    for number in range(5):
        event(anna, str(number))
    order = (
        '<SortOrder><ty:FieldOrder Order="Ascending"><ty:FieldURI '
        'FieldURI="item:Subject"/></ty:FieldOrder></SortOrder>'
    )
    view = '<IndexedPageItemView MaxEntriesReturned="2" Offset="{}" BasePoint="Beginning"/>' + order

    pages = [wire.find(view.format(offset), "item:Subject") for offset in (0, 2, 4)]

    assert [subjects(page) for page in pages] == [["0", "1"], ["2", "3"], ["4"]]
    roots = [page.root.find(".//{*}RootFolder") for page in pages]
    assert [root.get("IncludesLastItemInRange") for root in roots if root is not None] == [
        "false",
        "false",
        "true",
    ]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (equal("item:Subject", "AAMU"), ["Aamu"]),
        (equal("calendar:Start", "2026-03-12T08:00:00Z", "IsGreaterThanOrEqualTo"), ["Ilta", "Yö"]),
        (f"<ty:Not>{equal('item:Subject', 'Yö')}</ty:Not>", ["Aamu", "Ilta"]),
        ((f"<ty:And>{equal('item:Sensitivity', 'Private')}{equal('calendar:LegacyFreeBusyStatus', 'Free')}"
"</ty:And>"), ["Yö"]),
        (f"<ty:Or>{equal('item:Subject', 'Yö')}{equal('item:Subject', 'Aamu')}</ty:Or>", ["Aamu", "Yö"]),
        (equal("item:Categories", "sininen"), ["Ilta"]),
        (equal("item:ReminderMinutesBeforeStart", "20", "IsLessThan"), ["Aamu", "Ilta"]),
        (equal("calendar:IsAllDayEvent", "true"), []),
        (('<ty:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase">'
'<ty:FieldURI FieldURI="item:Subject"/>'
         '<ty:Constant Value="M"/></ty:Contains>'), ["Aamu"]),
        (('<ty:Contains ContainmentMode="Prefixed" ContainmentComparison="Loose">'
'<ty:FieldURI FieldURI="item:Subject"/>'
         '<ty:Constant Value="yo"/></ty:Contains>'), ["Yö"]),
        (('<ty:Contains ContainmentMode="FullString" ContainmentComparison="Exact">'
'<ty:FieldURI FieldURI="item:Subject"/>'
         '<ty:Constant Value="aamu"/></ty:Contains>'), []),
        ('<ty:Exists><ty:FieldURI FieldURI="item:Categories"/></ty:Exists>', ["Ilta"]),
    ],
)  # fmt: skip
def test_restrictions_find_what_they_say(
    wire: Wire, anna: OutlookUser, expression: str, found: list[str]
) -> None:
    event(anna, "Aamu")
    event(anna, "Ilta", 1, categories=("Sininen",), reminder_minutes=5)
    event(anna, "Yö", 2, sensitivity="Private", show_as="Free", reminder_minutes=60)

    assert sorted(subjects(wire.find(where(expression), "item:Subject"))) == found


def test_own_properties_can_be_searched(wire: Wire) -> None:
    uri = (
        '<ty:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" '
        'PropertyName="{}" PropertyType="{}"/>'
    )
    key, number = uri.format("key", "String"), uri.format("n", "Integer")
    for value, subject in (("1", "one"), ("20", "two")):
        wire.create(
            f"<ty:Subject>{subject}</ty:Subject><ty:ExtendedProperty>{key}<ty:Value>k{value}</ty:Value></ty:ExtendedProperty>"
            f"<ty:ExtendedProperty>{number}<ty:Value>{value}</ty:Value></ty:ExtendedProperty>"
        )
    wire.create("<ty:Subject>none</ty:Subject>")

    def found(expression: str) -> list[str]:
        return sorted(subjects(wire.find(where(expression), "item:Subject")))

    constant = '<ty:FieldURIOrConstant><ty:Constant Value="{}"/></ty:FieldURIOrConstant>'
    assert found(f"<ty:IsEqualTo>{key}{constant.format('k1')}</ty:IsEqualTo>") == ["one"]
    assert found(f"<ty:IsGreaterThan>{number}{constant.format('3')}</ty:IsGreaterThan>") == ["two"]
    assert found(f"<ty:Exists>{key}</ty:Exists>") == ["one", "two"]


def test_a_uid_cannot_be_searched(wire: Wire) -> None:
    assert wire.find(where(equal("calendar:UID", "x"))).codes == ["ErrorUnsupportedPathForQuery"]
