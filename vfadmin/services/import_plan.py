"""Judging the rows of a list: which person each is, what it would change, what is wrong with it.

Pure: it knows a snapshot of the store, not the store. The same judgement shows the plan and, on a fresh
snapshot, decides what is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vfadmin.errors import Failure, UsageError, failure
from vfadmin.models import CalendarChoice, MobileSync, PersonKind, State
from vfadmin.models.people import fold, login_key
from vfadmin.services.activation import checked_calendar
from vfadmin.services.directory import checked_email, checked_id, checked_mobile_sync, checked_name
from vfadmin.services.import_sheet import SheetRow
from vfadmin.services.logins import checked_login, taken

_YES = frozenset({"1", "x", "k", "y", "kyllä", "yes", "true", "tosi", "on", "joo", "aktivoi", "activate"})
_NO = frozenset({"0", "e", "n", "ei", "no", "false", "epätosi", "off", "-"})
_CHOICES = {
    "default": CalendarChoice.DEFAULT,
    "oletus": CalendarChoice.DEFAULT,
    "oletuskalenteri": CalendarChoice.DEFAULT,
    "new": CalendarChoice.NEW,
    "uusi": CalendarChoice.NEW,
    "uusi kalenteri": CalendarChoice.NEW,
}
_KINDS = {
    "person": PersonKind.PERSON,
    "henkilö": PersonKind.PERSON,
    "resource": PersonKind.RESOURCE,
    "resurssi": PersonKind.RESOURCE,
}
_ID_DIGITS = 10
_CANDIDATES = 5
_SHOWN_LIMIT = 80


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


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that the row would change, as texts."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what would become of it.

    ``row`` is the number the spreadsheet shows. ``cells`` are the recognised cells by field, cleaned;
    ``values`` what they mean. ``column`` is the header of the cell a rejection points at, ``failure`` its
    reason. ``activates`` says that the row would be activated.
    """

    row: int
    verdict: Verdict
    cells: Mapping[str, str]
    person_id: int | None = None
    name: str = ""
    changes: tuple[FieldChange, ...] = ()
    column: str | None = None
    failure: Failure | None = None
    activates: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the store has them, as texts; ``facts`` are the fields a list can change."""

    id: int
    active: bool
    state: State
    facts: Mapping[str, str]
    mailbox: str = ""
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everybody the rows may mean, and the companies there are."""

    persons: tuple[Known, ...]
    companies: frozenset[str]


class _Rejected(Exception):
    """A row that changes nothing, and the cell that is the reason."""

    def __init__(self, field_name: str, reason: Failure) -> None:
        super().__init__(reason.code)
        self.field_name, self.reason = field_name, reason


