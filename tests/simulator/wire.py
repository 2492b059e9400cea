"""A bare EWS client for tests: SOAP over requests, with prefixes of its own."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

import requests
from lxml import etree

from vfadmin.simulator import Simulator
from vfadmin.simulator.names import ERRORS_NS, M, S, T

HEAD = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:ty="http://schemas.microsoft.com/exchange/services/2006/types" '
    'xmlns="http://schemas.microsoft.com/exchange/services/2006/messages">'
)
EVENTS = ("CreatedEvent", "ModifiedEvent", "DeletedEvent", "MovedEvent", "CopiedEvent")


@dataclass(frozen=True)
class Answer:
    """An answer, with shortcuts to what tests look at."""

    status: int
    root: etree._Element = field(repr=False)

    @property
    def messages(self) -> list[etree._Element]:
        return self.root.findall(f"{S}Body/*/{M}ResponseMessages/*")

    @property
    def codes(self) -> list[str]:
        return [message.findtext(f"{M}ResponseCode", "") for message in self.messages]

    @property
    def fault(self) -> str | None:
        return self.root.findtext(f".//{{{ERRORS_NS}}}ResponseCode")

    @property
    def items(self) -> list[etree._Element]:
        return list(self.root.iter(f"{T}CalendarItem"))

    def text(self, name: str) -> str | None:
        found = self.root.find(f".//{T}{name}")
        return (found.text or "") if found is not None else None

    def texts(self, name: str) -> list[str]:
        return [element.text or "" for element in self.root.iter(f"{T}{name}")]

    def item_ids(self) -> list[tuple[str, str]]:
        return [(e.get("Id", ""), e.get("ChangeKey", "")) for e in self.root.iter(f"{T}ItemId")]

    def folder_id(self) -> str:
        found = self.root.find(f".//{T}FolderId")
        assert found is not None
        return found.get("Id", "")

    def message(self, name: str) -> str | None:
        return self.root.findtext(f".//{M}{name}")


class Wire:
    """Posts operations as one person; `version` is the request's schema version."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(simulator.ca_file)
        token = base64.b64encode(f"{simulator.account}:{simulator.password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {token}", "Content-Type": "text/xml; charset=utf-8"}

    def close(self) -> None:
        self.session.close()

    def post(
        self,
        operation: str,
        *,
        person: str | None = "a@example.test",
        version: str | None = "Exchange2013",
        header: str = "",
    ) -> Answer:
        if person is not None:
            header = impersonating("PrimarySmtpAddress", person) + header
        if version is not None:
            header = f'<ty:RequestServerVersion Version="{version}"/>' + header
        envelope = (
            f"{HEAD}<soapenv:Header>{header}</soapenv:Header><soapenv:Body>{operation}"
            "</soapenv:Body></soapenv:Envelope>"
        )
        return self.send(envelope.encode())

    def send(self, body: bytes) -> Answer:
        response = self.session.post(self.simulator.ews_url, body, headers=self.headers, timeout=30)
        return Answer(response.status_code, etree.fromstring(response.content))

    def create(
        self, properties: str, *, folder: str = "calendar", send: str = "SendToNone", **options: str
    ) -> Answer:
        return self.post(
            f'<CreateItem SendMeetingInvitations="{send}"><SavedItemFolderId>{distinguished(folder)}'
            f"</SavedItemFolderId><Items><ty:CalendarItem>{properties}</ty:CalendarItem></Items></CreateItem>",
            **options,
        )

    def get(
        self,
        item_id: str,
        *uris: str,
        extended: str = "",
        body: str = "Best",
        base: str = "IdOnly",
        **options: str,
    ) -> Answer:
        """`item_id` is an id, or a whole id element."""
        return self.post(
            f"<GetItem>{shape(*uris, extended=extended, body=body, base=base)}"
            f"<ItemIds>{_named(item_id)}</ItemIds></GetItem>",
            **options,
        )

    def update(
        self,
        item: tuple[str, str],
        changes: str,
        *,
        conflict: str = "NeverOverwrite",
        send: str = "SendToNone",
        **options: str,
    ) -> Answer:
        return self.post(
            f'<UpdateItem ConflictResolution="{conflict}" '
            f'SendMeetingInvitationsOrCancellations="{send}"><ItemChanges>'
            f"<ty:ItemChange>{_named(*item)}<ty:Updates>{changes}</ty:Updates></ty:ItemChange>"
            "</ItemChanges></UpdateItem>",
            **options,
        )

    def delete(
        self, item_id: str, *, how: str = "MoveToDeletedItems", send: str = "SendToNone", key: str = ""
    ) -> Answer:
        return self.post(
            f'<DeleteItem DeleteType="{how}" SendMeetingCancellations="{send}">'
            f"<ItemIds>{_named(item_id, key)}</ItemIds></DeleteItem>"
        )

    def sync(
        self, state: str = "", *, limit: int = 512, uris: tuple[str, ...] = (), folder: str | None = None
    ) -> Answer:
        given = f"<SyncState>{state}</SyncState>" if state else ""
        return self.post(
            f"<SyncFolderItems>{shape(*uris)}<SyncFolderId>{folder or distinguished('calendar')}"
            f"</SyncFolderId>{given}"
            f"<MaxChangesReturned>{limit}</MaxChangesReturned></SyncFolderItems>"
        )

    def subscribe(
        self, *kinds: str, folders: str | None = "", pull: bool = True, timeout: int = 10, **options: str
    ) -> Answer:
        """Subscribe to the calendar, to `folders`, or (None) to all of them."""
        kind = "Pull" if pull else "Streaming"
        everything = ' SubscribeToAllFolders="true"' if folders is None else ""
        named = (
            "" if folders is None else f"<ty:FolderIds>{folders or distinguished('calendar')}</ty:FolderIds>"
        )
        types = "".join(f"<ty:EventType>{one}</ty:EventType>" for one in kinds or EVENTS)
        lasts = f"<ty:Timeout>{timeout}</ty:Timeout>" if pull else ""
        return self.post(
            f"<Subscribe><{kind}SubscriptionRequest{everything}>{named}<ty:EventTypes>{types}</ty:EventTypes>"
            f"{lasts}</{kind}SubscriptionRequest></Subscribe>",
            **options,
        )

    def events(self, subscription: str, watermark: str, **options: str) -> Answer:
        return self.post(
            f"<GetEvents><SubscriptionId>{subscription}</SubscriptionId><Watermark>{watermark}</Watermark>"
            "</GetEvents>",
            **options,
        )

    def find(self, inner: str = "", *uris: str, parent: str | None = None, body: str = "Best") -> Answer:
        return self.post(
            f'<FindItem Traversal="Shallow">{shape(*uris, body=body)}{inner}'
            f"<ParentFolderIds>{parent or distinguished('calendar')}</ParentFolderIds></FindItem>"
        )


