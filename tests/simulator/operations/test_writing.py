"""CreateItem and UpdateItem."""

from __future__ import annotations

import pytest

from tests.simulator.wire import Wire, setting, times
from vfadmin.simulator import OutlookUser, Simulator, named

GUID = "6f6bd32b-1c1b-4c6e-9f0f-1a8a0a1b2c3d"
KEY = f'<ty:ExtendedFieldURI PropertySetId="{GUID}" PropertyName="key" PropertyType="String"/>'


def test_create_gives_an_id_and_keeps_what_it_was_given(wire: Wire, anna: OutlookUser) -> None:
    answer = wire.create(
        "<ty:Subject>Palaveri &amp; kahvit</ty:Subject><ty:Sensitivity>Private</ty:Sensitivity>"
        "<ty:Categories><ty:String>Sininen</ty:String></ty:Categories>"
        "<ty:ReminderIsSet>true</ty:ReminderIsSet><ty:ReminderMinutesBeforeStart>30</ty:ReminderMinutesBeforeStart>"
        f"{times()}<ty:LegacyFreeBusyStatus>OOF</ty:LegacyFreeBusyStatus><ty:Location>Sali</ty:Location>"
    )

    (item_id, key) = answer.item_ids()[0]
    item = anna.item(item_id)
    assert (len(item_id), len(key)) == (152, 40)
    assert (item.subject, item.sensitivity, item.show_as, item.location) == (
        "Palaveri & kahvit", "Private", "OOF", "Sali",
    )  # fmt: skip
    assert (item.categories, item.reminder_minutes) == (("Sininen",), 30)
    assert item.change_key == key


def test_a_reminder_of_a_quarter_of_an_hour_is_set_where_none_is_given(wire: Wire, anna: OutlookUser) -> None:
    item_id = wire.create(times()).item_ids()[0][0]

    assert anna.item(item_id).reminder_minutes == 15


def test_create_without_saying_who_is_told_is_refused(wire: Wire, anna: OutlookUser) -> None:
    answer = wire.post(
        f"<CreateItem><Items><ty:CalendarItem>{times()}</ty:CalendarItem></Items></CreateItem>"
    )

    assert answer.codes == ["ErrorSendMeetingInvitationsRequired"]
    assert anna.items() == []


def test_seconds_are_dropped(wire: Wire) -> None:
    item_id = wire.create(times("2026-03-11T08:00:59Z", "2026-03-11T09:30:31.5Z")).item_ids()[0][0]

    answer = wire.get(item_id, "calendar:Start", "calendar:End")

    assert (answer.text("Start"), answer.text("End")) == ("2026-03-11T08:00:00Z", "2026-03-11T09:30:00Z")


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (
            "2026-03-11T10:00:00+02:00",
            "2026-03-11T11:00:00+02:00",
            ("2026-03-10T22:00:00Z", "2026-03-11T22:00:00Z"),
        ),
        ("2026-03-10T22:00:00Z", "2026-03-11T22:00:00Z", ("2026-03-10T22:00:00Z", "2026-03-11T22:00:00Z")),
        ("2026-03-28T22:00:00Z", "2026-03-28T22:00:00Z", ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")),
    ],
)
def test_an_all_day_event_runs_from_midnight_to_midnight_in_its_zone(
    wire: Wire, start: str, end: str, kept: tuple[str, str]
) -> None:
    item_id = wire.create(
        f"<ty:Start>{start}</ty:Start><ty:End>{end}</ty:End><ty:IsAllDayEvent>true</ty:IsAllDayEvent>"
        '<ty:StartTimeZone Id="FLE Standard Time"/>'
    ).item_ids()[0][0]

    answer = wire.get(item_id, "calendar:Start", "calendar:End")

    assert (answer.text("Start"), answer.text("End")) == kept


