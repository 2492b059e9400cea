"""Judging the rows of a list: which person each is, what it would change, what is wrong with it.

Pure: it knows a snapshot of the store, not the store. The same judgement shows the plan and, on a fresh
snapshot, decides what is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from vfadmin.errors import Failure, failure
from vfadmin.models import CalendarChoice, State
from vfadmin.models.people import fold, login_key
from vfadmin.services.import_answers import LoginAnswer
from vfadmin.services.import_cells import Rejected, meaning, with_full_name
from vfadmin.services.import_headers import names_syncml
from vfadmin.services.import_people import BLANK, Known, People, Snapshot
from vfadmin.services.import_sheet import SheetRow
from vfadmin.services.logins import LoginForm, form_of, taken


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
    ``values`` what they mean. ``column`` is the header of the cell a rejection points at, ``value`` what is
    in it, ``failure`` its reason. ``activates`` says that the row would be activated, ``wants`` that the row
    itself asks for it. ``answer`` is what Exchange said of its login, None while that is not known.
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
    value: str = ""
    wants: bool = False
    answer: LoginAnswer | None = None

    @property
    def login(self) -> str:
        """The login that the row gives; empty for a rejected row, unless Exchange was asked about it."""
        return self.values.get("login") or ("" if self.answer is None else self.answer.login)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a list is judged.

    ``activate`` also activates every row that has a login and is unused or passive, ``known_companies``
    rejects rows that would add a company, and ``devices`` takes the list for one of mobile devices, which
    tells who has one and nothing else (R18).
    """

    activate: bool = False
    known_companies: bool = False
    devices: bool = False


class Judge(Protocol):
    """Judges the rows of one list in their order."""

    new_companies: list[str]

    def judge(self, row: SheetRow, said: Mapping[str, str] | None = None) -> PlannedRow:
        """The verdict on one row. It is taken to be applied: later rows are judged after it.

        ``said`` is what the cells mean, where that is known already.
        """
        ...


def rejection(row: SheetRow, field_name: str, reason: Failure, columns: Mapping[str, str]) -> PlannedRow:
    """The row, rejected for that reason, which lies in that field's cell."""
    named = with_full_name(row.cells)
    pointed = field_name
    if field_name == "name" and "name" not in columns:
        pointed = "last_name" if "last_name" in columns else "first_name"
    return PlannedRow(
        row=row.row,
        verdict=Verdict.REJECT,
        cells=row.cells,
        name=named.get("name", ""),
        column=columns.get(field_name) or columns.get(pointed, field_name),
        failure=reason,
        value=named.get(field_name, ""),
    )


def judged_again(rows: Iterable[PlannedRow], judge: Judge) -> Iterator[PlannedRow]:
    """The rows as things stand now. What was rejected stays so: nobody has seen it as anything else."""
    for row in rows:
        if row.verdict is Verdict.REJECT:
            yield row
            continue
        said = {**row.values, "activate": "1"} if row.wants else dict(row.values)
        now = judge.judge(SheetRow(row.row, row.cells), said)
        # Mostly nothing has happened meanwhile; keeping the one object halves what a large list takes.
        yield row if now == row else now


def counts(rows: Sequence[PlannedRow]) -> dict[Verdict, int]:
    """How many rows have each verdict."""
    found = dict.fromkeys(Verdict, 0)
    for row in rows:
        found[row.verdict] += 1
    return found


