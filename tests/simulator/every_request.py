"""A valid request of every operation, with as much in it as the schema lets in, and ways to spoil one."""

from __future__ import annotations

import random
from collections.abc import Callable

from lxml import etree

from tests.simulator.wire import HEAD, distinguished, shape
from vfadmin.simulator.names import MESSAGES_NS, T

_ID = '<ty:ItemId Id="AAA" ChangeKey="ck"/>'
_FOLDER = '<ty:FolderId Id="fff" ChangeKey="fk"/>'
_PROPERTY = (
    '<ty:ExtendedFieldURI PropertySetId="00020329-0000-0000-c000-000000000046" PropertyName="x" '
    'PropertyType="String"/>'
)
_TAG = '<ty:ExtendedFieldURI PropertyTag="0x0E07" PropertyType="Integer"/>'
_NAMED = (
    '<ty:ExtendedFieldURI DistinguishedPropertySetId="Common" PropertyId="34" PropertyType="BinaryArray"/>'
)
_PATHS = (
    '<ty:FieldURI FieldURI="calendar:Start"/>'
    f'<ty:IndexedFieldURI FieldURI="item:InternetMessageHeader" FieldIndex="x"/>{_PROPERTY}{_TAG}{_NAMED}'
)
_FOLDER_SHAPE = (
    "<FolderShape><ty:BaseShape>Default</ty:BaseShape><ty:AdditionalProperties>"
    '<ty:FieldURI FieldURI="folder:FolderClass"/></ty:AdditionalProperties></FolderShape>'
)
_IDS = (
    f'<ItemIds>{_ID}<ty:OccurrenceItemId RecurringMasterId="AAA" InstanceIndex="3"/>'
    '<ty:RecurringMasterItemId OccurrenceId="BBB" ChangeKey="ck"/></ItemIds>'
)
_EXTENDED = (
    f"<ty:ExtendedProperty>{_PROPERTY}<ty:Value>v</ty:Value></ty:ExtendedProperty><ty:ExtendedProperty>"
    f"{_NAMED}<ty:Values><ty:Value>QQ==</ty:Value><ty:Value/></ty:Values></ty:ExtendedProperty>"
)
_ZONE = """<ty:{name} Id="Own" Name="Own zone"><ty:Periods><ty:Period Bias="-PT2H" Name="Standard" Id="s"/>
<ty:Period Bias="-PT3H0M0.0S" Name="Daylight" Id="d"/></ty:Periods><ty:TransitionsGroups>
<ty:TransitionsGroup Id="0"><ty:RecurringDayTransition><ty:To Kind="Period">d</ty:To>
<ty:TimeOffset>PT3H</ty:TimeOffset><ty:Month>3</ty:Month><ty:DayOfWeek>Sunday</ty:DayOfWeek>
<ty:Occurrence>-1</ty:Occurrence></ty:RecurringDayTransition><ty:RecurringDateTransition>
<ty:To Kind="Period">s</ty:To><ty:TimeOffset>PT4H</ty:TimeOffset><ty:Month>10</ty:Month><ty:Day>25</ty:Day>
</ty:RecurringDateTransition></ty:TransitionsGroup></ty:TransitionsGroups><ty:Transitions><ty:Transition>
<ty:To Kind="Group">0</ty:To></ty:Transition><ty:AbsoluteDateTransition><ty:To Kind="Group">0</ty:To>
<ty:DateTime>2020-01-01T00:00:00</ty:DateTime></ty:AbsoluteDateTransition></ty:Transitions></ty:{name}>"""
_PERSON = (
    "<ty:Mailbox><ty:Name>N</ty:Name><ty:EmailAddress>b@example.test</ty:EmailAddress>"
    "<ty:RoutingType>SMTP</ty:RoutingType><ty:MailboxType>Mailbox</ty:MailboxType></ty:Mailbox>"
)
_ATTENDEE = (
    f"<ty:Attendee>{_PERSON}<ty:ResponseType>Accept</ty:ResponseType>"
    "<ty:LastResponseTime>2026-03-11T08:00:00Z</ty:LastResponseTime></ty:Attendee>"
)
_PATTERNS = (
    (
        "<ty:RelativeYearlyRecurrence><ty:DaysOfWeek>Weekday</ty:DaysOfWeek><ty:DayOfWeekIndex>Last"
        "</ty:DayOfWeekIndex><ty:Month>March</ty:Month></ty:RelativeYearlyRecurrence>"
    ),
    (
        "<ty:AbsoluteYearlyRecurrence><ty:DayOfMonth>11</ty:DayOfMonth><ty:Month>March</ty:Month>"
        "</ty:AbsoluteYearlyRecurrence>"
    ),
    (
        "<ty:RelativeMonthlyRecurrence><ty:Interval>1</ty:Interval><ty:DaysOfWeek>Monday</ty:DaysOfWeek>"
        "<ty:DayOfWeekIndex>First</ty:DayOfWeekIndex></ty:RelativeMonthlyRecurrence>"
    ),
    (
        "<ty:AbsoluteMonthlyRecurrence><ty:Interval>2</ty:Interval><ty:DayOfMonth>11</ty:DayOfMonth>"
        "</ty:AbsoluteMonthlyRecurrence>"
    ),
    (
        "<ty:WeeklyRecurrence><ty:Interval>1</ty:Interval><ty:DaysOfWeek>Monday Wednesday</ty:DaysOfWeek>"
        "<ty:FirstDayOfWeek>Monday</ty:FirstDayOfWeek></ty:WeeklyRecurrence>"
    ),
    "<ty:DailyRecurrence><ty:Interval>1</ty:Interval></ty:DailyRecurrence>",
)
_RANGES = (
    "<ty:NoEndRecurrence><ty:StartDate>2026-03-11</ty:StartDate></ty:NoEndRecurrence>",
    (
        "<ty:EndDateRecurrence><ty:StartDate>2026-03-11+02:00</ty:StartDate><ty:EndDate>2027-03-11Z"
        "</ty:EndDate>"
        "</ty:EndDateRecurrence>"
    ),
    (
        "<ty:NumberedRecurrence><ty:StartDate>2026-03-11</ty:StartDate><ty:NumberOfOccurrences>5"
        "</ty:NumberOfOccurrences></ty:NumberedRecurrence>"
    ),
)