def test_times_without_an_offset_are_in_the_zone_of_the_request(wire: Wire, anna: OutlookUser) -> None:
    context = '<ty:TimeZoneContext><ty:TimeZoneDefinition Id="FLE Standard Time"/></ty:TimeZoneContext>'
    item_id = wire.create(times("2026-07-01T10:00:00", "2026-07-01T11:00:00"), header=context).item_ids()[0][
        0
    ]

    item = anna.item(item_id)

    assert item.start.isoformat() == "2026-07-01T07:00:00+00:00"
    assert item.start_zone == "FLE Standard Time"


def test_a_zone_nobody_knows_is_refused(wire: Wire) -> None:
    assert wire.create(times() + '<ty:StartTimeZone Id="Mars Standard Time"/>').codes == ["ErrorTimeZone"]


def test_an_end_before_the_start_is_refused(wire: Wire, anna: OutlookUser) -> None:
    answer = wire.create(times("2026-03-11T09:00:00Z", "2026-03-11T08:00:00Z"))

    assert answer.codes == ["ErrorCalendarEndDateIsEarlierThanStartDate"]
    assert anna.items() == []


def test_a_subject_ends_at_255_characters(wire: Wire) -> None:
    assert wire.create(f"<ty:Subject>{'ä' * 255}</ty:Subject>{times()}").codes == ["NoError"]
    assert wire.create(f"<ty:Subject>{'ä' * 256}</ty:Subject>{times()}").codes == [
        "ErrorItemSavePropertyError"
    ]


def test_elements_out_of_order_are_a_schema_violation(wire: Wire) -> None:
    answer = wire.create(f"{times()}<ty:Subject>late</ty:Subject>")

    assert (answer.status, answer.fault) == (500, "ErrorSchemaValidation")


def test_the_uid_is_settable_at_creation_only(wire: Wire, anna: OutlookUser) -> None:
    made = wire.create(f"<ty:UID>own-uid</ty:UID>{times()}").item_ids()[0]
    own = wire.create(times()).item_ids()[0][0]

    assert anna.item(made[0]).uid == "own-uid"
    assert anna.item(own).uid.startswith("040000008200E00074C5B7101A82E008")
    assert wire.update(made, setting("calendar:UID", "<ty:UID>x</ty:UID>")).codes == [
        "ErrorInvalidPropertySet"
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<ty:DateTimeCreated>2020-01-01T00:00:00Z</ty:DateTimeCreated>",
        "<ty:LastModifiedTime>2020-01-01T00:00:00Z</ty:LastModifiedTime>",
    ],
)
def test_the_servers_own_times_are_not_writable(wire: Wire, inner: str) -> None:
    assert wire.create(inner + times()).codes == ["ErrorInvalidPropertySet"]


@pytest.mark.parametrize(("version", "status"), [("Exchange2010_SP2", 500), ("Exchange2013", 200)])
def test_working_elsewhere_came_with_2013(wire: Wire, version: str, status: int) -> None:
    answer = wire.create(
        f"{times()}<ty:LegacyFreeBusyStatus>WorkingElsewhere</ty:LegacyFreeBusyStatus>", version=version
    )

    assert answer.status == status
    assert answer.fault == (None if status == 200 else "ErrorSchemaValidation")


def test_items_are_made_in_calendars_only(wire: Wire) -> None:
    assert wire.create(times(), folder="inbox").codes == ["ErrorCannotCreateCalendarItemInNonCalendarFolder"]


def test_one_bad_item_does_not_stop_the_others(wire: Wire, anna: OutlookUser) -> None:
    bad = "<ty:CalendarItem><ty:IsMeeting>true</ty:IsMeeting></ty:CalendarItem>"
    good = f"<ty:CalendarItem><ty:Subject>good</ty:Subject>{times()}</ty:CalendarItem>"

    answer = wire.post(
        f'<CreateItem SendMeetingInvitations="SendToNone"><Items>{bad}{good}</Items></CreateItem>'
    )

    assert answer.codes == ["ErrorInvalidPropertySet", "NoError"]
    assert [item.subject for item in anna.items()] == ["good"]


# --- updates


def made(wire: Wire, properties: str = "<ty:Subject>first</ty:Subject>") -> tuple[str, str]:
    return wire.create(properties + times()).item_ids()[0]


