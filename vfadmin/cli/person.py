"""``person``: the search view's rows, and the directory where no other source fills it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from vfadmin.cli import erase, rows
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Command, Json, PersonId, call_of, make_group
from vfadmin.errors import UsageError, failure

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.search import PersonQuery, PersonRow


class Mobile(StrEnum):
    """Which of ValueFrame's own mobile synchronisations a person uses (R18)."""

    NONE = "none"
    ACTIVESYNC = "activesync"
    SYNCML = "syncml"


def group() -> typer.Typer:
    """The commands under ``person``."""
    app = make_group("person")
    app.command("list", cls=Command, help="person.list")(list_persons)
    app.command("add", cls=Command, help="person.add")(add)
    app.command("set", cls=Command, help="person.set")(change)
    app.command("erase", cls=Command, help="person.erase")(erase.erase)
    return app


def list_persons(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(metavar="TEXT", help="person.name_part")] = "",
    company: Annotated[str | None, typer.Option(metavar="NAME", help="person.of_company")] = None,
    state: Annotated[str | None, typer.Option(metavar="STATE[,STATE]", help="person.states")] = None,
    inactive: Annotated[bool, typer.Option("--inactive", help="person.inactive")] = False,
    limit: Annotated[int | None, typer.Option(min=1, max=LARGEST, metavar="N", help="person.limit")] = None,
    as_json: Json = False,
) -> None:
    """R20, R21: persons by name, company and state."""
    call = call_of(ctx, as_json=as_json)
    ids = call.services.search.ids(_query(call, name, company, state, inactive=inactive))
    found = call.services.search.rows(ids[:limit])
    if as_json:
        call.out.document([rows.person(row, call) for row in found])
        return
    if not found:
        call.out.say("person.none")
        return
    call.out.table(rows.PERSON_HEADINGS, [rows.person_cells(row, call) for row in found])
    if len(found) < len(ids):
        call.out.note("person.more", shown=len(found), total=len(ids))


def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(metavar="TEXT", help="person.name")],
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="person.email")],
    company: Annotated[str, typer.Option(metavar="NAME", help="person.company")],
    person_id: Annotated[int | None, typer.Option("--id", metavar="ID", help="person.id")] = None,
    login: Annotated[str | None, typer.Option(metavar="LOGIN", help="person.login")] = None,
    resource: Annotated[bool, typer.Option("--resource", help="person.resource")] = False,
    as_json: Json = False,
) -> None:
    """A new person or resource in the directory."""
    call = call_of(ctx, as_json=as_json)
    row = call.services.directory.add_person(
        name=name, email=email, company=company, person_id=person_id, login=login, resource=resource
    )
    _answer(call, row, "person.added")


def change(
    ctx: typer.Context,
    person_id: PersonId,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="person.name")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="person.email")] = None,
    company: Annotated[str | None, typer.Option(metavar="NAME", help="person.company")] = None,
    login: Annotated[str | None, typer.Option(metavar="LOGIN", help="person.login")] = None,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help="person.active")] = None,
    mobile_sync: Annotated[Mobile | None, typer.Option(help="person.mobile_sync")] = None,
    as_json: Json = False,
) -> None:
    """Change what is given and leave the rest."""
    call = call_of(ctx, as_json=as_json)
    if all(value is None for value in (name, email, company, login, active, mobile_sync)):
        raise usage(call, "person.nothing_given")
    row = call.services.directory.change_person(
        person_id,
        name=name,
        email=email,
        company=company,
        login=login,
        active=active,
        mobile_sync=None if mobile_sync is None else mobile_sync.value,
    )
    _answer(call, row, "person.changed")


def _query(call: Call, name: str, company: str | None, state: str | None, *, inactive: bool) -> PersonQuery:
    from vfadmin.services.search import PersonQuery, parse_states  # noqa: PLC0415 - the ORM is slow to import

    return PersonQuery(
        text=name,
        company_id=None if company is None else _company_id(call, company),
        states=parse_states(word.strip() for word in (state or "").split(",") if word.strip()),
        include_inactive=inactive,
    )


def _company_id(call: Call, wanted: str) -> int:
    folded = wanted.strip().casefold()
    for company in call.services.directory.companies():
        if company.name.casefold() == folded:
            return company.id
    raise UsageError(failure("VF-COMPANY-01", company=wanted))


def _answer(call: Call, row: PersonRow, key: str) -> None:
    if call.out.as_json:
        call.out.document(rows.person(row, call))
    else:
        call.out.say(key, id=row.id, name=row.name)
