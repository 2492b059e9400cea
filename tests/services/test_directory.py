from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services.scenes import active, person
from vfadmin.errors import UsageError
from vfadmin.models import PersonKind, State
from vfadmin.services.context import Services
from vfadmin.services.search import PersonQuery


def test_a_person_is_added_with_a_new_company(services: Services) -> None:
    row = services.directory.add_person(
        name="  Matti   Meikäläinen ", email=" matti@firma.fi ", company="Firma Oy", login="FIRMA\\matti"
    )

    assert (row.id, row.name, row.email, row.company) == (
        1,
        "Matti Meikäläinen",
        "matti@firma.fi",
        "Firma Oy",
    )
    assert (row.kind, row.person_active, row.state, row.login) == (
        PersonKind.PERSON,
        True,
        State.UNUSED,
        "FIRMA\\matti",
    )
    (entry,) = services.history.audit(row.id)
    assert entry.action == "person.add"
    assert entry.before is None
    assert entry.after is not None
    assert entry.after["login"] == "FIRMA\\matti"


def test_a_company_is_known_by_its_name_whatever_the_case(services: Services) -> None:
    one = person(services, "Anna", company="Ääkkös Oy")
    two = person(services, "Bertta", company="ÄÄKKÖS OY")

    assert one.company_id == two.company_id
    assert [(row.name, row.persons) for row in services.directory.companies()] == [("Ääkkös Oy", 2)]


def test_an_id_that_was_given_is_kept_and_the_next_one_follows_it(services: Services) -> None:
    assert person(services, "Anna", person_id=1042).id == 1042
    assert person(services, "Bertta").id == 1043


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "VF-PERSON-04"),
        ({"name": "x" * 201}, "VF-PERSON-04"),
        ({"name": "a\0b"}, "VF-PERSON-04"),
        ({"name": "Anna", "company": "y" * 201}, "VF-PERSON-04"),
        ({"name": "Anna", "email": "anna"}, "VF-PERSON-03"),
        ({"name": "Anna", "person_id": 0}, "VF-PERSON-05"),
        ({"name": "Anna", "person_id": 2**31}, "VF-PERSON-05"),
        ({"name": "Anna", "person_id": 7}, "VF-PERSON-02"),
        ({"name": "Anna", "login": "anna"}, "VF-LOGIN-02"),
        ({"name": "Anna", "login": "taken@firma.fi"}, "VF-LOGIN-03"),
    ],
)
def test_what_cannot_be_added_is_refused_whole(services: Services, fields: dict[str, Any], code: str) -> None:
    person(services, "Seppo", person_id=7, login="taken@firma.fi")

    with pytest.raises(UsageError) as error:
        services.directory.add_person(**fields)

    assert error.value.failure.code == code
    assert services.search.ids(PersonQuery(include_inactive=True)) == [7]
    assert services.directory.companies() == []


def test_fields_change_one_by_one_and_are_searched_for_by_their_new_values(services: Services) -> None:
    one = person(services, "Anna Aho", email="anna@firma.fi", company="Firma Oy", login="anna@firma.fi")
    used = datetime(2026, 2, 1, tzinfo=UTC)

    row = services.directory.change_person(
        one.id,
        name="Anna Öberg",
        email="",
        company="Toinen Oy",
        resource=True,
        mobile_sync="ActiveSync",
        mobile_sync_used=used,
        version=one.version,
    )

    assert (row.name, row.email, row.company, row.kind) == (
        "Anna Öberg",
        "",
        "Toinen Oy",
        PersonKind.RESOURCE,
    )
    assert (row.mobile_sync, row.mobile_sync_used, row.mobile_warning) == ("activesync", used, True)
    assert row.version > one.version
    assert services.search.ids(PersonQuery(text="öberg anna@firma")) == [one.id]
    assert services.search.ids(PersonQuery(text="aho")) == []
    (entry, _) = services.history.audit(one.id)
    assert entry.before is not None
    assert entry.before["name"] == "Anna Aho"
    assert services.directory.change_person(one.id, company="").company == ""


def test_nothing_changed_leaves_no_trace(services: Services) -> None:
    one = person(services, "Anna")

    assert services.directory.change_person(one.id, name="Anna", active=True) == one
    assert len(services.history.audit(one.id)) == 1


def test_a_login_changes_with_the_form(services: Services) -> None:
    one = person(services, "Anna")

    row = services.directory.change_person(one.id, login="anna@firma.fi", name="Anna A")

    assert (row.login, row.name) == ("anna@firma.fi", "Anna A")
    assert services.directory.change_person(one.id, login="anna@firma.fi") == row


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mobile_sync": "palm"}, "VF-PERSON-06"),
        ({"email": "x"}, "VF-PERSON-03"),
        ({"name": ""}, "VF-PERSON-04"),
        ({"name": "Toinen", "version": 99}, "VF-LOGIN-05"),
        ({"name": "Toinen", "login": "x"}, "VF-LOGIN-02"),
    ],
)
def test_a_bad_change_changes_nothing(services: Services, fields: dict[str, Any], code: str) -> None:
    one = person(services)

    with pytest.raises(UsageError) as error:
        services.directory.change_person(one.id, **fields)

    assert error.value.failure.code == code
    assert services.directory.person(one.id) == one


def test_an_unknown_person_is_neither_shown_nor_changed(services: Services) -> None:
    for call in (services.directory.person, services.directory.change_person):
        with pytest.raises(UsageError) as error:
            call(5)
        assert error.value.failure.code == "VF-PERSON-01"


def test_r30_a_leaver_is_passivated_and_nothing_is_deleted(services: Services) -> None:
    one = active(services)

    left = services.directory.change_person(one.id, active=False)
    back = services.directory.change_person(one.id, active=True)

    assert (left.person_active, left.state, left.login) == (False, State.PASSIVE, one.login)
    assert (back.person_active, back.state) == (True, State.PASSIVE)
    entry = services.history.audit(one.id)[1]
    assert entry.before == {"active": True, "state": "active"}
    assert entry.after == {"active": False, "state": "passive"}


def test_r30_a_leaver_who_never_had_an_integration_keeps_none(services: Services) -> None:
    one = person(services)

    assert services.directory.change_person(one.id, active=False).state is State.UNUSED


def test_event_types_are_added_once_and_listed_in_order(services: Services) -> None:
    added = [services.directory.add_event_type(name) for name in ("Äänestys", "Palaveri", " palaveri ")]

    assert added[1] == added[2]
    assert [row.name for row in services.directory.event_types()] == ["Palaveri", "Äänestys"]
    with pytest.raises(UsageError) as error:
        services.directory.add_event_type("x" * 101)
    assert error.value.failure.code == "VF-PERSON-04"