def test_an_update_moves_the_change_key_and_keeps_the_id(wire: Wire, anna: OutlookUser) -> None:
    item = made(wire)

    answer = wire.update(item, setting("item:Subject", "<ty:Subject>second</ty:Subject>"))

    ((new_id, new_key),) = answer.item_ids()
    assert (new_id, new_key != item[1]) == (item[0], True)
    assert anna.item(new_id).subject == "second"


def test_a_stale_change_key_is_refused_and_changes_nothing(wire: Wire, anna: OutlookUser) -> None:
    item = made(wire)
    anna.touch(item[0])

    answer = wire.update(item, setting("item:Subject", "<ty:Subject>second</ty:Subject>"))

    assert answer.codes == ["ErrorIrresolvableConflict"]
    assert anna.item(item[0]).subject == "first"


@pytest.mark.parametrize("conflict", ["AutoResolve", "AlwaysOverwrite"])
def test_other_resolutions_take_a_stale_change_key(wire: Wire, anna: OutlookUser, conflict: str) -> None:
    item = made(wire)
    anna.touch(item[0])

    answer = wire.update(item, setting("item:Subject", "<ty:Subject>second</ty:Subject>"), conflict=conflict)

    assert answer.codes == ["NoError"]
    assert anna.item(item[0]).subject == "second"


@pytest.mark.parametrize(
    ("key", "code"),
    [("", "ErrorChangeKeyRequiredForWriteOperations"), ("bm90IGEga2V5", "ErrorInvalidChangeKey")],
)
def test_a_change_key_is_asked_for(wire: Wire, key: str, code: str) -> None:
    item_id = made(wire)[0]

    assert wire.update((item_id, key), setting("item:Subject", "<ty:Subject>x</ty:Subject>")).codes == [code]


def test_an_update_says_who_is_told(wire: Wire) -> None:
    item = made(wire)
    answer = wire.post(
        f'<UpdateItem ConflictResolution="AutoResolve"><ItemChanges><ty:ItemChange><ty:ItemId Id="{item[0]}" '
        f'ChangeKey="{item[1]}"/><ty:Updates>{setting("item:Subject", "<ty:Subject>x</ty:Subject>")}'
        "</ty:Updates>"
        "</ty:ItemChange></ItemChanges></UpdateItem>"
    )

    assert answer.codes == ["ErrorSendMeetingInvitationsOrCancellationsRequired"]


def test_fields_are_deleted_to_their_defaults(wire: Wire, anna: OutlookUser) -> None:
    item = made(
        wire,
        (
            "<ty:Subject>s</ty:Subject><ty:Sensitivity>Private</ty:Sensitivity>"
            '<ty:Body BodyType="Text">b</ty:Body>'
        ),
    )
    changes = "".join(
        f'<ty:DeleteItemField><ty:FieldURI FieldURI="{uri}"/></ty:DeleteItemField>'
        for uri in ("item:Subject", "item:Sensitivity", "item:Body", "item:ReminderIsSet")
    )

    wire.update(item, changes)

    view = anna.item(item[0])
    assert (view.subject, view.sensitivity, view.body_html, view.reminder_minutes) == ("", "Normal", "", None)


def test_a_start_cannot_be_deleted(wire: Wire) -> None:
    change = '<ty:DeleteItemField><ty:FieldURI FieldURI="calendar:Start"/></ty:DeleteItemField>'

    assert wire.update(made(wire), change).codes == ["ErrorInvalidPropertyDelete"]


def test_text_is_appended_to_a_body(wire: Wire, anna: OutlookUser) -> None:
    item = made(wire, '<ty:Body BodyType="Text">one</ty:Body>')
    change = (
        '<ty:AppendToItemField><ty:FieldURI FieldURI="item:Body"/>'
        '<ty:CalendarItem><ty:Body BodyType="Text">two'
        "</ty:Body></ty:CalendarItem></ty:AppendToItemField>"
    )

    wire.update(item, change)

    assert anna.item(item[0]).body_text == "one\r\ntwo\r\n"


