"""What was said of a list's columns is used for the next one of that layout; lists of devices (R26, R18)."""

from __future__ import annotations

import pytest

from tests.services.loads import Load, everybody, told
from tests.services.scenes import person
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.context import Services

ODD = ["Numero", "Kuka", "Exchange"]


def test_r26_corrected_columns_are_remembered_for_the_layout(services: Services, check: Load) -> None:
    columns = {"id": "Numero", "name": "Kuka", "login": "Exchange"}
    plan = check([7, "Anna", "anna@firma.fi"], header=ODD, columns=columns)
    assert (plan.corrected, plan.remembered) == (columns, {})
    services.bulk_import.apply(plan)

    again = check([7, "Anna", "uusi@firma.fi"], header=ODD)

    assert again.remembered == columns
    assert [(row.verdict, row.values["login"]) for row in again.rows] == [("update", "uusi@firma.fi")]
    (layout,) = services.bulk_import.layouts()
    assert (layout.file, layout.actor, dict(layout.columns)) == ("lista.xlsx", "tuki", columns)
    assert services.bulk_import.forget_layout(layout.layout)
    assert not services.bulk_import.forget_layout(layout.layout)
    assert services.bulk_import.layouts() == []


def test_r26_a_column_may_be_said_to_mean_nothing(services: Services, check: Load) -> None:
    header = ["ID", "Nimi", "Tunnus"]
    plan = check([7, "Anna", "palkka-77"], header=header, columns={"login": ""})
    assert list(plan.columns) == ["id", "name"]
    assert "Tunnus" in plan.ignored_columns
    services.bulk_import.apply(plan)
    again = check([7, "Anna", "palkka-78"], header=header)
    assert again.remembered == {"login": ""}
    assert [row.verdict for row in again.rows] == ["unchanged"]


def test_what_was_recognised_anyway_is_not_remembered(services: Services, check: Load) -> None:
    plan = check([7, "Anna"], header=["ID", "Nimi"], columns={"name": "Nimi"})
    assert plan.corrected == {}
    services.bulk_import.apply(plan)
    assert services.bulk_import.layouts() == []


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (
            ["Förnamn", "Efternamn", "E-post", "Företag", "Inloggning"],
            ["Åke", "Öhman", "ake@f.fi", "F Ab", "ake@f.fi"],
        ),
        (
            ["givenName", "sn", "mail", "company", "userPrincipalName"],
            ["Åke", "Öhman", "ake@f.fi", "F Ab", "ake@f.fi"],
        ),
        (
            ["Etunimi", "Sukunimi", "Sähköposti", "Yhtiö", "AD-tunnus"],
            ["Åke", "Öhman", "ake@f.fi", "F Ab", "ake@f.fi"],
        ),
    ],
    ids=["sv", "directory", "fi"],
)
def test_r26_headings_are_understood_in_three_languages(
    services: Services, check: Load, header: list[str], cells: list[object]
) -> None:
    (row,) = check(cells, header=header).rows
    assert (row.verdict, row.values) == (
        "create",
        {"name": "Åke Öhman", "email": "ake@f.fi", "company": "F Ab", "login": "ake@f.fi"},
    )
    assert everybody(services) == []


def test_r18_a_list_of_devices_tells_who_has_one_and_nothing_else(services: Services, check: Load) -> None:
    anna = person(services, "Anna", email="anna@firma.fi")
    bertta = person(services, "Bertta", email="bertta@firma.fi")
    header = ["User principal name", "Device"]
    rows: list[list[object]] = [
        ["anna@firma.fi", "iPhone14C2"],
        ["anna@firma.fi", "iPad"],
        ["bertta@firma.fi", ""],
        ["kuka@firma.fi", "Pixel"],
    ]
    plan = check(*rows, header=header)
    assert plan.rules.devices
    assert [(row.verdict, row.failure and row.failure.code) for row in plan.rows] == [
        ("update", None),
        ("unchanged", None),
        ("unchanged", None),
        ("reject", "VF-IMPORT-22"),
    ]
    result = services.bulk_import.apply(plan)
    assert (result.updated, result.created) == (1, 0)
    assert services.directory.person(anna.id).mobile_sync == "activesync"
    assert services.directory.person(bertta.id).mobile_sync == "none"


@pytest.mark.parametrize(
    ("columns", "cell", "fact"),
    [
        (["ID", "ActiveSync"], "x", "activesync"),
        (["ID", "SyncML"], "kyllä", "syncml"),
        (["ID", "SyncML"], "ei", "none"),
    ],
)
def test_r18_a_column_of_the_list_sets_the_fact(
    services: Services, check: Load, columns: list[str], cell: str, fact: str
) -> None:
    anna = person(services, "Anna")
    services.bulk_import.apply(check([anna.id, cell], header=columns))
    row = services.directory.person(anna.id)
    assert row.mobile_sync == fact


def test_r6_where_all_mailboxes_are_in_office_365_a_domain_login_is_refused(
    check: Load, store: Store
) -> None:
    with store.write() as session:
        session.add(Connection(name="pilvi", protocol="graph"))
    (row,) = check([None, "Anna", None, None, "FIRMA\\anna"]).rows
    assert (row.verdict, row.failure and row.failure.code) == ("reject", "VF-LOGIN-06")


def test_r26_a_company_nobody_knows_is_added_or_on_request_refused(services: Services, check: Load) -> None:
    person(services, "Anna", company="Firma Oy")
    rows: list[list[object]] = [
        [None, "Bertta", None, "FIRMA OY", None],
        [None, "Cecilia", None, "Frima Oy", None],
    ]
    assert [row.verdict for row in check(*rows).rows] == ["create", "create"]
    strict = check(*rows, known_companies=True)
    assert [told(row) for row in strict.rows] == [
        (2, "create", None, None),
        (3, "reject", "Yhtiö", "VF-COMPANY-01"),
    ]
