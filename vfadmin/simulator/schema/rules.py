"""The rules, a type to a line: its name, its content, its attributes (MS-OXWSCDATA and its siblings).

``Child:Type`` with ``?``, ``*`` or ``+`` is an element, ``( | )`` a choice, ``@Name:Type`` an attribute that
``!`` makes required and ``@*`` any of other namespaces, ``<Base`` what another type has before, ``=Type`` a
text, and ``any`` what is not looked into. Types that begin with ``xs:`` are XML Schema's. A line that is
indented goes on from the one before; a type's elements are of the namespace of its section.
"""

from __future__ import annotations

OPERATIONS = """
GetFolder FolderShape:FolderShape FolderIds:FolderIds
FindFolder FolderShape:FolderShape ( IndexedPageFolderView:IndexedPage | FractionalPageFolderView:any )?
    Restriction?:Restriction ParentFolderIds:FolderIds @Traversal!:FolderQueryTraversalType
CreateFolder ParentFolderId:TargetFolder Folders:Folders
DeleteFolder FolderIds:FolderIds @DeleteType!:DisposalType
SyncFolderHierarchy FolderShape:FolderShape SyncFolderId?:TargetFolder SyncState?:xs:string
SyncFolderItems ItemShape:ItemShape SyncFolderId:TargetFolder SyncState?:xs:string Ignore?:Ignored
    MaxChangesReturned:MaxSyncChangesReturnedType SyncScope?:SyncFolderItemsScopeType
FindItem ItemShape:ItemShape ( IndexedPageItemView:IndexedPage | FractionalPageItemView:any |
    SeekToConditionPageItemView:any | CalendarView:CalendarView | ContactsView:any )? ( GroupBy:any |
    DistinguishedGroupBy:any )? Restriction?:Restriction SortOrder?:SortOrder ParentFolderIds:FolderIds
    QueryString?:any @Traversal!:ItemQueryTraversalType
GetItem ItemShape:ItemShape ItemIds:ItemIds
CreateItem SavedItemFolderId?:TargetFolder Items:Items @MessageDisposition:MessageDispositionType
    @SendMeetingInvitations:CalendarItemCreateOrDeleteOperationType
UpdateItem SavedItemFolderId?:TargetFolder ItemChanges:ItemChanges
    @ConflictResolution!:ConflictResolutionType @MessageDisposition:MessageDispositionType
    @SendMeetingInvitationsOrCancellations:CalendarItemUpdateOperationType
    @SuppressReadReceipts:xs:boolean
DeleteItem ItemIds:ItemIds @DeleteType!:DisposalType
    @SendMeetingCancellations:CalendarItemCreateOrDeleteOperationType
    @AffectedTaskOccurrences:AffectedTaskOccurrencesType @SuppressReadReceipts:xs:boolean
MoveItem ToFolderId:TargetFolder ItemIds:ItemIds ReturnNewItemIds?:xs:boolean
CopyItem ToFolderId:TargetFolder ItemIds:ItemIds ReturnNewItemIds?:xs:boolean
ResolveNames ParentFolderIds?:FolderIds UnresolvedEntry:NonEmptyStringType
    @ReturnFullContactData!:xs:boolean @SearchScope:ResolveNamesSearchScopeType
    @ContactDataShape:DefaultShapeNamesType
ConvertId SourceIds:SourceIds @DestinationFormat!:IdFormatType
Subscribe ( PullSubscriptionRequest:PullSubscription | PushSubscriptionRequest:any |
    StreamingSubscriptionRequest:StreamingSubscription )
GetEvents SubscriptionId:NonEmptyStringType Watermark:NonEmptyStringType
Unsubscribe SubscriptionId:NonEmptyStringType
GetServerTimeZones Ids?:ZoneIds @ReturnFullTimeZoneData:xs:boolean
GetStreamingEvents SubscriptionIds:SubscriptionIds
    ConnectionTimeout:StreamingSubscriptionConnectionTimeoutType
"""