def test_a_property_must_be_the_one_that_was_named(wire: Wire) -> None:
    change = setting("item:Subject", "<ty:Location>x</ty:Location>")

    assert wire.update(made(wire), change).codes == ["ErrorUpdatePropertyMismatch"]


def test_an_event_is_moved_by_start_and_end_together(wire: Wire, anna: OutlookUser) -> None:
    item = made(wire)
    start = setting("calendar:Start", "<ty:Start>2026-04-01T08:00:00Z</ty:Start>")
    end = setting("calendar:End", "<ty:End>2026-04-01T09:00:00Z</ty:End>")

    assert wire.update(item, start).codes == ["ErrorCalendarEndDateIsEarlierThanStartDate"]
    assert wire.update(item, start + end).codes == ["NoError"]
    assert anna.item(item[0]).start.isoformat() == "2026-04-01T08:00:00+00:00"


# --- own properties


def test_own_properties_travel_with_the_same_request(wire: Wire, anna: OutlookUser) -> None:
    item = wire.create(
        f"<ty:ExtendedProperty>{KEY}<ty:Value>k-1</ty:Value></ty:ExtendedProperty>{times()}"
    ).item_ids()[0]
    change = (
        f"<ty:SetItemField>{KEY}<ty:CalendarItem><ty:ExtendedProperty>{KEY}<ty:Value>k-2</ty:Value>"
        "</ty:ExtendedProperty></ty:CalendarItem></ty:SetItemField>"
    )

    before = wire.get(item[0], extended=KEY).text("Value")
    wire.update(item, change + setting("item:Subject", "<ty:Subject>x</ty:Subject>"))

    assert (before, named(anna.item(item[0]).extended, "key", GUID)) == ("k-1", "k-2")


def test_a_property_set_has_one_key_under_both_of_its_names(wire: Wire) -> None:
    public = (
        '<ty:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" '
        'PropertyName="k" PropertyType="String"/>'
    )
    guid = (
        '<ty:ExtendedFieldURI PropertySetId="00020329-0000-0000-C000-000000000046" '
        'PropertyName="k" PropertyType="String"/>'
    )
    item_id = wire.create(
        f"<ty:ExtendedProperty>{public}<ty:Value>v</ty:Value></ty:ExtendedProperty>{times()}"
    ).item_ids()[0][0]

    answer = wire.get(item_id, extended=guid)

    assert answer.text("Value") == "v"
    assert answer.items[0].find(".//*[@PropertySetId]") is not None


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("Integer", "0042", "42"),
        ("Boolean", "1", "true"),
        ("SystemTime", "2026-03-10T12:00:00+02:00", "2026-03-10T10:00:00Z"),
        ("Double", "1.50", "1.5"),
        ("Binary", "AAECAw==", "AAECAw=="),
    ],
)
def test_property_values_are_kept_by_their_type(wire: Wire, kind: str, value: str, kept: str) -> None:
    uri = f'<ty:ExtendedFieldURI PropertySetId="{GUID}" PropertyName="typed" PropertyType="{kind}"/>'
    item_id = wire.create(
        f"<ty:ExtendedProperty>{uri}<ty:Value>{value}</ty:Value></ty:ExtendedProperty>{times()}"
    ).item_ids()[0][0]

    assert wire.get(item_id, extended=uri).text("Value") == kept


def test_an_array_of_strings_keeps_its_members(wire: Wire) -> None:
    uri = '<ty:ExtendedFieldURI PropertyTag="0x3A4F" PropertyType="StringArray"/>'
    values = "<ty:Values><ty:Value>a</ty:Value><ty:Value>b</ty:Value></ty:Values>"
    item_id = wire.create(f"<ty:ExtendedProperty>{uri}{values}</ty:ExtendedProperty>{times()}").item_ids()[0][
        0
    ]

    assert wire.get(item_id, extended=uri).texts("Value") == ["a", "b"]