def _item(number: int) -> str:
    """A calendar item with all that may be given to one; of patterns and ranges one each."""
    recurrence = f"{_PATTERNS[number % len(_PATTERNS)]}{_RANGES[number % len(_RANGES)]}"
    zones = _ZONE.format(name="StartTimeZone") + '<ty:EndTimeZone Id="UTC"/>'
    return (
        '<ty:CalendarItem><ty:MimeContent CharacterSet="UTF-8">QQ==</ty:MimeContent>'
        "<ty:ItemClass>IPM.Appointment</ty:ItemClass><ty:Subject>s</ty:Subject>"
        '<ty:Sensitivity>Private</ty:Sensitivity><ty:Body BodyType="Text">b</ty:Body>'
        "<ty:Categories><ty:String>c</ty:String></ty:Categories><ty:Importance>High</ty:Importance>"
        "<ty:InReplyTo>x</ty:InReplyTo><ty:IsDraft>false</ty:IsDraft><ty:InternetMessageHeaders>"
        '<ty:InternetMessageHeader HeaderName="h">v</ty:InternetMessageHeader></ty:InternetMessageHeaders>'
        "<ty:ReminderDueBy>2026-03-11T08:00:00.5+02:00</ty:ReminderDueBy>"
        "<ty:ReminderIsSet>1</ty:ReminderIsSet><ty:ReminderMinutesBeforeStart>15"
        f"</ty:ReminderMinutesBeforeStart>{_EXTENDED}<ty:Culture>fi-FI</ty:Culture>"
        "<ty:Flag><ty:FlagStatus>Flagged</ty:FlagStatus></ty:Flag><ty:UID>u</ty:UID>"
        "<ty:Start>2026-03-11T08:00:00Z</ty:Start><ty:End>2026-03-11T09:00:00Z</ty:End>"
        "<ty:IsAllDayEvent>false</ty:IsAllDayEvent><ty:LegacyFreeBusyStatus>Busy</ty:LegacyFreeBusyStatus>"
        "<ty:Location>l</ty:Location><ty:IsResponseRequested>true</ty:IsResponseRequested>"
        f"<ty:RequiredAttendees>{_ATTENDEE}{_ATTENDEE}</ty:RequiredAttendees>"
        f"<ty:OptionalAttendees>{_ATTENDEE}</ty:OptionalAttendees><ty:Resources>{_ATTENDEE}</ty:Resources>"
        f"<ty:Recurrence>{recurrence}</ty:Recurrence>"
        '<ty:MeetingTimeZone TimeZoneName="x"><ty:BaseOffset>-PT2H</ty:BaseOffset><ty:Standard>'
        "<ty:Offset>PT0S</ty:Offset><ty:AbsoluteDate>2026-10-25</ty:AbsoluteDate><ty:Time>04:00:00</ty:Time>"
        '</ty:Standard><ty:Daylight TimeZoneName="d"><ty:Offset>-PT1H</ty:Offset>'
        f"{_PATTERNS[0]}<ty:Time>03:00:00Z</ty:Time></ty:Daylight></ty:MeetingTimeZone>{zones}"
        "<ty:ConferenceType>0</ty:ConferenceType><ty:AllowNewTimeProposal>true</ty:AllowNewTimeProposal>"
        "<ty:IsOnlineMeeting>false</ty:IsOnlineMeeting><ty:EnhancedLocation><ty:DisplayName>l"
        "</ty:DisplayName><ty:PostalAddress><ty:Street>s</ty:Street><ty:Latitude>60.2e0</ty:Latitude>"
        "<ty:LocationSource>Device</ty:LocationSource></ty:PostalAddress></ty:EnhancedLocation>"
        "<ty:DoNotForwardMeeting>true</ty:DoNotForwardMeeting></ty:CalendarItem>"
    )


