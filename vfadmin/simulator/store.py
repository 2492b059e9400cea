"""The directory and all mailboxes of one simulated server, with the outbox. One lock protects it all."""

from __future__ import annotations

import secrets
import threading
import uuid
from collections.abc import Callable
from datetime import datetime

from vfadmin.simulator import ids
from vfadmin.simulator.config import MailboxSpec
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import Mail
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.subscriptions import Subscriptions


class Store:
    """Mailboxes by address, id, login and SID; who may not be impersonated; mails that would have gone out.

    Callers hold `lock` while they read or write mailboxes.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.secret = secrets.token_bytes(32)
        self.outbox: list[Mail] = []
        self.subscriptions = Subscriptions()
        self.denied: set[str] = set()
        self._by_email: dict[str, Mailbox] = {}
        self._by_login: dict[str, Mailbox] = {}
        self._by_sid: dict[str, Mailbox] = {}
        self._by_guid: dict[uuid.UUID, Mailbox] = {}
        self._aliases: dict[str, Mailbox] = {}

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        """All mailboxes in the order they were added."""
        return tuple(self._by_email.values())

    def add(self, spec: MailboxSpec) -> Mailbox:
        """Add an empty mailbox; ValueError where the address is taken."""
        return self.attach(Mailbox(spec))

    def attach(self, mailbox: Mailbox) -> Mailbox:
        """Add a mailbox that exists already (restored from a snapshot)."""
        spec = mailbox.spec
        if spec.email.lower() in self._by_email:
            raise ValueError(f"mailbox exists: {spec.email}")
        mailbox.journal.clock = self.clock
        self._by_email[spec.email.lower()] = mailbox
        self._by_guid[mailbox.guid] = mailbox
        self._by_sid[mailbox.sid] = mailbox
        for alias in spec.aliases:
            self._aliases[alias.lower()] = mailbox
        if spec.login:
            self._by_login[spec.login.lower()] = mailbox
        return mailbox

    def detach(self, email: str) -> None:
        """Take a mailbox away; KeyError where there is none."""
        mailbox = self._by_email.pop(email.lower())
        del self._by_guid[mailbox.guid], self._by_sid[mailbox.sid]
        self._aliases = {alias: box for alias, box in self._aliases.items() if box is not mailbox}
        self._by_login = {login: box for login, box in self._by_login.items() if box is not mailbox}
        self.denied.discard(email.lower())
        mailbox.journal.renew()

    def relocate(self, email: str) -> None:
        """Move a mailbox: new ids throughout."""
        mailbox = self._by_email[email.lower()]
        del self._by_guid[mailbox.guid]
        mailbox.relocate()
        self._by_guid[mailbox.guid] = mailbox

    def clear(self) -> None:
        """Drop items, mails, denials and subscriptions; keep the mailboxes."""
        for mailbox in self._by_email.values():
            mailbox.clear()
        self.subscriptions.clear()
        self.outbox.clear()
        self.denied.clear()

    def by_email(self, email: str) -> Mailbox | None:
        """The mailbox with this primary address, in any case of letters."""
        return self._by_email.get(email.lower())

    def by_alias(self, email: str) -> Mailbox | None:
        """The mailbox that has this address besides its primary one."""
        return self._aliases.get(email.lower())

    def by_login(self, login: str) -> Mailbox | None:
        """The mailbox of a login in either form, or of an address used as user principal name."""
        return self._by_login.get(login.lower()) or self._by_email.get(login.lower())

    def by_sid(self, sid: str) -> Mailbox | None:
        """The mailbox of a security identifier."""
        return self._by_sid.get(sid)

    def by_item_id(self, text: str) -> Mailbox:
        """The mailbox an item id points into."""
        parsed = self._parsed(text)
        if parsed.is_folder:
            raise ExchangeError("ErrorCannotUseFolderIdForItemId")
        return self._holder(parsed, "ErrorItemNotFound")

    def by_folder_id(self, text: str) -> Mailbox:
        """The mailbox a folder id points into."""
        parsed = self._parsed(text)
        if not parsed.is_folder:
            raise ExchangeError("ErrorCannotUseItemIdForFolderId")
        return self._holder(parsed, "ErrorFolderNotFound")

    @staticmethod
    def _parsed(text: str) -> ids.ParsedId:
        if not text:
            raise ExchangeError("ErrorInvalidIdEmpty")
        parsed = ids.parse_id(text)
        if parsed is None:
            raise ExchangeError("ErrorInvalidIdMalformed")
        return parsed

    def _holder(self, parsed: ids.ParsedId, code: str) -> Mailbox:
        mailbox = self._by_guid.get(parsed.mailbox)
        if mailbox is None:
            raise ExchangeError(code)
        return mailbox