class Planner:
    """Judges rows of persons and logins; what one row takes, a later one cannot have."""

    def __init__(
        self,
        snapshot: Snapshot,
        columns: Mapping[str, str],
        rules: Rules,
        answers: Mapping[str, LoginAnswer],
    ) -> None:
        self._columns, self._rules, self._online = columns, rules, snapshot.online
        self._answers = answers
        self._syncml = names_syncml(columns.get("mobile_sync", ""))
        self._people = People(snapshot.persons)
        self._companies = {fold(name): name for name in snapshot.companies}
        self._seen: dict[tuple[str, object], int] = {}
        self.new_companies: list[str] = []

    def judge(self, row: SheetRow, said: Mapping[str, str] | None = None) -> PlannedRow:
        """The verdict on one row. It is taken to be applied: later rows are judged after it."""
        try:
            values = meaning(row.cells, syncml=self._syncml) if said is None else dict(said)
            if "company" in values:
                values["company"] = self._companies.get(fold(values["company"]), values["company"])
            person = self._people.meant(values)
            self._refuse_duplicate(row, values, person)
            return self._planned(row, values, person)
        except Rejected as rejected:
            return rejection(row, rejected.field_name, rejected.reason, self._columns)

    def _refuse_duplicate(self, row: SheetRow, values: Mapping[str, str], person: Known | None) -> None:
        if person is not None:
            keys: list[tuple[str, object]] = [("id", person.id)]
        else:
            keys = [(name, fold(values[name])) for name in ("id", "login", "email") if name in values]
            keys = keys or [("name", (fold(values.get("name", "")), fold(values.get("company", ""))))]
        for key in keys:
            first = self._seen.setdefault(key, row.row)
            if first != row.row:
                field_name = key[0] if row.cells.get(key[0]) else _said(row.cells)
                raise Rejected(field_name, failure("VF-IMPORT-05", row=first))

    def _planned(self, row: SheetRow, values: dict[str, str], person: Known | None) -> PlannedRow:
        wants = values.pop("activate", "") == "1"
        if person is None and "name" not in values:
            raise Rejected("name", failure("VF-PERSON-04", field="name", limit=200))
        facts = BLANK if person is None else person.facts
        changes = tuple(
            FieldChange(name, facts[name], value)
            for name, value in values.items()
            if name != "id" and facts[name] != value
        )
        changed = {one.field for one in changes}
        self._check_company(values)
        self._check_login(values, person, changed)
        _check_calendar(values, person, changed)
        activates = self._activates(values, person, wants=wants)
        answer = self._answers.get(login_key(values.get("login", ""))) if self._answers else None
        refusal = None if answer is None else self._refusal(answer, person)
        if refusal is not None:
            return replace(rejection(row, "login", refusal, self._columns), answer=answer)
        self._take(values, person, changed, answer)
        return PlannedRow(
            row=row.row,
            verdict=_verdict(person, changed=bool(changes) or activates),
            cells=row.cells,
            person_id=person.id if person is not None else _given_id(values),
            name=values.get("name") or facts["name"],
            changes=changes,
            activates=activates,
            values=values,
            wants=wants,
            answer=answer,
        )

    def _check_company(self, values: Mapping[str, str]) -> None:
        company = values.get("company")
        if self._rules.known_companies and company is not None and fold(company) not in self._companies:
            raise Rejected("company", failure("VF-IMPORT-26", company=company))

    def _check_login(self, values: Mapping[str, str], person: Known | None, changed: set[str]) -> None:
        if "login" not in changed:
            return
        own = None if person is None else person.id
        login = values["login"]
        if self._online and form_of(login) is LoginForm.DOMAIN_USER:
            raise Rejected("login", failure("VF-LOGIN-06", login=login))
        key = login_key(login)
        for held in (self._people.logins.get(key), self._people.mailboxes.get(key)):
            if held is not None and held[0] != own:
                raise Rejected("login", taken(login, *held))
        if person is not None and not person.active:
            raise Rejected("login", failure("VF-LOGIN-04", person=person.shown))

    def _activates(self, values: Mapping[str, str], person: Known | None, *, wants: bool) -> bool:
        """Whether the row would be activated; what asks for it and cannot be is rejected."""
        state = State.UNUSED if person is None else person.state
        if not (wants or self._rules.activate) or state in {State.ACTIVE, State.ERROR}:
            return False
        active = person is None or person.active
        login = values.get("login") or (person.facts["login"] if person is not None else "")
        if active and login:
            return True
        if wants:
            named = values.get("name", "") if person is None else person.shown
            raise Rejected("activate", failure("VF-LOGIN-01" if active else "VF-LOGIN-04", person=named))
        return False

    def _refusal(self, answer: LoginAnswer, person: Known | None) -> Failure | None:
        """Why Exchange keeps the row from being applied.

        Two logins may lead to one mailbox; it is that of whoever had it, then of the first row (R30).
        """
        if answer.refusal is not None or not answer.mailbox:
            return answer.refusal
        held = self._people.mailboxes.get(login_key(answer.mailbox))
        if held is None or (person is not None and held[0] == person.id):
            return None
        number, name = held
        return failure(
            "EX-MBX-06", mailbox=answer.mailbox, person=name if number < 0 else f"{name} ({number})"
        )

    def _take(
        self,
        values: dict[str, str],
        person: Known | None,
        changed: set[str],
        answer: LoginAnswer | None,
    ) -> None:
        """What later rows must respect."""
        own = person.id if person is not None else -1
        if answer is not None and answer.mailbox:
            name = values.get("name", "") if person is None else person.facts["name"]
            self._people.mailboxes.setdefault(login_key(answer.mailbox), (own, name))
        if "login" in changed:
            logins = self._people.logins
            if person is not None and person.facts["login"]:
                logins.pop(login_key(person.facts["login"]), None)
            logins[login_key(values["login"])] = own, values.get("name", "")
        company = values.get("company")
        if company is not None and fold(company) not in self._companies:
            self._companies[fold(company)] = company
            self.new_companies.append(company)


def _said(cells: Mapping[str, str]) -> str:
    """The cell that says whom a row means, where it does not say an id."""
    return next((name for name in ("login", "email", "name") if cells.get(name)), "name")


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
        raise Rejected(column, failure("VF-CALENDAR-02", person=person.shown))
    if person.state is State.ACTIVE:
        state = person.state.value
        reason = failure("VF-STATE-01", person=person.shown, state=state, action="calendar")
        raise Rejected(column, reason)


def _verdict(person: Known | None, *, changed: bool) -> Verdict:
    if person is None:
        return Verdict.CREATE
    return Verdict.UPDATE if changed else Verdict.UNCHANGED