def _search(name: str) -> str:
    constant = '<ty:FieldURIOrConstant><ty:Constant Value="1"/></ty:FieldURIOrConstant>'
    return f"<ty:{name}>{_PROPERTY}{constant}</ty:{name}>"


_RESTRICTION = (
    f"<Restriction><ty:And><ty:Or>{_search('IsEqualTo')}{_search('IsGreaterThan')}<ty:Not><ty:Exists>{_TAG}"
    f'</ty:Exists></ty:Not></ty:Or><ty:Excludes>{_TAG}<ty:Bitmask Value="0xf"/></ty:Excludes>'
    '<ty:Contains ContainmentMode="Prefixed" ContainmentComparison="Loose"><ty:FieldURI '
    'FieldURI="item:Subject"/><ty:Constant Value="s"/></ty:Contains></ty:And></Restriction>'
)
_SORT = (
    f'<SortOrder><ty:FieldOrder Order="Ascending">{_PROPERTY}</ty:FieldOrder><ty:FieldOrder '
    'Order="Descending"><ty:FieldURI FieldURI="item:Subject"/></ty:FieldOrder></SortOrder>'
)
_PARENTS = f"<ParentFolderIds>{_FOLDER}{distinguished('calendar', 'a@example.test')}</ParentFolderIds>"
_PAGE = 'MaxEntriesReturned="5" Offset="0" BasePoint="Beginning"'
_TO = f"<ToFolderId>{distinguished('deleteditems')}</ToFolderId>"
_KINDS = (
    "<ty:EventTypes><ty:EventType>CreatedEvent</ty:EventType><ty:EventType>MovedEvent</ty:EventType>"
    "</ty:EventTypes>"
)
_FULL_SHAPE = (
    "<ItemShape><ty:BaseShape>IdOnly</ty:BaseShape><ty:IncludeMimeContent>false</ty:IncludeMimeContent>"
    "<ty:BodyType>Text</ty:BodyType><ty:FilterHtmlContent>true</ty:FilterHtmlContent>"
    f"<ty:AdditionalProperties>{_PATHS}</ty:AdditionalProperties></ItemShape>"
)
OPERATIONS = (
    f"<GetFolder>{_FOLDER_SHAPE}<FolderIds>{_FOLDER}{distinguished('calendar')}</FolderIds></GetFolder>",
    (
        f'<FindFolder Traversal="Deep">{_FOLDER_SHAPE}<IndexedPageFolderView '
        f"{_PAGE}/>{_RESTRICTION}{_PARENTS}"
        "</FindFolder>"
    ),
    (
        f"<CreateFolder><ParentFolderId>{_FOLDER}</ParentFolderId><Folders><ty:CalendarFolder>"
        f"<ty:FolderClass>IPF.Appointment</ty:FolderClass><ty:DisplayName>n"
        f"</ty:DisplayName>{_EXTENDED}</ty:CalendarFolder>"
        "<ty:Folder><ty:DisplayName>m</ty:DisplayName></ty:Folder></Folders></CreateFolder>"
    ),
    f'<DeleteFolder DeleteType="SoftDelete"><FolderIds>{_FOLDER}</FolderIds></DeleteFolder>',
    (
        f"<SyncFolderHierarchy>{_FOLDER_SHAPE}<SyncFolderId>{_FOLDER}</SyncFolderId><SyncState>x</SyncState>"
        "</SyncFolderHierarchy>"
    ),
    (
        f"<SyncFolderItems>{_FULL_SHAPE}<SyncFolderId>{distinguished('calendar')}</SyncFolderId>"
        f"<SyncState>x</SyncState><Ignore>{_ID}{_ID}</Ignore><MaxChangesReturned>512</MaxChangesReturned>"
        "<SyncScope>NormalItems</SyncScope></SyncFolderItems>"
    ),
    (
        f'<FindItem Traversal="Shallow">{_FULL_SHAPE}<IndexedPageItemView {_PAGE}/>{_RESTRICTION}{_SORT}'
        f"{_PARENTS}</FindItem>"
    ),
    (
        f'<FindItem Traversal="Shallow">{shape()}<CalendarView MaxEntriesReturned="9" '
        f'StartDate="2026-03-11T08:00:00Z" EndDate="2026-04-11T08:00:00+02:00"/>{_PARENTS}</FindItem>'
    ),
    f"<GetItem>{_FULL_SHAPE}{_IDS}</GetItem>",
    (
        '<CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><SavedItemFolderId>'
        f"{_FOLDER}</SavedItemFolderId><Items>{''.join(_item(number) for number in range(6))}</Items>"
        f"</CreateItem>"
    ),
    (
        '<CreateItem MessageDisposition="SendAndSaveCopy"><Items><ty:AcceptItem><ty:Sensitivity>'
        'Normal</ty:Sensitivity><ty:Body BodyType="HTML">b</ty:Body><ty:ToRecipients>'
        f'{_PERSON}</ty:ToRecipients><ty:ReferenceItemId Id="AAA" ChangeKey="ck"/></ty:AcceptItem>'
        '<ty:DeclineItem><ty:ReferenceItemId Id="AAA"/></ty:DeclineItem></Items></CreateItem>'
    ),
    (
        '<UpdateItem ConflictResolution="NeverOverwrite" MessageDisposition="SaveOnly" '
        'SendMeetingInvitationsOrCancellations="SendToNone" SuppressReadReceipts="true"><ItemChanges>'
        f"<ty:ItemChange>{_ID}<ty:Updates><ty:SetItemField>{_PROPERTY}{_item(4)}</ty:SetItemField>"
        f'<ty:AppendToItemField><ty:FieldURI FieldURI="item:Body"/>{_item(0)}</ty:AppendToItemField>'
        f'<ty:DeleteItemField><ty:FieldURI FieldURI="item:Subject"/></ty:DeleteItemField></ty:Updates>'
        '</ty:ItemChange><ty:ItemChange><ty:OccurrenceItemId RecurringMasterId="AAA" InstanceIndex="1"/>'
        f"<ty:Updates><ty:DeleteItemField>{_TAG}</ty:DeleteItemField></ty:Updates></ty:ItemChange>"
        "</ItemChanges></UpdateItem>"
    ),
    (
        '<DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone" '
        f'AffectedTaskOccurrences="AllOccurrences">{_IDS}</DeleteItem>'
    ),
    f"<MoveItem>{_TO}{_IDS}<ReturnNewItemIds>true</ReturnNewItemIds></MoveItem>",
    f"<CopyItem>{_TO}{_IDS}</CopyItem>",
    (
        '<ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory" ContactDataShape="IdOnly">'
        f"{_PARENTS}<UnresolvedEntry>anna</UnresolvedEntry></ResolveNames>"
    ),
    (
        '<ConvertId DestinationFormat="HexEntryId"><SourceIds><ty:AlternateId Format="EwsId" Id="x" '
        'Mailbox="a@example.test" IsArchive="false"/></SourceIds></ConvertId>'
    ),
    (
        '<Subscribe><PullSubscriptionRequest SubscribeToAllFolders="false"><ty:FolderIds>'
        f"{_FOLDER}</ty:FolderIds>{_KINDS}<ty:Watermark>w</ty:Watermark><ty:Timeout>10</ty:Timeout>"
        "</PullSubscriptionRequest></Subscribe>"
    ),
    (
        f'<Subscribe><StreamingSubscriptionRequest SubscribeToAllFolders="true">{_KINDS}'
        "</StreamingSubscriptionRequest></Subscribe>"
    ),
    "<GetEvents><SubscriptionId>s</SubscriptionId><Watermark>w</Watermark></GetEvents>",
    "<Unsubscribe><SubscriptionId>s</SubscriptionId></Unsubscribe>",
    '<GetServerTimeZones ReturnFullTimeZoneData="true"><Ids><ty:Id>UTC</ty:Id></Ids></GetServerTimeZones>',
    (
        "<GetStreamingEvents><SubscriptionIds><ty:SubscriptionId>s</ty:SubscriptionId></SubscriptionIds>"
        "<ConnectionTimeout>30</ConnectionTimeout></GetStreamingEvents>"
    ),
)
_HEADER = (
    '<ty:RequestServerVersion Version="Exchange2016"/><ty:ExchangeImpersonation><ty:ConnectingSID>'
    "<ty:PrimarySmtpAddress>a@example.test</ty:PrimarySmtpAddress></ty:ConnectingSID>"
    "</ty:ExchangeImpersonation><ty:TimeZoneContext>"
    f"{_ZONE.format(name='TimeZoneDefinition')}</ty:TimeZoneContext>"
)


