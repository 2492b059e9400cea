"""One request under way: who asks, as whom, and the folders and items he may reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from vfadmin.simulator import series
from vfadmin.simulator.elements import Reading
from vfadmin.simulator.errors import ExchangeError, SoapFault, not_served, schema_violation
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.names import M, T, local, words
from vfadmin.simulator.soap import Impersonation, SoapRequest
from vfadmin.simulator.store import Store
from vfadmin.simulator.versions import SchemaVersion

# MS-OXWSFOLD, DistinguishedFolderIdNameType: names the schema knows, whether or not a mailbox has
# the folder.
DISTINGUISHED_NAMES = frozenset(
    words(
        """
    calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot
    publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot
    recoverableitemsdeletions recoverableitemsversions recoverableitemspurges
    recoverableitemsdiscoveryholds archiveroot archivemsgfolderroot archivedeleteditems archiveinbox
    archiverecoverableitemsroot archiverecoverableitemsdeletions archiverecoverableitemsversions
    archiverecoverableitemspurges archiverecoverableitemsdiscoveryholds syncissues conflicts
    localfailures serverfailures recipientcache quickcontacts conversationhistory adminauditlogs
    todosearch mycontacts directory imcontactlist peopleconnect favorites mecontact personmetadata
    teamspaceactivity teamspacemessaging teamspaceworkitems scheduled orionnotes tagitems alltaggeditems
    externalcontacts teamchat teamchathistory yammerroot yammerinbound yammeroutbound yammerfeeds
    onedriveroot onedriverecylebin onedrivesystem onedrivevolume important starred archive
    """
    )
)


_IDS = {
    "ItemId": "Id",
    "ReferenceItemId": "Id",
    "OccurrenceItemId": "RecurringMasterId",
    "RecurringMasterItemId": "OccurrenceId",
}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who signed in: the service account, or a mailbox's own user."""

    login: str
    is_service: bool
    email: str | None = None