class Planner:
    """Judges the rows in their order; what one row takes, a later one cannot have."""

    def __init__(self, snapshot: Snapshot, columns: Mapping[str, str], *, activate: bool) -> None:
        self._columns, self._activate = columns, activate
        self._by_id = {one.id: one for one in snapshot.persons}
        self._by_email = _grouped(snapshot.persons, "email")
        self._by_name = _grouped(snapshot.persons, "name")
        self._logins = {
            login_key(one.facts["login"]): (one.id, one.facts["name"])
            for one in snapshot.persons
            if one.facts["login"]
        }
        self._mailboxes = {
            login_key(one.mailbox): (one.id, one.facts["name"]) for one in snapshot.persons if one.mailbox
        }
        self._companies = {fold(name): name for name in snapshot.companies}
        self._seen: dict[tuple[str, object], int] = {}
        self.new_companies: list[str] = []

    def judge(self, row: SheetRow) -> PlannedRow:
        """The verdict on one row. It is taken to be applied: later rows are judged after it."""
        try:
            values = _values(row.cells)
            if "company" in values:
                values["company"] = self._companies.get(fold(values["company"]), values["company"])
            person = self._match(values)
            self._refuse_duplicate(row, values, person)
            return self._planned(row, values, person)
        except _Rejected as rejected:
            return PlannedRow(
                row=row.row,
                verdict=Verdict.REJECT,
                cells=row.cells,
                name=row.cells.get("name", ""),
                column=self._columns.get(rejected.field_name, rejected.field_name),
                failure=rejected.reason,
            )

    def _match(self, values: Mapping[str, str]) -> Known | None:
        """The person a row means: by id, then login, then e-mail, then a name that is unique."""
        if "id" in values:
            return self._by_id.get(int(values["id"]))
        same_email = self._by_email.get(fold(values.get("email", "")), [])
        holder = self._logins.get(login_key(values.get("login", "")))
        known = None if holder is None else self._by_id.get(holder[0])
        # A taken login beside somebody else's name or e-mail does not make the row mean its holder.
        if known is not None and _agrees(known, values) and (not same_email or known in same_email):
            return known
        if same_email:
            return _only(same_email, "email", values)
        if "name" not in values:
            return None
        found = self._by_name.get(fold(values["name"]), [])
        if "company" in values:
            found = [one for one in found if fold(one.facts["company"]) == fold(values["company"])]
        # With an e-mail of its own, a namesake who has another one is somebody else.
        if "email" in values and any(one.facts["email"] for one in found):
            found = [one for one in found if not one.facts["email"]]
        return _only(found, "name", values) if found else None

    def _refuse_duplicate(self, row: SheetRow, values: Mapping[str, str], person: Known | None) -> None:
        if person is not None:
            keys: list[tuple[str, object]] = [("id", person.id)]
        else:
            keys = [(name, fold(values[name])) for name in ("id", "login", "email") if name in values]
            keys = keys or [("name", (fold(values.get("name", "")), fold(values.get("company", ""))))]
        for key in keys:
            first = self._seen.setdefault(key, row.row)
            if first != row.row:
                field_name = key[0] if key[0] in row.cells else "name"
                raise _Rejected(field_name, failure("VF-IMPORT-05", row=first))

    def _planned(self, row: SheetRow, values: dict[str, str], person: Known | None) -> PlannedRow:
        wants = values.pop("activate", "") == "1"
        if person is None and "name" not in values:
            raise _Rejected("name", failure("VF-PERSON-04", field="name", limit=200))
        facts = BLANK if person is None else person.facts
        changes = tuple(
            FieldChange(name, facts[name], value)
            for name, value in values.items()
            if name != "id" and facts[name] != value
        )
        changed = {one.field for one in changes}
        self._check_login(values, person, changed)
        _check_calendar(values, person, changed)
        activates = self._activates(values, person, wants=wants)
        self._take(values, person, changed)
        return PlannedRow(
            row=row.row,
            verdict=_verdict(person, changed=bool(changes) or activates),
            cells=row.cells,
            person_id=person.id if person is not None else _given_id(values),
            name=values.get("name") or facts["name"],
            changes=changes,
            activates=activates,
            values=values,
        )

    def _check_login(self, values: Mapping[str, str], person: Known | None, changed: set[str]) -> None:
        if "login" not in changed:
            return
        own = None if person is None else person.id
        key = login_key(values["login"])
        for held in (self._logins.get(key), self._mailboxes.get(key)):
            if held is not None and held[0] != own:
                raise _Rejected("login", taken(values["login"], *held))
        if person is not None and not person.active:
            raise _Rejected("login", failure("VF-LOGIN-04", person=_shown(person)))

    def _activates(self, values: Mapping[str, str], person: Known | None, *, wants: bool) -> bool:
        """Whether the row would be activated; what asks for it and cannot be is rejected."""
        state = State.UNUSED if person is None else person.state
        if not (wants or self._activate) or state in {State.ACTIVE, State.ERROR}:
            return False
        active = person is None or person.active
        login = values.get("login") or (person.facts["login"] if person is not None else "")
        if active and login:
            return True
        if wants:
            named = values.get("name", "") if person is None else _shown(person)
            raise _Rejected("activate", failure("VF-LOGIN-01" if active else "VF-LOGIN-04", person=named))
        return False

    def _take(self, values: dict[str, str], person: Known | None, changed: set[str]) -> None:
        """What later rows must respect."""
        own = person.id if person is not None else -1
        if "login" in changed:
            if person is not None and person.facts["login"]:
                self._logins.pop(login_key(person.facts["login"]), None)
            self._logins[login_key(values["login"])] = (own, values.get("name", ""))
        company = values.get("company")
        if company is not None and fold(company) not in self._companies:
            self._companies[fold(company)] = company
            self.new_companies.append(company)


