"""What was said of a list's columns is used for the next one of that layout; lists of devices (R26, R18)."""

from __future__ import annotations

import pytest

from tests.services.loads import Load, everybody
from tests.services.scenes import change, person
from vfadmin.errors import UsageError
from vfadmin.errors.texts import explain
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


def test_headings_nobody_knows_find_what_was_said_of_them(services: Services, check: Load) -> None:
    """Of all that is remembered only the layout itself is used, also where another one would fit."""
    one, other = ["Numero", "Kuka", "Exchange"], ["Numero", "Kuka", "Osasto"]
    services.bulk_import.apply(
        check(
            [7, "Anna", "a@firma.fi"],
            header=one,
            columns={"id": "Numero", "name": "Kuka", "login": "Exchange"},
        )
    )
    services.bulk_import.apply(check([7, "Anna", "Myynti"], header=other, columns={"name": "B"}))

    assert check([7, "Anna", "Myynti"], header=other).remembered == {"name": "Kuka"}
    assert check([7, "Anna", "b@firma.fi"], header=one).remembered["login"] == "Exchange"
    with pytest.raises(UsageError) as error:
        check([7, "Anna"], header=["Numero", "Kuka"])
    assert error.value.failure.code == "VF-IMPORT-02"


def test_what_is_said_again_takes_the_place_of_what_was_said(services: Services, check: Load) -> None:
    header = ["ID", "Nimi", "Sähköposti", "Tunnus"]
    row: list[object] = [7, "Anna", "anna@firma.fi", "palkka-77"]
    services.bulk_import.apply(check(row, header=header, columns={"login": ""}))
    again = check(row, header=header, columns={"login": "C"})
    assert (again.corrected, again.remembered) == ({"login": "Sähköposti"}, {})
    services.bulk_import.apply(again)
    (layout,) = services.bulk_import.layouts()
    assert dict(layout.columns) == {"login": "Sähköposti"}


def test_a_field_without_a_column_may_be_said_to_have_none(check: Load) -> None:
    plan = check([7, "Anna"], header=["ID", "Nimi"], columns={"login": ""})
    assert (list(plan.columns), plan.corrected) == (["id", "name"], {})


def test_r26_the_order_of_columns_makes_no_other_layout(services: Services, check: Load) -> None:
    services.bulk_import.apply(check(["x", 7, "Anna"], header=["Tyyppi", "ID", "Nimi"], columns={"kind": ""}))
    moved = check([7, "y", "Anna"], header=["id", "TYYPPI", "Nimi"])
    assert moved.remembered == {"kind": ""}
    assert check([7, "Anna"], header=["ID", "Nimi"]).remembered == {}


def test_a_heading_with_a_remark_is_understood(check: Load) -> None:
    plan = check([7, "Anna", "ei"], header=["ValueFrame ID *", "Nimi (pakollinen)", "Aktivoi [kyllä/ei]"])
    assert list(plan.columns) == ["id", "name", "activate"]


@pytest.mark.parametrize(
    ("header", "cells", "value"),
    [
        (["Nimi", "Kalender"], ["Anna", "ny kalender"], ("calendar", "new")),
        (["Nimi", "Slag"], ["Anna", "Resurs"], ("kind", "resource")),
        (["Nimi", "Resurssi"], ["Anna", "ja"], ("kind", "resource")),
        (["Nimi", "Resurssi"], ["Anna", "nej"], ("kind", "person")),
        (
            ["Nimi", "Laite", "Yhtiö", "Kalenteri"],
            ["Anna", "Pixel", "F Oy", ""],
            ("mobile_sync", "activesync"),
        ),
    ],
)
def test_words_are_understood_in_swedish_too(
    check: Load, header: list[str], cells: list[object], value: tuple[str, str]
) -> None:
    (row,) = check(cells, header=header).rows
    assert row.verdict == "create", row
    assert value in row.values.items()