@pytest.mark.parametrize(
    ("uri", "value", "code"),
    [
        ('PropertyTag="0x8001" PropertyType="String"', "x", "ErrorNoPropertyTagForCustomProperties"),
        (f'PropertySetId="{GUID}" PropertyType="String"', "x", "ErrorInvalidExtendedProperty"),
        (
            f'PropertySetId="{GUID}" PropertyName="n" PropertyType="Integer"',
            "x",
            "ErrorInvalidExtendedPropertyValue",
        ),
        (
            f'PropertySetId="{GUID}" PropertyName="n" PropertyType="StringArray"',
            "x",
            "ErrorInvalidExtendedPropertyValue",
        ),
    ],
)
def test_properties_that_make_no_sense_are_refused(wire: Wire, uri: str, value: str, code: str) -> None:
    property_xml = (
        f"<ty:ExtendedProperty><ty:ExtendedFieldURI {uri}/><ty:Value>{value}</ty:Value></ty:ExtendedProperty>"
    )

    assert wire.create(property_xml + times()).codes == [code]


# --- meetings


GUESTS = (
    "<ty:RequiredAttendees><ty:Attendee><ty:Mailbox><ty:EmailAddress>b@example.test</ty:EmailAddress></ty:Mailbox>"
    "</ty:Attendee></ty:RequiredAttendees>"
)


def test_a_meeting_made_for_none_to_know_sends_nothing(wire: Wire, sim: Simulator) -> None:
    item = wire.create(times() + GUESTS).item_ids()[0]
    answer = wire.get(
        item[0], "calendar:IsMeeting", "calendar:MyResponseType", "calendar:MeetingRequestWasSent"
    )
    wire.update(item, setting("item:Subject", "<ty:Subject>x</ty:Subject>"))
    wire.delete(item[0])

    assert (answer.text("IsMeeting"), answer.text("MyResponseType")) == ("true", "Organizer")
    assert answer.text("MeetingRequestWasSent") == "false"
    assert sim.outbox == []


@pytest.mark.parametrize("send", ["SendOnlyToAll", "SendToAllAndSaveCopy"])
def test_every_mail_that_would_go_out_is_in_the_outbox(wire: Wire, sim: Simulator, send: str) -> None:
    item = wire.create(f"<ty:Subject>Kokous</ty:Subject>{times()}{GUESTS}", send=send).item_ids()[0]
    item = wire.update(
        item, setting("calendar:Location", "<ty:Location>Sali</ty:Location>"), send=send
    ).item_ids()[0]
    wire.delete(item[0], send=send)

    assert [mail.kind for mail in sim.outbox] == ["MeetingRequest", "MeetingUpdate", "MeetingCancellation"]
    assert {mail.recipients for mail in sim.outbox} == {("b@example.test",)}
    assert sim.outbox[0].sender == "a@example.test"


def test_only_those_who_changed_are_told(wire: Wire, sim: Simulator) -> None:
    item = wire.create(times() + GUESTS, send="SendOnlyToAll").item_ids()[0]
    others = GUESTS.replace("b@example.test", "room@example.test")
    wire.update(item, setting("calendar:RequiredAttendees", others), send="SendOnlyToChanged")

    assert [(mail.kind, mail.recipients) for mail in sim.outbox[1:]] == [
        ("MeetingUpdate", ("room@example.test",)),
        ("MeetingCancellation", ("b@example.test",)),
    ]


def test_a_series_shows_as_a_master(wire: Wire) -> None:
    pattern = (
        "<ty:Recurrence><ty:WeeklyRecurrence><ty:Interval>1</ty:Interval><ty:DaysOfWeek>Monday</ty:DaysOfWeek>"
        "</ty:WeeklyRecurrence><ty:NoEndRecurrence><ty:StartDate>2026-03-09</ty:StartDate></ty:NoEndRecurrence></ty:Recurrence>"
    )
    item_id = wire.create(times() + pattern).item_ids()[0][0]

    answer = wire.get(item_id, "calendar:CalendarItemType", "calendar:Recurrence")

    assert answer.text("CalendarItemType") == "RecurringMaster"
    assert answer.text("DaysOfWeek") == "Monday"