def _values(cells: Mapping[str, str]) -> dict[str, str]:
    """What the cells mean; a blank cell says nothing about its field."""
    values: dict[str, str] = {}
    cells = _with_full_name(cells)
    for name, cell in cells.items():
        if cell:
            try:
                values[name] = _value(name, cell)
            except UsageError as error:
                raise _Rejected(name, error.failure) from None
    return values


def _with_full_name(cells: Mapping[str, str]) -> dict[str, str]:
    """ValueFrame shows the first name before the last one."""
    rest = dict(cells)
    first, last = rest.pop("first_name", ""), rest.pop("last_name", "")
    if not rest.get("name") and (first or last):
        rest["name"] = f"{first} {last}".strip()
    return rest


def _value(name: str, cell: str) -> str:
    if name == "id":
        return _id(cell)
    if name == "login":
        return checked_login(cell)
    if name == "email":
        return checked_email(cell)
    if name in {"name", "company"}:
        return checked_name(name, cell)
    if name == "calendar_name":
        return checked_calendar(CalendarChoice.NEW, cell)[1] or ""
    return _word(name, cell)


def _word(name: str, cell: str) -> str:
    """The meaning of a cell that holds one of a few words."""
    word = fold(cell)
    if name == "calendar" and word in _CHOICES:
        return _CHOICES[word].value
    if name == "kind" and word in _KINDS | dict.fromkeys(_YES | _NO):
        return (_KINDS.get(word) or (PersonKind.RESOURCE if word in _YES else PersonKind.PERSON)).value
    if name == "activate" and word in _YES | _NO:
        return "1" if word in _YES else "0"
    if name == "mobile_sync":
        if word in _YES | _NO:
            return (MobileSync.ACTIVESYNC if word in _YES else MobileSync.NONE).value
        return checked_mobile_sync(cell).value
    raise UsageError(failure("VF-IMPORT-08", column=name, value=cell[:_SHOWN_LIMIT]))


def _id(cell: str) -> str:
    digits = cell.removeprefix("'")
    if not (digits.isascii() and digits.isdigit() and len(digits.lstrip("0")) <= _ID_DIGITS):
        raise UsageError(failure("VF-PERSON-05", value=cell[:_SHOWN_LIMIT]))
    return str(checked_id(int(digits)))


def _given_id(values: Mapping[str, str]) -> int | None:
    return int(values["id"]) if "id" in values else None


def _check_calendar(values: Mapping[str, str], person: Known | None, changed: set[str]) -> None:
    """Refuse another calendar while the integration is active, or tied to the one it has."""
    chosen = changed & {"calendar", "calendar_name"}
    if person is None or not chosen:
        return
    column = "calendar" if "calendar" in chosen else "calendar_name"
    new = values.get("calendar", person.facts["calendar"]) == CalendarChoice.NEW
    if person.paired and ("calendar" in chosen or new):
        raise _Rejected(column, failure("VF-CALENDAR-02", person=_shown(person)))
    if person.state is State.ACTIVE:
        state = person.state.value
        reason = failure("VF-STATE-01", person=_shown(person), state=state, action="calendar")
        raise _Rejected(column, reason)


def _verdict(person: Known | None, *, changed: bool) -> Verdict:
    if person is None:
        return Verdict.CREATE
    return Verdict.UPDATE if changed else Verdict.UNCHANGED


def _agrees(known: Known, values: Mapping[str, str]) -> bool:
    return "name" not in values or fold(values["name"]) == fold(known.facts["name"])


def _only(found: list[Known], field_name: str, values: Mapping[str, str]) -> Known:
    if len(found) == 1:
        return found[0]
    candidates = ", ".join(_shown(one) for one in found[:_CANDIDATES])
    raise _Rejected(field_name, failure("VF-IMPORT-04", name=values[field_name], candidates=candidates))


def _shown(person: Known) -> str:
    return f"{person.facts['name']} ({person.id})"


def _grouped(persons: Iterable[Known], name: str) -> dict[str, list[Known]]:
    groups: dict[str, list[Known]] = {}
    for one in persons:
        if one.facts[name]:
            groups.setdefault(fold(one.facts[name]), []).append(one)
    return groups