def test_r18_a_device_is_that_of_whoever_has_the_mailbox(
    services: Services, check: Load, store: Store
) -> None:
    anna = person(services, "Anna", login="FIRMA\\anna")
    change(store, anna.id, mailbox="anna@firma.fi")
    bertta = person(services, "Bertta")
    many = [person(services, "Sama", email="sama@firma.fi").id for _ in range(7)]
    plan = check(
        [None, "ANNA@firma.fi", None, "iPhone"],
        [bertta.id, None, None, "iPad"],
        [None, None, "bertta", "ei"],
        [None, None, "Sama", "iPad"],
        [None, "sama@firma.fi", None, "iPad"],
        header=["ID", "Sähköposti", "Nimi", "Laite"],
    )
    assert [(row.person_id, row.verdict.value) for row in plan.rows] == [
        (anna.id, "update"),
        (bertta.id, "update"),
        (bertta.id, "unchanged"),
        (None, "reject"),
        (None, "reject"),
    ]
    assert [row.column for row in plan.rows[3:]] == ["Nimi", "Sähköposti"]
    assert plan.rows[3].failure is not None
    assert str(plan.rows[3].failure.params["candidates"]).endswith(f"Sama ({many[4]}) (+2)")
    assert services.bulk_import.apply(plan).updated == 2


def test_whether_a_list_is_of_devices_can_be_said(check: Load) -> None:
    header, row = ["Nimi", "Sähköposti", "Laite"], ["Anna", "anna@firma.fi", "iPhone"]
    assert check(row, header=header).rows[0].verdict == "reject"
    assert check(row, header=header, devices=False).rows[0].verdict == "create"


@pytest.mark.parametrize(
    "connection",
    [
        Connection(name="ews", protocol="ews", url="https://outlook.office365.com/EWS/Exchange.asmx"),
        Connection(name="ews", protocol="ews", url="https://posti.firma.fi/ews", server_version="online"),
    ],
    ids=["host", "version"],
)
def test_r6_office_365_over_ews_takes_addresses_too(
    check: Load, store: Store, connection: Connection
) -> None:
    with store.write() as session:
        session.merge(connection)
    assert [
        row.failure and row.failure.code for row in check([None, "Anna", None, None, "FIRMA\\anna"]).rows
    ] == ["VF-LOGIN-06"]
    with store.write() as session:
        session.add(Connection(name="oma", protocol="ews", url="https://posti.firma.fi/ews/exchange.asmx"))
    assert check([None, "Anna", None, None, "FIRMA\\anna"]).rows[0].failure is None


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize(
    ("header", "cells", "column", "value"),
    [
        (["Nimi", "Sähköposti"], ["Anna", "ei osoite"], "Sähköposti", "ei osoite"),
        (["Nimi", "Tunnus"], ["Anna", "anna"], "Tunnus", "anna"),
        (["Nimi", "Kalenteri"], ["Anna", "oma"], "Kalenteri", "oma"),
        (["Etunimi", "Sukunimi"], ["x" * 150, "y" * 150], "Sukunimi", "x" * 150 + " " + "y" * 150),
        (["Etunimi", "Tunnus"], [None, "anna@firma.fi"], "Etunimi", ""),
    ],
)
def test_r26_a_rejection_says_row_column_value_reason_and_remedy(
    check: Load, header: list[str], cells: list[object], column: str, value: str, lang: str
) -> None:
    (row,) = check(cells, header=header).rows
    assert (row.row, row.column, row.value) == (2, column, value)
    assert row.failure is not None
    text = explain(row.failure.code, row.failure.params, lang)
    assert text.message
    assert text.remedy


def test_r30_a_known_company_is_wanted_where_it_is_asked_for(check: Load, services: Services) -> None:
    person(services, "Anna", company="Firma Oy")
    plan = check(
        [None, "Bertta", None, "FIRMA oy", None],
        [None, "Cecilia", None, "Frima Oy", None],
        known_companies=True,
    )
    assert [(row.verdict.value, row.column, row.value) for row in plan.rows] == [
        ("create", None, ""),
        ("reject", "Yhtiö", "Frima Oy"),
    ]
    assert plan.new_companies == ()