def _named(item_id: str, key: str = "") -> str:
    if item_id.startswith("<"):
        return item_id
    key = f' ChangeKey="{key}"' if key else ""
    return f'<ty:ItemId Id="{item_id}"{key}/>'


def occurrence_of(master: tuple[str, str], index: int) -> str:
    """The id element of a series' occurrence by number, from 1."""
    return (
        f'<ty:OccurrenceItemId RecurringMasterId="{master[0]}" ChangeKey="{master[1]}" '
        f'InstanceIndex="{index}"/>'
    )


def master_of(occurrence_id: str) -> str:
    """The id element of an occurrence's master."""
    return f'<ty:RecurringMasterItemId OccurrenceId="{occurrence_id}"/>'


def impersonating(kind: str, value: str) -> str:
    return (
        f"<ty:ExchangeImpersonation><ty:ConnectingSID><ty:{kind}>{value}</ty:{kind}></ty:ConnectingSID>"
        "</ty:ExchangeImpersonation>"
    )


def distinguished(name: str, mailbox: str | None = None) -> str:
    inner = f"<ty:Mailbox><ty:EmailAddress>{mailbox}</ty:EmailAddress></ty:Mailbox>" if mailbox else ""
    return f'<ty:DistinguishedFolderId Id="{name}">{inner}</ty:DistinguishedFolderId>'


def folder(folder_id: str) -> str:
    return f'<ty:FolderId Id="{folder_id}"/>'


def shape(*uris: str, extended: str = "", body: str = "Best", base: str = "IdOnly") -> str:
    paths = "".join(f'<ty:FieldURI FieldURI="{uri}"/>' for uri in uris) + extended
    more = f"<ty:AdditionalProperties>{paths}</ty:AdditionalProperties>" if paths else ""
    return (
        f"<ItemShape><ty:BaseShape>{base}</ty:BaseShape><ty:BodyType>{body}</ty:BodyType>{more}</ItemShape>"
    )


def setting(uri: str, inner: str) -> str:
    """A SetItemField of one property."""
    return (
        f'<ty:SetItemField><ty:FieldURI FieldURI="{uri}"/><ty:CalendarItem>{inner}'
        "</ty:CalendarItem></ty:SetItemField>"
    )


def times(start: str = "2026-03-11T08:00:00Z", end: str = "2026-03-11T09:00:00Z") -> str:
    return f"<ty:Start>{start}</ty:Start><ty:End>{end}</ty:End>"


def ews_prefix(markup: str) -> str:
    """The same markup with other prefixes, as other clients write it."""
    return re.sub(r"(</?)ty:", r"\1x1:", markup).replace("xmlns:ty=", "xmlns:x1=")