def envelope(operation: str) -> etree._Element:
    """A whole request."""
    header = f"<soapenv:Header>{_HEADER}</soapenv:Header>"
    return etree.fromstring(f"{HEAD}{header}<soapenv:Body>{operation}</soapenv:Body></soapenv:Envelope>")


# --- spoiling

_TEXTS = (
    "", " ", "x", "0", "-1", "1", "true", "TRUE", "513", "99999999999", " 5 ", "1.5", "2026-03-11",
    "P1D", "PT", "-P1Y2M3DT4H5M6.7S", "2026-02-29T08:00:00", "2026-03-11T08:00:00Z",
    "2026-03-11T24:00:00", "24:00:01", "2026-03-11T08:00:00+14:01", "0000-01-01T00:00:00Z", "Monday",
    "Monday Tuesday", "Day  Weekday", "IdOnly", "Normal", "SendToNone", "Busy", "QQ==", "Q Q = =", "fi",
    "fi_FI", "NaN", "1e5", "item:Subject", "item:Nothing", "message:From", "nothing:x", "0x12",
    "0x12345", "65536", "2629801", "1525252321", "\u00a05", "PublicStrings",
    "00020329-0000-0000-c000-000000000046", "First", "March", "Period", "calendar", "Beginning", "30",
    "31",
)  # fmt: skip
_ATTRIBUTES = (
    "Id", "ChangeKey", "Name", "BodyType", "PropertyTag", "PropertyName", "MessageDisposition", "Traversal",
    "SendMeetingInvitations", "Unheard", "Kind", "Value", "IsTruncated", "CharacterSet",
)  # fmt: skip
Spoil = Callable[[random.Random, list[etree._Element], etree._Element], None]