TYPES = """
TimeZoneContext TimeZoneDefinition:ZoneDefinition @*
ExchangeImpersonation ConnectingSID:ConnectingSID @*
ConnectingSID ( PrincipalName:NonEmptyStringType | SID:NonEmptyStringType |
    PrimarySmtpAddress:NonEmptyStringType | SmtpAddress:NonEmptyStringType )

FolderShape BaseShape:DefaultShapeNamesType AdditionalProperties?:Paths
ItemShape BaseShape:DefaultShapeNamesType IncludeMimeContent?:xs:boolean BodyType?:BodyTypeResponseType
    UniqueBodyType?:BodyTypeResponseType NormalizedBodyType?:BodyTypeResponseType
    FilterHtmlContent?:xs:boolean ConvertHtmlCodePageToUTF8?:xs:boolean InlineImageUrlTemplate?:xs:string
    BlockExternalImages?:xs:boolean AddBlankTargetToLinks?:xs:boolean MaximumBodySize?:xs:int
    AdditionalProperties?:Paths
Paths PATH+
FieldURI @FieldURI!:UnindexedFieldURIType
IndexedFieldURI @FieldURI!:DictionaryURIType @FieldIndex!:xs:string
ExtendedFieldURI @DistinguishedPropertySetId:DistinguishedPropertySetType @PropertySetId:GuidType
    @PropertyTag:PropertyTagType @PropertyName:xs:string @PropertyId:xs:int
    @PropertyType!:MapiPropertyTypeType

FolderIds ( FolderId:FolderId | DistinguishedFolderId:DistinguishedFolderId )+
TargetFolder ( FolderId:FolderId | DistinguishedFolderId:DistinguishedFolderId |
    AddressListId:AddressListId )
FolderId @Id!:xs:string @ChangeKey:xs:string
DistinguishedFolderId Mailbox?:EmailAddress @Id!:DistinguishedFolderIdNameType @ChangeKey:xs:string
AddressListId @Id!:xs:string
Folders ( Folder:Folder | CalendarFolder:CalendarFolder | ContactsFolder:ContactsFolder |
    SearchFolder:SearchFolder | TasksFolder:TasksFolder )+
BaseFolder FolderId?:FolderId ParentFolderId?:FolderId FolderClass?:xs:string DisplayName?:xs:string
    TotalCount?:xs:int ChildFolderCount?:xs:int ExtendedProperty*:ExtendedProperty
    ManagedFolderInformation?:any EffectiveRights?:any
    DistinguishedFolderId?:DistinguishedFolderIdNameType PolicyTag?:any ArchiveTag?:any ReplicaList?:any
Folder <BaseFolder PermissionSet?:any UnreadCount?:xs:int
CalendarFolder <BaseFolder SharingEffectiveRights?:any PermissionSet?:any
ContactsFolder <BaseFolder SharingEffectiveRights?:any PermissionSet?:any SourceId?:xs:string
    AccountName?:xs:string
SearchFolder <Folder SearchParameters?:any
TasksFolder <Folder

ItemIds ( ItemId:ItemId | OccurrenceItemId:OccurrenceItemId | RecurringMasterItemId:RecurringMasterItemId
    | RecurringMasterItemIdRanges:any )+
Ignored ItemId*:ItemId
ItemId @Id!:xs:string @ChangeKey:xs:string
OccurrenceItemId @RecurringMasterId!:xs:string @ChangeKey:xs:string @InstanceIndex!:xs:int
RecurringMasterItemId @OccurrenceId!:xs:string @ChangeKey:xs:string

IndexedPage @MaxEntriesReturned:xs:int @Offset!:xs:int @BasePoint!:IndexBasePointType
CalendarView @MaxEntriesReturned:xs:int @StartDate!:xs:dateTime @EndDate!:xs:dateTime
SortOrder FieldOrder+:FieldOrder
FieldOrder PATH @Order!:SortDirectionType
Restriction SEARCH
Exists PATH
Excludes PATH Bitmask:Bitmask
Bitmask @Value!:ExcludesAttributeType
Comparison PATH FieldURIOrConstant:FieldURIOrConstant
FieldURIOrConstant ( PATH | Constant:Constant )
Constant @Value!:xs:string
Contains PATH Constant:Constant @ContainmentMode:ContainmentModeType
    @ContainmentComparison:ContainmentComparisonType
Not SEARCH
Several SEARCH+

Items ( Item:any | Message:any | SharingMessage:any | CalendarItem:CalendarItem | Contact:any |
    DistributionList:any | MeetingMessage:any | MeetingRequest:any | MeetingResponse:any |
    MeetingCancellation:any | Task:any | PostItem:any | ReplyToItem:any | ForwardItem:any |
    ReplyAllToItem:any | AcceptItem:Response | TentativelyAcceptItem:Response | DeclineItem:Response |
    CancelCalendarItem:any | RemoveItem:any | SuppressReadReceipt:any | PostReplyItem:any |
    AcceptSharingInvitation:any | RoleMember:any | Network:any | Person:any )+
Response ItemClass?:xs:string Sensitivity?:SensitivityChoicesType Body?:Body Attachments?:any
    InternetMessageHeaders?:Headers Sender?:Recipient ToRecipients?:Recipients CcRecipients?:Recipients
    BccRecipients?:Recipients IsReadReceiptRequested?:xs:boolean IsDeliveryReceiptRequested?:xs:boolean
    From?:Recipient ReferenceItemId?:ItemId ProposedStart?:xs:dateTime ProposedEnd?:xs:dateTime

ItemChanges ItemChange+:ItemChange
ItemChange ( ItemId:ItemId | OccurrenceItemId:OccurrenceItemId |
    RecurringMasterItemId:RecurringMasterItemId ) Updates:Updates
    CalendarActivityData?:CalendarActivityData
CalendarActivityData ActivityAction:xs:string ClientId:xs:string CasRequestId:GuidType
    IndexSelected:xs:int
Updates ( AppendToItemField:SetField | SetItemField:SetField | DeleteItemField:DeleteField )+
SetField PATH ( Item:Item | Message:any | SharingMessage:any | CalendarItem:CalendarItem | Contact:any |
    DistributionList:any | MeetingMessage:any | MeetingRequest:any | MeetingResponse:any |
    MeetingCancellation:any | Task:any | PostItem:any | RoleMember:any | Network:any | Person:any )
DeleteField PATH

Item MimeContent?:MimeContent ItemId?:ItemId ParentFolderId?:FolderId ItemClass?:xs:string
    Subject?:xs:string Sensitivity?:SensitivityChoicesType Body?:Body Attachments?:any
    DateTimeReceived?:xs:dateTime Size?:xs:int Categories?:Strings Importance?:ImportanceChoicesType
    InReplyTo?:xs:string IsSubmitted?:xs:boolean IsDraft?:xs:boolean IsFromMe?:xs:boolean
    IsResend?:xs:boolean IsUnmodified?:xs:boolean InternetMessageHeaders?:Headers
    DateTimeSent?:xs:dateTime DateTimeCreated?:xs:dateTime ResponseObjects?:any
    ReminderDueBy?:xs:dateTime ReminderIsSet?:xs:boolean ReminderNextTime?:xs:dateTime
    ReminderMinutesBeforeStart?:ReminderMinutesBeforeStartType DisplayCc?:xs:string DisplayTo?:xs:string
    DisplayBcc?:xs:string HasAttachments?:xs:boolean ExtendedProperty*:ExtendedProperty
    Culture?:xs:language EffectiveRights?:any LastModifiedName?:xs:string LastModifiedTime?:xs:dateTime
    IsAssociated?:xs:boolean WebClientReadFormQueryString?:xs:string
    WebClientEditFormQueryString?:xs:string ConversationId?:ItemId UniqueBody?:Body Flag?:Flag
    StoreEntryId?:xs:base64Binary InstanceKey?:xs:base64Binary NormalizedBody?:Body
    EntityExtractionResult?:any PolicyTag?:any ArchiveTag?:any RetentionDate?:xs:dateTime
    Preview?:xs:string RightsManagementLicenseData?:any PredictedActionReasons?:any IsClutter?:xs:boolean
    BlockStatus?:xs:boolean HasBlockedImages?:xs:boolean TextBody?:Body IconIndex?:any
    SearchKey?:xs:base64Binary SortKey?:xs:long Hashtags?:Strings Mentions?:Recipients
    MentionedMe?:xs:boolean MentionsPreview?:any MentionsEx?:any AppliedHashtags?:any
    AppliedHashtagsPreview?:any Likes?:any LikesPreview?:any PendingSocialActivityTagIds?:Strings
    AtAllMention?:xs:boolean CanDelete?:xs:boolean InferenceClassification?:any
CalendarItem <Item UID?:xs:string RecurrenceId?:xs:dateTime DateTimeStamp?:xs:dateTime Start?:xs:dateTime
    End?:xs:dateTime OriginalStart?:xs:dateTime IsAllDayEvent?:xs:boolean
    LegacyFreeBusyStatus?:LegacyFreeBusyType Location?:xs:string When?:xs:string IsMeeting?:xs:boolean
    IsCancelled?:xs:boolean IsRecurring?:xs:boolean MeetingRequestWasSent?:xs:boolean
    IsResponseRequested?:xs:boolean CalendarItemType?:CalendarItemTypeType
    MyResponseType?:ResponseTypeType Organizer?:Recipient RequiredAttendees?:Attendees
    OptionalAttendees?:Attendees Resources?:Attendees InboxReminders?:any ConflictingMeetingCount?:xs:int
    AdjacentMeetingCount?:xs:int ConflictingMeetings?:any AdjacentMeetings?:any Duration?:xs:string
    TimeZone?:xs:string AppointmentReplyTime?:xs:dateTime AppointmentSequenceNumber?:xs:int
    AppointmentState?:xs:int Recurrence?:Recurrence FirstOccurrence?:any LastOccurrence?:any
    ModifiedOccurrences?:any DeletedOccurrences?:any MeetingTimeZone?:MeetingZone
    StartTimeZone?:ZoneDefinition EndTimeZone?:ZoneDefinition ConferenceType?:xs:int
    AllowNewTimeProposal?:xs:boolean IsOnlineMeeting?:xs:boolean MeetingWorkspaceUrl?:xs:string
    NetShowUrl?:xs:string EnhancedLocation?:Place StartWallClock?:xs:dateTime EndWallClock?:xs:dateTime
    StartTimeZoneId?:xs:string EndTimeZoneId?:xs:string IntendedFreeBusyStatus?:LegacyFreeBusyType
    JoinOnlineMeetingUrl?:xs:string OnlineMeetingSettings?:any IsOrganizer?:xs:boolean
    CalendarActivityData?:CalendarActivityData DoNotForwardMeeting?:xs:boolean
MimeContent =xs:string @CharacterSet:xs:string
Body =xs:string @BodyType!:BodyTypeType @IsTruncated:xs:boolean
Strings String*:xs:string
Headers InternetMessageHeader+:Header
Header =xs:string @HeaderName!:xs:string
ExtendedProperty ExtendedFieldURI:ExtendedFieldURI ( Value:xs:string | Values:Values )
Values Value+:xs:string
Flag FlagStatus:FlagStatusType StartDate?:xs:dateTime DueDate?:xs:dateTime CompleteDate?:xs:dateTime
Recipient Mailbox:EmailAddress
Recipients Mailbox*:EmailAddress
EmailAddress Name?:xs:string EmailAddress?:NonEmptyStringType RoutingType?:NonEmptyStringType
    MailboxType?:MailboxTypeType ItemId?:ItemId OriginalDisplayName?:xs:string
Attendees Attendee+:Attendee
Attendee Mailbox:EmailAddress ResponseType?:ResponseTypeType LastResponseTime?:xs:dateTime
    ProposedStart?:xs:dateTime ProposedEnd?:xs:dateTime
Place DisplayName:xs:string Annotation?:xs:string PostalAddress?:PostalAddress
PostalAddress Street?:xs:string City?:xs:string State?:xs:string Country?:xs:string PostalCode?:xs:string
    PostOfficeBox?:xs:string Type?:xs:string Latitude?:xs:double Longitude?:xs:double Accuracy?:xs:double
    Altitude?:xs:double AltitudeAccuracy?:xs:double FormattedAddress?:xs:string LocationUri?:xs:string
    LocationSource?:LocationSourceType

Recurrence ( RelativeYearlyRecurrence:RelativeYearly | AbsoluteYearlyRecurrence:AbsoluteYearly |
    RelativeMonthlyRecurrence:RelativeMonthly | AbsoluteMonthlyRecurrence:AbsoluteMonthly |
    WeeklyRecurrence:Weekly | DailyRecurrence:Daily ) ( NoEndRecurrence:NoEnd | EndDateRecurrence:EndDate
    | NumberedRecurrence:Numbered )
RelativeYearly DaysOfWeek:DayOfWeekType DayOfWeekIndex:DayOfWeekIndexType Month:MonthNamesType
AbsoluteYearly DayOfMonth:xs:int Month:MonthNamesType
RelativeMonthly Interval:xs:int DaysOfWeek:DayOfWeekType DayOfWeekIndex:DayOfWeekIndexType
AbsoluteMonthly Interval:xs:int DayOfMonth:xs:int
Weekly Interval:xs:int DaysOfWeek:DaysOfWeekType FirstDayOfWeek?:DayOfWeekType
Daily Interval:xs:int
NoEnd StartDate:xs:date
EndDate StartDate:xs:date EndDate:xs:date
Numbered StartDate:xs:date NumberOfOccurrences:xs:int

MeetingZone ( BaseOffset:xs:duration ( Standard:TimeChange Daylight:TimeChange )? )?
    @TimeZoneName:xs:string
TimeChange Offset:xs:duration ( RelativeYearlyRecurrence:RelativeYearly | AbsoluteDate:xs:date )?
    Time:xs:time @TimeZoneName:xs:string
ZoneDefinition ( Periods:Periods TransitionsGroups?:TransitionsGroups Transitions?:Transitions )?
    @Id:xs:string @Name:xs:string
Periods Period+:Period
Period @Bias:xs:duration @Name:xs:string @Id:xs:string
TransitionsGroups TransitionsGroup+:Transitions
Transitions ( Transition:Transition | AbsoluteDateTransition:AbsoluteDateTransition |
    RecurringDayTransition:RecurringDayTransition | RecurringDateTransition:RecurringDateTransition )+
    @Id:xs:string
Transition To:TransitionTarget
TransitionTarget =xs:string @Kind!:TransitionTargetKindType
AbsoluteDateTransition <Transition DateTime:xs:dateTime
RecurringDayTransition <Transition TimeOffset:xs:duration Month:xs:int DayOfWeek:DayOfWeekType
    Occurrence:xs:int
RecurringDateTransition <Transition TimeOffset:xs:duration Month:xs:int Day:xs:int
ZoneIds Id+:xs:string

PullSubscription FolderIds?:FolderIds EventTypes:EventTypes Watermark?:NonEmptyStringType
    Timeout:SubscriptionTimeoutType @SubscribeToAllFolders:xs:boolean
StreamingSubscription FolderIds?:FolderIds EventTypes:EventTypes @SubscribeToAllFolders:xs:boolean
EventTypes EventType+:NotificationEventTypeType
SubscriptionIds SubscriptionId+:NonEmptyStringType
SourceIds ( AlternateId:AlternateId | AlternatePublicFolderId:any | AlternatePublicFolderItemId:any )+
AlternateId @Format!:IdFormatType @Id!:xs:string @Mailbox!:NonEmptyStringType @IsArchive:xs:boolean
"""

