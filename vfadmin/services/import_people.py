"""Everybody the rows of a list may mean, as they stand while the list is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vfadmin.errors import failure
from vfadmin.models import CalendarChoice, MobileSync, PersonKind, State
from vfadmin.models.people import fold, login_key
from vfadmin.services.import_cells import Rejected

BLANK: dict[str, str] = {
    "name": "",
    "email": "",
    "company": "",
    "login": "",
    "calendar": CalendarChoice.DEFAULT.value,
    "calendar_name": "ValueFrame",
    "kind": PersonKind.PERSON.value,
    "mobile_sync": MobileSync.NONE.value,
}
"""A person nobody knows yet."""

Holder = tuple[int, str]
"""The id of a person, or that of nobody yet, and the name."""

_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the store has them, as texts; ``facts`` are the fields a list can change."""

    id: int
    active: bool
    state: State
    facts: Mapping[str, str]
    mailbox: str = ""
    paired: bool = False

    @property
    def shown(self) -> str:
        """The person as messages name them."""
        return f"{self.facts['name']} ({self.id})"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everybody the rows may mean, and the companies there are.

    ``online`` says that all mailboxes are in Office 365, where a login is an address (R6).
    """

    persons: tuple[Known, ...]
    companies: frozenset[str]
    online: bool = False


class People:
    """Finds persons by what a row says of them; ``logins`` and ``mailboxes`` are who has them by key."""

    def __init__(self, persons: Iterable[Known]) -> None:
        self._by_email: dict[str, list[Known]] = {}
        self._by_name: dict[str, list[Known]] = {}
        self.by_id: dict[int, Known] = {}
        self.logins: dict[str, Holder] = {}
        self.mailboxes: dict[str, Holder] = {}
        for one in persons:
            facts = one.facts
            self.by_id[one.id] = one
            self._by_name.setdefault(fold(facts["name"]), []).append(one)
            if facts["email"]:
                self._by_email.setdefault(fold(facts["email"]), []).append(one)
            if facts["login"]:
                self.logins[login_key(facts["login"])] = one.id, facts["name"]
            if one.mailbox:
                self.mailboxes[login_key(one.mailbox)] = one.id, facts["name"]

    def meant(self, values: Mapping[str, str]) -> Known | None:
        """The person a row means: by id, then login, then e-mail, then a name that is unique in the company.

        Raises Rejected VF-IMPORT-04 when there are several.
        """
        if "id" in values:
            return self.by_id.get(int(values["id"]))
        same_email = self._by_email.get(fold(values["email"]), []) if "email" in values else []
        known = self._having(self.logins, values.get("login", ""))
        # A taken login beside somebody else's name or e-mail does not make the row mean its holder.
        if known is not None and _agrees(known, values) and (not same_email or known in same_email):
            return known
        if same_email:
            return _only(same_email, "email", values)
        return self._named(values)

    def owner(self, values: Mapping[str, str]) -> Known | None:
        """Whose mailbox or device a row tells of: any address it gives may be login, mailbox or e-mail.

        Raises Rejected VF-IMPORT-04 when there are several.
        """
        if "id" in values:
            return self.by_id.get(int(values["id"]))
        for name in ("login", "email"):
            text = values.get(name, "")
            known = self._having(self.logins, text) or self._having(self.mailboxes, text)
            if known is not None:
                return known
            same_email = self._by_email.get(fold(text), [])
            if text and same_email:
                return _only(same_email, name, values)
        return self._named(values)

    def _having(self, holders: Mapping[str, Holder], text: str) -> Known | None:
        holder = holders.get(login_key(text)) if text else None
        return None if holder is None else self.by_id.get(holder[0])

    def _named(self, values: Mapping[str, str]) -> Known | None:
        if "name" not in values:
            return None
        found = self._by_name.get(fold(values["name"]), [])
        if "company" in values:
            found = [one for one in found if fold(one.facts["company"]) == fold(values["company"])]
        # With an e-mail of its own, a namesake who has another one is somebody else.
        if "email" in values and any(one.facts["email"] for one in found):
            found = [one for one in found if not one.facts["email"]]
        return _only(found, "name", values) if found else None


def _agrees(known: Known, values: Mapping[str, str]) -> bool:
    return "name" not in values or fold(values["name"]) == fold(known.facts["name"])


def _only(found: list[Known], field_name: str, values: Mapping[str, str]) -> Known:
    if len(found) == 1:
        return found[0]
    candidates = ", ".join(one.shown for one in found[:_CANDIDATES])
    if len(found) > _CANDIDATES:
        candidates += f" (+{len(found) - _CANDIDATES})"
    raise Rejected(field_name, failure("VF-IMPORT-04", name=values[field_name], candidates=candidates))