def _leave_out(_: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    parent = one.getparent()
    assert parent is not None
    parent.remove(one)


def _double(_: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    one.addnext(etree.fromstring(etree.tostring(one)))


def _swap(chance: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    parent = one.getparent()
    assert parent is not None
    chance.choice(list(parent)).addnext(one)


def _rename(chance: random.Random, everything: list[etree._Element], one: etree._Element) -> None:
    one.tag = chance.choice(
        [chance.choice(everything).tag, f"{T}Nothing", f"{{{MESSAGES_NS}}}ItemIds", "bare"]
    )


def _transplant(chance: random.Random, everything: list[etree._Element], one: etree._Element) -> None:
    one.insert(chance.randint(0, len(one)), etree.fromstring(etree.tostring(chance.choice(everything))))


def _rewrite(chance: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    one.text = chance.choice(_TEXTS)


def _strip(chance: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    if one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]


def _attribute(chance: random.Random, _all: list[etree._Element], one: etree._Element) -> None:
    known = [str(name) for name in one.attrib]
    one.set(chance.choice([*known, *known, chance.choice(_ATTRIBUTES)]), chance.choice(_TEXTS))


_WAYS: tuple[Spoil, ...] = (
    _leave_out, _double, _swap, _rename, _transplant, _rewrite, _rewrite, _rewrite, _strip,
    _attribute, _attribute,
)  # fmt: skip


def spoiled(operation: str, seed: int) -> etree._Element:
    """The request with one to three things changed, which may leave it valid."""
    chance = random.Random(seed)
    whole = envelope(operation)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        frame = {"Envelope", "Header", "Body", "RequestServerVersion"}
        everything = [one for one in whole.iter() if etree.QName(one).localname not in frame]
        top = {one for part in whole for one in part}
        inner = [one for one in everything if one not in top]
        way = chance.choice(_WAYS)
        if inner:
            way(chance, everything, chance.choice(inner if way in (*_WAYS[:4],) else everything))
    # As it is read: an empty text is none.
    return etree.fromstring(etree.tostring(whole))