def _nothing(_: Item) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Call:
    """A request with the store it runs on.

    `acting` is the mailbox whose defaults apply; None: the caller has none. `by_service` tells that the
    service account signed in, whomever it acts as. `refusal` gives the code that an
    item answers instead of being served (a fault), or nothing.
    """

    request: SoapRequest
    store: Store
    acting: Mailbox | None
    sees_all: bool
    now: datetime
    by_service: bool
    refusal: Callable[[Item], str] = _nothing

    @property
    def element(self) -> etree._Element:
        """The operation's element."""
        return self.request.element

    @property
    def version(self) -> SchemaVersion:
        """The schema version the request speaks."""
        return self.request.version

    @property
    def reading(self) -> Reading:
        """How to read item elements of this request."""
        return Reading(self.request.version, self.request.zone)

    def child(self, name: str) -> etree._Element:
        """A required child of the operation's element."""
        found = self.element.find(f"{M}{name}")
        if found is None:
            raise schema_violation(
                f"The element '{self.request.operation}' lacks the required element '{name}'."
            )
        return found

    def refuse(self, names: tuple[str, ...]) -> None:
        """Refuse a request that asks for one of these parts."""
        for name in names:
            if self.element.find(f"{M}{name}") is not None:
                raise not_served(name)

    def attribute(self, name: str, allowed: tuple[str, ...], *, required: bool = False) -> str | None:
        """An attribute of the operation's element, one of `allowed`."""
        value = self.element.get(name)
        if value is None:
            if required:
                raise schema_violation(f"The required attribute '{name}' is missing.")
            return None
        if value not in allowed:
            raise schema_violation(f"The '{name}' attribute is invalid - The value '{value}' is invalid.")
        return value

    def open(self, mailbox: Mailbox, code: str = "ErrorAccessDenied") -> Mailbox:
        """The mailbox, if the caller may open it."""
        if not self.sees_all and mailbox is not self.acting:
            raise ExchangeError(code)
        return mailbox

    def folder(self, element: etree._Element) -> tuple[Mailbox, Folder]:
        """The folder a FolderId or DistinguishedFolderId names."""
        name = local(element.tag)
        folder_id = element.get("Id") or ""
        if name == "FolderId":
            mailbox = self.open(self.store.by_folder_id(folder_id), "ErrorFolderNotFound")
            return mailbox, mailbox.folder(folder_id)
        if name != "DistinguishedFolderId":
            raise schema_violation(f"The element '{name}' is not a folder id.")
        if folder_id not in DISTINGUISHED_NAMES:
            raise schema_violation(f"The 'Id' attribute is invalid - The value '{folder_id}' is invalid.")
        mailbox = self._named_mailbox(element)
        folder = mailbox.distinguished(folder_id)
        if folder is None:
            raise ExchangeError("ErrorFolderNotFound")
        return mailbox, folder

    def target_folder(self, element: etree._Element) -> tuple[Mailbox, Folder]:
        """The folder inside a TargetFolderIdType."""
        if len(element) != 1:
            raise schema_violation(f"The element '{local(element.tag)}' has incomplete content.")
        return self.folder(element[0])

    def item(self, element: etree._Element) -> tuple[Mailbox, Item]:
        """The item, occurrence or master that an id element names (BaseItemIdType)."""
        kind = local(element.tag)
        if kind not in _IDS:
            raise schema_violation(f"The element '{kind}' is not an item id.")
        item_id = element.get(_IDS[kind]) or ""
        mailbox = self.open(self.store.by_item_id(item_id), "ErrorItemNotFound")
        item = mailbox.item(item_id)
        if kind == "OccurrenceItemId":
            item = series.by_index(item, _instance(element))
        elif kind == "RecurringMasterItemId":
            if item.slot is None:
                raise ExchangeError("ErrorCalendarCannotUseIdForOccurrenceId")
            item = mailbox.item(item.slot.master_id)
        if code := self.refusal(item):
            raise ExchangeError(code)
        return mailbox, item

    def own_mailbox(self) -> Mailbox:
        """The mailbox the caller acts as; ErrorNonExistentMailbox where he has none."""
        if self.acting is None:
            raise ExchangeError("ErrorNonExistentMailbox")
        return self.acting

    def _named_mailbox(self, element: etree._Element) -> Mailbox:
        email = element.findtext(f"{T}Mailbox/{T}EmailAddress")
        if email is None:
            return self.own_mailbox()
        mailbox = self.store.by_email(email)
        if mailbox is not None:
            return self.open(mailbox)
        alias = self.store.by_alias(email)
        if alias is not None:
            raise ExchangeError("ErrorNonPrimarySmtpAddress", values=_primary_of(alias))
        raise ExchangeError("ErrorNonExistentMailbox")


def _instance(element: etree._Element) -> int:
    try:
        return int(element.get("InstanceIndex") or "")
    except ValueError:
        raise schema_violation("The 'InstanceIndex' attribute is invalid.") from None


def acting_mailbox(store: Store, impersonation: Impersonation | None, principal: Principal) -> Mailbox | None:
    """The mailbox a request acts as (ConnectingSID); a SoapFault where it may not."""
    if impersonation is None:
        return store.by_email(principal.email) if principal.email else store.by_login(principal.login)
    mailbox = _impersonated(store, impersonation)
    if not principal.is_service or mailbox.spec.email.lower() in store.denied:
        raise SoapFault("ErrorImpersonateUserDenied")
    return mailbox


def _impersonated(store: Store, asked: Impersonation) -> Mailbox:
    if asked.kind == "SID":
        found = store.by_sid(asked.value)
    elif asked.kind == "PrincipalName":
        found = store.by_login(asked.value)
    else:
        found = store.by_email(asked.value)
        alias = store.by_alias(asked.value) if found is None else None
        if alias is not None and asked.kind == "PrimarySmtpAddress":
            raise SoapFault("ErrorNonPrimarySmtpAddress", values=_primary_of(alias))
        found = found or alias
    if found is None:
        code = {"SID": "ErrorInvalidUserSid", "PrincipalName": "ErrorInvalidUserPrincipalName"}.get(
            asked.kind
        )
        raise SoapFault(code or "ErrorNonExistentMailbox")
    return found


def _primary_of(mailbox: Mailbox) -> dict[str, str]:
    """What ErrorNonPrimarySmtpAddress tells besides: the address to use instead."""
    return {"Primary": mailbox.spec.email}
