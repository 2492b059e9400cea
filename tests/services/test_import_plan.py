from __future__ import annotations

import pytest

from tests.services.loads import Load, everybody, numbers, told
from tests.services.scenes import person
from vfadmin.services.bulk_import import Verdict
from vfadmin.services.context import Services

# Who a row means -----------------------------------------------------------------------------------------


@pytest.fixture
def known(services: Services) -> dict[str, int]:
    return {
        "anna": person(services, "Anna Aho", email="anna@firma.fi", company="A Oy", login="FIRMA\\anna").id,
        "twin_a": person(services, "Matti Virtanen", company="A Oy").id,
        "twin_b": person(services, "Matti Virtanen", company="B Oy").id,
        "shared_1": person(services, "Yksi", email="info@firma.fi").id,
        "shared_2": person(services, "Kaksi", email="info@firma.fi").id,
    }


@pytest.mark.parametrize(
    ("cells", "who"),
    [
        (["{anna}", None, None, None, None], "anna"),
        (["000{anna}", "Anna Öberg", None, None, None], "anna"),
        (["'{anna}", None, None, None, None], "anna"),
        (["{anna}.0", None, None, None, None], "anna"),
        (["{anna},00", None, None, None, None], "anna"),
        ([None, None, None, None, "firma\\ANNA"], "anna"),
        ([None, "ANNA AHO", None, None, "FIRMA\\anna"], "anna"),
        ([None, None, "ANNA@firma.fi", None, None], "anna"),
        ([None, "Anna Uusinimi", "anna@firma.fi", None, "FIRMA\\anna"], "anna"),
        ([None, "anna  aho", None, None, None], "anna"),
        ([None, "Matti Virtanen", None, "b oy", None], "twin_b"),
    ],
)
def test_a_person_is_recognised_by_id_login_email_or_unique_name(
    check: Load, known: dict[str, int], cells: list[str | None], who: str
) -> None:
    plan = check([None if cell is None else cell.format(**known) for cell in cells])

    assert plan.rows[0].person_id == known[who]
    assert plan.rows[0].verdict in {Verdict.UNCHANGED, Verdict.UPDATE}


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ([None, "Matti Virtanen", None, None, None], "Nimi", "VF-IMPORT-04"),
        ([None, "Joku", "info@firma.fi", None, None], "Sähköposti", "VF-IMPORT-04"),
        ([None, "Joku Muu", None, None, "FIRMA\\anna"], "Integraatiotunnus", "VF-LOGIN-03"),
        ([None, "Uusi", "uusi@firma.fi", None, "FIRMA\\anna"], "Integraatiotunnus", "VF-LOGIN-03"),
    ],
)
def test_who_is_not_clear_is_rejected(
    check: Load, known: dict[str, int], cells: list[str | None], column: str, code: str
) -> None:
    assert known
    (row,) = check(cells).rows

    assert told(row) == (2, "reject", column, code)


def test_an_ambiguous_row_lists_the_candidates(check: Load, known: dict[str, int]) -> None:
    (row,) = check([None, "Matti Virtanen", None, None, None]).rows

    assert row.failure is not None
    expected = f"Matti Virtanen ({known['twin_a']}), Matti Virtanen ({known['twin_b']})"
    assert row.failure.params["candidates"] == expected


@pytest.mark.parametrize(
    "cells",
    [
        [999, "Anna Aho", None, None, None],
        [None, "Anna Aho", "toinen.anna@firma.fi", None, None],
        [None, "Matti Virtanen", None, "C Oy", None],
        [None, "Uusi", "uusi@firma.fi", None, None],
    ],
)
def test_somebody_unknown_is_created(check: Load, known: dict[str, int], cells: list[object]) -> None:
    assert known
    (row,) = check(cells).rows

    assert row.verdict is Verdict.CREATE


def test_given_ids_are_kept_and_free_ones_go_around_them(services: Services, check: Load) -> None:
    services.bulk_import.apply(check([None, "Anna", None, None, None], [1, "Bertta", None, None, None]))

    assert [(row.id, row.name) for row in everybody(services)] == [(1, "Bertta"), (2, "Anna")]


# Rows beside each other ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([5, "Anna", None, None, None], [5, "Bertta", None, None, None]),
        ([None, "Anna", "a@firma.fi", None, None], [None, "Bertta", "A@firma.fi", None, None]),
        ([None, "Anna", None, None, "a@firma.fi"], [None, "Bertta", None, None, "A@firma.fi"]),
        ([None, "Anna", None, "A Oy", None], [None, "anna", None, "a oy", None]),
    ],
)
def test_a_row_that_says_the_same_again_is_rejected(
    services: Services, check: Load, first: list[object], second: list[object]
) -> None:
    plan = check(first, second)

    assert told(plan.rows[1])[3] == "VF-IMPORT-05"
    assert plan.rows[1].failure is not None
    assert plan.rows[1].failure.params["row"] == 2
    assert services.bulk_import.apply(plan).created == 1


def test_one_person_twice_is_rejected_however_each_row_names_them(check: Load, known: dict[str, int]) -> None:
    plan = check([known["anna"], None, None, None, None], [None, None, "anna@firma.fi", None, None])

    assert told(plan.rows[1]) == (3, "reject", "Sähköposti", "VF-IMPORT-05"), "the cell that says it"


def test_a_login_may_pass_from_one_row_to_a_later_one(services: Services, check: Load) -> None:
    one = person(services, "Anna", login="a@firma.fi")
    two = person(services, "Bertta", login="b@firma.fi")

    plan = check([two.id, "Bertta", None, None, "new@firma.fi"], [one.id, "Anna", None, None, "b@firma.fi"])
    result = services.bulk_import.apply(plan)

    assert numbers(result) == (2, 0, 2, 0, 0, 0)
    assert [row.login for row in everybody(services)] == ["b@firma.fi", "new@firma.fi"]


def test_a_login_that_an_earlier_row_takes_is_gone(services: Services, check: Load) -> None:
    one = person(services, "Anna")

    plan = check(
        [None, "Bertta", "b@firma.fi", None, "x@firma.fi"], [one.id, "Anna", None, None, "X@firma.fi"]
    )

    assert told(plan.rows[1]) == (3, "reject", "Integraatiotunnus", "VF-LOGIN-03")