ENUMERATIONS = """
AffectedTaskOccurrencesType AllOccurrences SpecifiedOccurrenceOnly
BodyTypeResponseType Best HTML Text
BodyTypeType HTML Text
CalendarItemCreateOrDeleteOperationType SendToNone SendOnlyToAll SendToAllAndSaveCopy
CalendarItemTypeType Single Occurrence Exception RecurringMaster
CalendarItemUpdateOperationType SendToNone SendOnlyToAll SendOnlyToChanged SendToAllAndSaveCopy
    SendToChangedAndSaveCopy
ConflictResolutionType NeverOverwrite AutoResolve AlwaysOverwrite
ContainmentComparisonType Exact IgnoreCase IgnoreNonSpacingCharacters Loose
    IgnoreCaseAndNonSpacingCharacters LooseAndIgnoreCase LooseAndIgnoreNonSpace
    LooseAndIgnoreCaseAndIgnoreNonSpace
ContainmentModeType FullString Prefixed Substring PrefixOnWords ExactPhrase
DayOfWeekIndexType First Second Third Fourth Last
DayOfWeekType Sunday Monday Tuesday Wednesday Thursday Friday Saturday Day Weekday WeekendDay
DefaultShapeNamesType IdOnly Default AllProperties PcxPeopleSearch
DictionaryURIType item:InternetMessageHeader contacts:ImAddress contacts:PhysicalAddress:Street
    contacts:PhysicalAddress:City contacts:PhysicalAddress:State contacts:PhysicalAddress:CountryOrRegion
    contacts:PhysicalAddress:PostalCode contacts:PhoneNumber contacts:EmailAddress
    distributionlist:Members:Member
DisposalType HardDelete SoftDelete MoveToDeletedItems
DistinguishedFolderIdNameType calendar contacts deleteditems drafts inbox journal notes outbox sentitems
    tasks msgfolderroot publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot
    recoverableitemsdeletions recoverableitemsversions recoverableitemspurges
    recoverableitemsdiscoveryholds archiveroot archivemsgfolderroot archivedeleteditems archiveinbox
    archiverecoverableitemsroot archiverecoverableitemsdeletions archiverecoverableitemsversions
    archiverecoverableitemspurges archiverecoverableitemsdiscoveryholds syncissues conflicts
    localfailures serverfailures recipientcache quickcontacts conversationhistory adminauditlogs
    todosearch mycontacts directory imcontactlist peopleconnect favorites mecontact personmetadata
    teamspaceactivity teamspacemessaging teamspaceworkitems scheduled orionnotes tagitems alltaggeditems
    externalcontacts teamchat teamchathistory yammerroot yammerinbound yammeroutbound yammerfeeds
    onedriveroot onedriverecylebin onedrivesystem onedrivevolume important starred archive
DistinguishedPropertySetType Meeting Appointment Common PublicStrings Address InternetHeaders
    CalendarAssistant UnifiedMessaging Task Sharing
FlagStatusType NotFlagged Flagged Complete
FolderQueryTraversalType Shallow Deep SoftDeleted
IdFormatType EwsLegacyId EwsId EntryId HexEntryId StoreId OwaId
ImportanceChoicesType Low Normal High
IndexBasePointType Beginning End
ItemQueryTraversalType Shallow SoftDeleted Associated
LegacyFreeBusyType Free Tentative Busy OOF WorkingElsewhere NoData
LocationSourceType None LocationServices PhonebookServices Device Contact Resource
MailboxTypeType Unknown OneOff Mailbox PublicDL PrivateDL Contact PublicFolder GroupMailbox
    ImplicitContact
MapiPropertyTypeType ApplicationTime ApplicationTimeArray Binary BinaryArray Boolean CLSID CLSIDArray
    Currency CurrencyArray Double DoubleArray Error Float FloatArray Integer IntegerArray Long LongArray
    Null Object ObjectArray Short ShortArray SystemTime SystemTimeArray String StringArray
MessageDispositionType SaveOnly SendOnly SendAndSaveCopy
MonthNamesType January February March April May June July August September October November December
NotificationEventTypeType CopiedEvent CreatedEvent DeletedEvent ModifiedEvent MovedEvent NewMailEvent
    FreeBusyChangedEvent
ResolveNamesSearchScopeType ActiveDirectory ActiveDirectoryContacts Contacts ContactsActiveDirectory
ResponseTypeType Unknown Organizer Tentative Accept Decline NoResponseReceived
SensitivityChoicesType Normal Personal Private Confidential
SortDirectionType Ascending Descending
SyncFolderItemsScopeType NormalItems NormalAndAssociatedItems
TransitionTargetKindType Period Group
"""
