"""What the two functions with the owner's rights let an administrator do, and what they do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, null, select

from tests.outsider import Outsider, outsider
from tests.roles import make_roles, worked_on_as
from tests.strategies import NOW
from vfadmin.errors import StoreError
from vfadmin.models import Audit, CalendarEvent, EventParticipant, Integration, Person, roles
from vfadmin.models.erasing import Line, is_pseudonym, pseudonym, remove_events, rewrite
from vfadmin.models.rights import Role
from vfadmin.models.store import Store

pytestmark = pytest.mark.postgresql
LINE: dict[str, Any] = {
    "id": 1, "actor": "maija", "host": "kone", "subject": "person:1",
    "before": {"name": "Maija 100 %", "n": 1}, "after": None,
}  # fmt: skip
NAME = "poistettu #1"


@pytest.fixture
def shared(store: Store) -> Store:
    """Person 1 whose integration has ended, with an event of his own and one that person 2 takes part in."""
    make_roles(store)
    with store.write() as session:
        session.add_all(Person(id=n, name=name, sort_name=name) for n, name in ((1, "Maija"), (2, "Aino")))
        session.add(Audit(**{**LINE, "at": NOW, "action": "x", "after": null()}))
        session.flush()
        times = {"starts_at": NOW, "ends_at": NOW, "created_at": NOW, "modified_at": NOW}
        session.add_all(CalendarEvent(id=n, owner_id=1, **times) for n in (1, 2))
        session.flush()
        session.add_all(EventParticipant(event_id=n, person_id=n) for n in (1, 2))
    return store


@pytest.fixture
def admin(shared: Store) -> Iterator[Outsider]:
    """By plain SQL, past everything of ours."""
    with worked_on_as(shared, Role.ADMIN) as store, outsider(store) as user:
        yield user


def change(user: Outsider, name: str = NAME, **said: Any) -> None:
    lines = json.dumps([{**LINE, **said}])
    user.connection.execute("SELECT vfadmin_pseudonymise(%s, %s)", (name, lines))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"actor": NAME, "host": NAME, "subject": NAME},
        {"before": {"name": NAME, "n": NAME}},
        {"before": {"name": f"{NAME} 100 %", "n": 1}},
    ],
)
def test_a_name_goes_from_a_line_and_the_rest_stays(
    admin: Outsider, shared: Store, said: dict[str, Any]
) -> None:
    change(admin, **said)
    with shared.read() as session:
        row = session.scalars(select(Audit)).one()
    assert (row.actor, row.host, row.subject) == tuple(
        {**LINE, **said}[one] for one in ("actor", "host", "subject")
    )
    assert row.before == (said.get("before") or LINE["before"])
    assert (row.action, row.after) == ("x", None)


@pytest.mark.parametrize(
    "said",
    [
        {"actor": "toinen"},
        {"actor": f"{NAME}, tai toinen"},
        {"subject": "person:2"},
        {"before": {"name": "Aino", "n": 1}},
        {"before": {"name": "Maija 1000", "n": 1}},
        {"before": {"name": "Maija 100 %", "n": 2}},
        {"before": {"name": "_aija 100 %", "n": 1}},
        {"before": None},
        {"after": {"name": "Aino"}},
        {"id": 2},
        {"name": "joku muu"},
        {"name": "poistettu #1%"},
    ],
)
def test_a_line_never_says_anything_new(admin: Outsider, shared: Store, said: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.RaiseException):
        change(admin, **said)
    with shared.read() as session:
        row = session.scalars(select(Audit)).one()
    assert {"actor": row.actor, "subject": row.subject, "before": row.before, "after": row.after} == {
        name: LINE[name] for name in ("actor", "subject", "before", "after")
    }


@pytest.mark.parametrize("state", ["active", "passive", "error"])
def test_while_the_integration_is_in_use_no_event_goes(admin: Outsider, shared: Store, state: str) -> None:
    """A cycle would take the deletion to Exchange."""
    with shared.write() as session:
        session.add(Integration(person_id=1, state=state))
    for hide in ("SELECT 1", "CREATE TEMPORARY TABLE integration (person_id int, state text)"):
        admin.connection.execute(hide.encode())
        assert admin.rows("SELECT vfadmin_erase_events(1)") == [(0,)]


def test_events_of_the_person_go_but_for_those_of_others_too(admin: Outsider, shared: Store) -> None:
    assert admin.rows("SELECT vfadmin_erase_events(1)") == [(1,)]
    with shared.read() as session:
        assert session.scalars(select(CalendarEvent.id)).all() == [2]


def test_the_owner_needs_no_function_and_others_are_told_where_there_is_none(shared: Store) -> None:
    with shared.rebuild() as connection:
        connection.exec_driver_sql("DROP FUNCTION vfadmin_pseudonymise, vfadmin_erase_events")
    for role in (Role.ADMIN, Role.SUPPORT):
        with (
            worked_on_as(shared, role) as store,
            pytest.raises(StoreError, match="VF-ROLE-09"),
            store.write() as session,
        ):
            rewrite(session, NAME, [])
    with shared.write() as session:
        rewrite(session, NAME, [Line(**{**LINE, "actor": NAME})])
        assert remove_events(session, 1) == 1
    with shared.read() as session:
        assert session.scalars(select(Audit.actor)).all() == [NAME]


def test_support_has_no_way_around_it_by_becoming_who_may(shared: Store) -> None:
    with worked_on_as(shared, Role.SUPPORT) as store, outsider(store) as support:
        for one in ("SET ROLE vfadmin_admin", "ALTER FUNCTION vfadmin_erase_events OWNER TO CURRENT_USER"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                support.connection.execute(one.encode())


def test_former_roles_lose_it_with_the_rest(shared: Store) -> None:
    with shared.rebuild() as connection:
        roles.give(connection, {**roles.USUAL, Role.ADMIN: "muu_hallinta"})
    with shared.read() as session:
        asked = func.has_function_privilege("vfadmin_admin", "vfadmin_erase_events(integer)", "EXECUTE")
        assert session.scalar(select(asked)) is False


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("said", "is_one"), [(pseudonym(12), True), ("poistettu #", False), ("Maija", False)]
)
def test_a_pseudonym_is_known_again(said: str, is_one: bool) -> None:
    assert is_pseudonym(said) is is_one
