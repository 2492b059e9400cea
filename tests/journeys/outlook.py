"""A stranger's EWS client in a few lines of SOAP: what the mailbox's owner does and sees."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime

import requests

M = "{http://schemas.microsoft.com/exchange/services/2006/messages}"
T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
  xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
<s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/><t:ExchangeImpersonation><t:ConnectingSID>
<t:PrimarySmtpAddress>{mailbox}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>
<s:Body>{body}</s:Body></s:Envelope>"""


@dataclass(frozen=True)
class Seen:
    """An event as the mailbox shows it."""

    id: str
    change_key: str
    subject: str
    location: str


@dataclass(frozen=True)
class Outlook:
    """One mailbox, reached through the impersonation account over Basic."""

    url: str
    account: str
    password: str
    ca_file: str
    mailbox: str

    def create(self, subject: str, start: datetime, end: datetime) -> None:
        """A new event, nobody invited."""
        self._ask(
            '<m:CreateItem SendMeetingInvitations="SendToNone"><m:SavedItemFolderId>'
            '<t:DistinguishedFolderId Id="calendar"/></m:SavedItemFolderId><m:Items><t:CalendarItem>'
            f"<t:Subject>{subject}</t:Subject><t:Start>{start.isoformat()}</t:Start>"
            f"<t:End>{end.isoformat()}</t:End></t:CalendarItem></m:Items></m:CreateItem>"
        )

    def rename(self, seen: Seen, subject: str) -> None:
        """Another title for an event."""
        self._ask(
            '<m:UpdateItem ConflictResolution="AlwaysOverwrite" '
            'SendMeetingInvitationsOrCancellations="SendToNone">'
            f'<m:ItemChanges><t:ItemChange><t:ItemId Id="{seen.id}" ChangeKey="{seen.change_key}"/>'
            "<t:Updates>"
            '<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem>'
            f"<t:Subject>{subject}</t:Subject></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange>"
            "</m:ItemChanges></m:UpdateItem>"
        )

    def delete(self, seen: Seen) -> None:
        """To Deleted Items."""
        self._ask(
            '<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone"><m:ItemIds>'
            f'<t:ItemId Id="{seen.id}"/></m:ItemIds></m:DeleteItem>'
        )

    def events(self) -> dict[str, Seen]:
        """Everything in the calendar, by title."""
        root = self._ask(
            '<m:FindItem Traversal="Shallow">'
            "<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>"
            '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>'
        )
        found = [self._seen(item) for item in root.iter(f"{T}CalendarItem")]
        return {one.subject: one for one in found}

    @staticmethod
    def _seen(item: ET.Element) -> Seen:
        identity = item.find(f"{T}ItemId")
        assert identity is not None
        return Seen(
            identity.attrib["Id"],
            identity.attrib["ChangeKey"],
            item.findtext(f"{T}Subject") or "",
            item.findtext(f"{T}Location") or "",
        )

    def _ask(self, body: str) -> ET.Element:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                self.url,
                data=ENVELOPE.format(mailbox=self.mailbox, body=body).encode(),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                auth=(self.account.encode(), self.password.encode()),
                verify=self.ca_file,
                timeout=30,
            )
        assert answer.status_code == 200, answer.text
        root = ET.fromstring(answer.content)  # noqa: S314 - our own simulator's answer
        codes = {element.text for element in root.iter(f"{M}ResponseCode")}
        assert codes == {"NoError"}, codes
        return root
