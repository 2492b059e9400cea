"""Persons ("Get a user", "Get user mailbox settings")."""

from __future__ import annotations

import uuid
from typing import Any

from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.errors import GraphError, bad_request
from vfadmin.simulator.graph.query import parse_select
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.store import Store

_DEFAULT = (
    "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation",
    "preferredLanguage", "surname", "userPrincipalName", "id",
)  # fmt: skip
READERS = ("User.Read.All", "User.ReadBasic.All", "User.ReadWrite.All", "Directory.Read.All")


def object_id(mailbox: Mailbox) -> str:
    """The directory's id of a person: it stays when the mailbox moves."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, mailbox.sid))


def principal_name(mailbox: Mailbox) -> str:
    """The name a person signs in with in the cloud."""
    login = mailbox.spec.login
    return login if "@" in login else mailbox.spec.email


def find(store: Store, name: str) -> Mailbox | None:
    """The mailbox of an object id, a principal name or an address."""
    wanted = name.lower()
    found = store.by_email(wanted) or store.by_alias(wanted)
    if found is not None:
        return found
    by_names = (box for box in store.mailboxes if wanted in (object_id(box), principal_name(box).lower()))
    return next(by_names, None)


def get_user(call: GraphCall) -> Reply:
    """A person as the directory has him."""
    if not call.roles.intersection(READERS):
        raise GraphError(
            403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
        )
    whole = _user(call.mailbox)
    select = parse_select(call.query, frozenset(whole), "user")
    names = select if select is not None else frozenset(_DEFAULT)
    context = f"{call.root}/$metadata#users"
    if select is not None:
        context += f"({','.join(sorted(select))})"
    value = {name: content for name, content in whole.items() if name in names}
    return Reply(200, {"@odata.context": f"{context}/$entity", **value})


def _user(mailbox: Mailbox) -> dict[str, Any]:
    spec = mailbox.spec
    given, _, surname = spec.display_name.rpartition(" ")
    return {
        "businessPhones": [],
        "displayName": spec.display_name,
        "givenName": given or None,
        "jobTitle": None,
        "mail": spec.email,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": surname or None,
        "userPrincipalName": principal_name(mailbox),
        "id": object_id(mailbox),
        "accountEnabled": True,
        "mailNickname": spec.email.partition("@")[0],
        "proxyAddresses": [f"SMTP:{spec.email}", *(f"smtp:{alias}" for alias in spec.aliases)],
        "userType": "Member",
    }


def get_mailbox_settings(call: GraphCall, setting: str | None = None) -> Reply:
    """The settings of a mailbox, or one of them."""
    call.need_role("MailboxSettings.Read", "MailboxSettings.ReadWrite")
    whole = _settings(call)
    if setting is None:
        return Reply(200, {"@odata.context": call.context("mailboxSettings"), **whole})
    if setting not in whole:
        raise bad_request(f"Resource not found for the segment '{setting}'.")
    return Reply(200, {"@odata.context": call.context(f"mailboxSettings/{setting}"), "value": whole[setting]})


def _settings(call: GraphCall) -> dict[str, Any]:
    never = {"dateTime": "2000-01-01T00:00:00.0000000", "timeZone": "UTC"}
    return {
        "archiveFolder": None,
        "timeZone": call.zone,
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "d.M.yyyy",
        "timeFormat": "H.mm",
        "userPurpose": "user",
        "automaticRepliesSetting": {
            "status": "disabled",
            "externalAudience": "all",
            "internalReplyMessage": "",
            "externalReplyMessage": "",
            "scheduledStartDateTime": never,
            "scheduledEndDateTime": never,
        },
        "language": {"locale": "fi-FI", "displayName": "Finnish (Finland)"},
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000",
            "timeZone": {"name": call.zone},
        },
    }
