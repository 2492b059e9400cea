from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from tests.services.scenes import active, change, person, stop
from tests.services.workbooks import HEADER, write_list
from vfadmin.errors import UsageError
from vfadmin.models import Audit, Company, Integration, Person
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import ImportPlan, ImportResult, PlannedRow, Verdict
from vfadmin.services.context import Services
from vfadmin.services.rows import PersonRow
from vfadmin.services.search import PersonQuery

Load = Callable[..., ImportPlan]


@pytest.fixture
def check(services: Services, tmp_path: Path) -> Load:
    """Check a list of these rows."""

    def checked(
        *rows: Sequence[object], header: Sequence[object] | None = HEADER, **options: Any
    ) -> ImportPlan:
        return services.bulk_import.check(
            write_list(tmp_path / "lista.xlsx", *rows, header=header), **options
        )

    return checked


def told(row: PlannedRow) -> tuple[int, str, str | None, str | None]:
    return row.row, row.verdict.value, row.column, None if row.failure is None else row.failure.code


def everybody(services: Services) -> list[PersonRow]:
    ids = services.search.ids(PersonQuery(include_inactive=True, sort=(("id", False),)))
    return services.search.rows(ids)


def numbers(result: ImportResult) -> tuple[int, int, int, int, int, int]:
    return (
        result.rows,
        result.created,
        result.updated,
        result.unchanged,
        result.activated,
        len(result.rejected),
    )


def test_r26_a_list_is_checked_shown_and_applied_as_one_batch(
    services: Services, check: Load, store: Store
) -> None:
    known = person(services, "Anna Aho", email="anna@firma.fi", company="Firma Oy")
    plan = check(
        [known.id, "Anna Öberg", "anna@firma.fi", "FIRMA OY", "FIRMA\\anna"],
        [None, "Bertta Berg", "bertta@firma.fi", "Uusi Oy", "bertta@firma.fi"],
        [None, "Cecilia", "ei osoite", None, None],
    )

    assert [told(row) for row in plan.rows] == [
        (2, "update", None, None),
        (3, "create", None, None),
        (4, "reject", "Sähköposti", "VF-PERSON-03"),
    ]
    assert [(one.field, one.old, one.new) for one in plan.rows[0].changes] == [
        ("name", "Anna Aho", "Anna Öberg"),
        ("login", "", "FIRMA\\anna"),
    ]
    assert (plan.file, plan.sheet, plan.header_row, plan.new_companies) == (
        "lista.xlsx",
        "Lista",
        1,
        ("Uusi Oy",),
    )
    assert plan.count(Verdict.CREATE) == 1
    assert len(everybody(services)) == 1

    result = services.bulk_import.apply(plan, activate=True)

    assert numbers(result) == (3, 1, 1, 0, 2, 1)
    anna, bertta = everybody(services)
    assert (anna.name, anna.company, anna.login, anna.state) == (
        "Anna Öberg",
        "Firma Oy",
        "FIRMA\\anna",
        "active",
    )
    assert (bertta.company, bertta.state) == ("Uusi Oy", "active")
    assert services.search.ids(PersonQuery(text="öberg")) == [anna.id]
    with store.read() as session:
        assert sorted(session.scalars(select(Company.name))) == ["Firma Oy", "Uusi Oy"]


def test_r26_loading_the_same_file_again_changes_nothing(
    services: Services, check: Load, store: Store
) -> None:
    rows: list[list[object]] = [
        [7, "Anna", "anna@firma.fi", "Firma Oy", "FIRMA\\anna"],
        [None, "Bertta", None, None, "bertta@firma.fi"],
        [None, "Cecilia", "c@firma.fi", None, None],
        [None, "Daavid", None, "Firma Oy", None],
    ]
    services.bulk_import.apply(check(*rows), activate=True)
    before = everybody(services)
    with store.read() as session:
        trail = session.query(Audit).count()

    result = services.bulk_import.apply(check(*rows), activate=True)

    assert numbers(result) == (4, 0, 0, 4, 0, 0)
    assert everybody(services) == before
    with store.read() as session:
        assert session.query(Audit).count() == trail


def test_r26_the_audit_trail_has_the_files_hash_and_every_row(
    services: Services, check: Load, tmp_path: Path
) -> None:
    known = person(services, "Anna", login="old@firma.fi")
    plan = check([known.id, "Anna", None, None, "new@firma.fi"], [None, "Bertta", None, None, None])

    services.bulk_import.apply(plan, activate=True)

    summary, created, updated = services.history.audit(limit=3)
    assert (summary.action, summary.subject) == ("import.apply", "file:lista.xlsx")
    assert summary.after == {
        "sha256": hashlib.sha256((tmp_path / "lista.xlsx").read_bytes()).hexdigest(),
        "rows": 2,
        "created": 1,
        "updated": 1,
        "unchanged": 0,
        "activated": 1,
        "rejected": 0,
    }
    assert (created.action, created.subject, created.after) == (
        "import.create",
        "person:2",
        {"name": "Bertta"},
    )
    assert (updated.before, updated.after) == (
        {"login": "old@firma.fi", "state": "unused"},
        {"login": "new@firma.fi", "state": "active"},
    )


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"ValueFrame ID": "12a"}, "ValueFrame ID", "VF-PERSON-05"),
        ({"ValueFrame ID": "0"}, "ValueFrame ID", "VF-PERSON-05"),
        ({"ValueFrame ID": 1.5}, "ValueFrame ID", "VF-PERSON-05"),
        ({"ValueFrame ID": "9" * 30}, "ValueFrame ID", "VF-PERSON-05"),
        ({"Nimi": "x" * 201}, "Nimi", "VF-PERSON-04"),
        ({"Nimi": None, "Sähköposti": "uusi@firma.fi"}, "Nimi", "VF-PERSON-04"),
        ({"Sähköposti": "matti"}, "Sähköposti", "VF-PERSON-03"),
        ({"Yhtiö": "y" * 201}, "Yhtiö", "VF-PERSON-04"),
        ({"Integraatiotunnus": "matti"}, "Integraatiotunnus", "VF-LOGIN-02"),
        ({"Integraatiotunnus": "TAKEN@firma.fi"}, "Integraatiotunnus", "VF-LOGIN-03"),
        ({"Integraatiotunnus": "box@firma.fi"}, "Integraatiotunnus", "VF-LOGIN-03"),
        ({"Kalenteri": "oma"}, "Kalenteri", "VF-IMPORT-08"),
        ({"Kalenterin nimi": "a/b"}, "Kalenterin nimi", "VF-CALENDAR-01"),
        ({"Aktivoi": "ehkä"}, "Aktivoi", "VF-IMPORT-08"),
        ({"Aktivoi": "kyllä"}, "Aktivoi", "VF-LOGIN-01"),
        ({"Laji": "robotti"}, "Laji", "VF-IMPORT-08"),
        ({"ActiveSync": "palm"}, "ActiveSync", "VF-PERSON-06"),
    ],
)
def test_every_rejection_names_the_row_the_column_and_the_reason(
    services: Services, check: Load, store: Store, cells: dict[str, object], column: str, code: str
) -> None:
    person(services, "Varattu", login="taken@firma.fi")
    boxed = person(services, "Laatikko", login="FIRMA\\laatikko")
    change(store, boxed.id, mailbox="Box@firma.fi")
    before = everybody(services)
    filled = {"Nimi": "Uusi Ihminen"} | cells

    plan = check(list(filled.values()), header=list(filled))

    assert [told(row) for row in plan.rows] == [(2, "reject", column, code)]
    assert numbers(services.bulk_import.apply(plan, activate=True)) == (1, 0, 0, 0, 0, 1)
    assert everybody(services) == before


def test_cells_mean_what_they_say_in_both_languages(services: Services, check: Load) -> None:
    header = ["Name", "Login", "Calendar", "Calendar name", "Activate", "Kind", "Mobile sync"]

    plan = check(
        ["Anna", "anna@firma.fi", "uusi", "Työ", "Kyllä", "henkilö", "SyncML"],
        ["Bertta", "bertta@firma.fi", "default", None, "no", "person", "ei"],
        ["Huone", "room@firma.fi", "Oletus", None, "x", "resurssi", "yes"],
        header=header,
    )
    services.bulk_import.apply(plan)

    assert [
        (row.state, row.calendar, row.calendar_name, row.kind, row.mobile_sync) for row in everybody(services)
    ] == [
        ("active", "new", "Työ", "person", "syncml"),
        ("unused", "default", "ValueFrame", "person", "none"),
        ("active", "default", "ValueFrame", "resource", "activesync"),
    ]


def test_first_and_last_name_make_the_name_unless_it_is_given(services: Services, check: Load) -> None:
    header = ["Sukunimi", "Etunimi", "Nimi", "Sähköposti"]

    plan = check(
        ["Aho", "Anna", None, None], ["Berg", None, None, None], ["X", "Y", "Cecilia", None], header=header
    )
    services.bulk_import.apply(plan)

    assert [row.name for row in everybody(services)] == ["Anna Aho", "Berg", "Cecilia"]


def test_everything_a_list_can_change_changes(services: Services, check: Load) -> None:
    known = person(services, "Anna", email="anna@firma.fi", company="A Oy", login="anna@firma.fi")
    header = ["ID", "Nimi", "Sähköposti", "Yhtiö", "Tunnus", "Kalenteri", "Laji", "ActiveSync"]

    plan = check([known.id, "Huone", "h@b.fi", "B Oy", "b@b.fi", "uusi", "resurssi", "kyllä"], header=header)
    result = services.bulk_import.apply(plan)

    (row,) = everybody(services)
    assert numbers(result) == (1, 0, 1, 0, 0, 0)
    assert (row.name, row.email, row.company, row.login) == ("Huone", "h@b.fi", "B Oy", "b@b.fi")
    assert (row.calendar, row.kind, row.mobile_sync) == ("new", "resource", "activesync")


def test_a_blank_cell_leaves_its_field_alone(services: Services, check: Load) -> None:
    known = person(services, "Anna", email="anna@firma.fi", company="Firma Oy", login="anna@firma.fi")

    plan = check([known.id, None, "", "  ", None])

    assert [told(row) for row in plan.rows] == [(2, "unchanged", None, None)]
    services.bulk_import.apply(plan)
    assert everybody(services) == [known]


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

    assert told(plan.rows[1]) == (3, "reject", "ValueFrame ID", "VF-IMPORT-05")


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


# States --------------------------------------------------------------------------------------------------


def test_r30_a_leaver_gets_no_login_and_is_not_activated_but_may_be_renamed(
    services: Services, check: Load
) -> None:
    one = person(services, "Anna", login="anna@firma.fi")
    services.directory.change_person(one.id, active=False)
    header = [*HEADER, "Aktivoi"]

    rejected = [
        check([one.id, "Anna", None, None, "new@firma.fi", None], header=header).rows[0],
        check([one.id, "Anna", None, None, None, "kyllä"], header=header).rows[0],
    ]
    renamed = check([one.id, "Anna Uusi", None, None, None, None], header=header, activate=True)

    assert [told(row)[2:] for row in rejected] == [
        ("Integraatiotunnus", "VF-LOGIN-04"),
        ("Aktivoi", "VF-LOGIN-04"),
    ]
    assert numbers(services.bulk_import.apply(renamed, activate=True)) == (1, 0, 1, 0, 0, 0)


def test_what_is_active_or_stopped_is_not_activated_again(
    services: Services, check: Load, store: Store, fake_clock: Any
) -> None:
    one, two, three = active(services, "Anna"), active(services, "Bertta"), active(services, "Cecilia")
    stop(store, two.id, fake_clock.now)
    services.activation.passivate([three.id])

    plan = check(*([row.id, None, None, None, None] for row in (one, two, three)), activate=True)

    assert [row.activates for row in plan.rows] == [False, False, True]
    assert [row.verdict.value for row in plan.rows] == ["unchanged", "unchanged", "update"]


def test_an_active_one_keeps_its_calendar(services: Services, check: Load) -> None:
    one = active(services, "Anna")

    by_choice = check([one.id, "uusi"], header=["ID", "Kalenteri"])
    by_name = check([one.id, "Työ"], header=["ID", "Kalenterin nimi"])

    assert told(by_choice.rows[0]) == (2, "reject", "Kalenteri", "VF-STATE-01")
    assert told(by_name.rows[0]) == (2, "reject", "Kalenterin nimi", "VF-STATE-01")


def test_a_new_login_on_a_live_row_is_looked_up_anew(services: Services, check: Load, store: Store) -> None:
    one = active(services, "Anna", "a@firma.fi")
    change(store, one.id, mailbox="a@firma.fi", matched=True)

    services.bulk_import.apply(check([one.id, None, None, None, "A@firma.fi"]))
    with store.read() as session:
        same = session.get_one(Integration, one.id)
    services.bulk_import.apply(check([one.id, None, None, None, "b@firma.fi"]))
    with store.read() as session:
        other = session.get_one(Integration, one.id)

    assert (same.mailbox, same.matched) == ("a@firma.fi", True)
    assert (other.mailbox, other.matched) == (None, False)


def test_what_changed_since_the_check_is_judged_again(services: Services, check: Load) -> None:
    plan = check([None, "Anna", None, None, "anna@firma.fi"], [None, "Bertta", None, None, None])
    person(services, "Seppo", login="ANNA@firma.fi")

    result = services.bulk_import.apply(plan)

    assert [told(row)[3] for row in result.rejected] == ["VF-LOGIN-03"]
    assert [row.name for row in result.applied] == ["Bertta"]


def test_what_was_rejected_when_shown_stays_rejected(services: Services, check: Load) -> None:
    holder = person(services, "Seppo", login="anna@firma.fi")
    plan = check([None, "Anna", None, None, "anna@firma.fi"])
    services.activation.set_login(holder.id, "")

    assert numbers(services.bulk_import.apply(plan)) == (1, 0, 0, 0, 0, 1)


def test_a_failure_in_the_middle_leaves_nothing_behind(services: Services, check: Load, store: Store) -> None:
    plan = check([None, "Anna", None, "Uusi Oy", None], [None, "Bertta", None, None, None])
    with store.write() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER no_bertta BEFORE INSERT ON person WHEN NEW.name = 'Bertta' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )

    with pytest.raises(Exception, match="no"):
        services.bulk_import.apply(plan)

    with store.read() as session:
        assert session.scalars(select(Person)).all() == []
        assert session.scalars(select(Company)).all() == []
        assert session.scalars(select(Audit)).all() == []


# Workbooks that go out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_the_template_can_be_filled_and_loaded(services: Services, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "malli.xlsx"
    services.bulk_import.template(path, lang)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert len(book.worksheets) == 2
    assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])
    choices = [rule.formula1.strip('"').split(",") for rule in sheet.data_validations.dataValidation]
    sheet.append(
        [
            7,
            "Anna",
            "anna@firma.fi",
            "Firma Oy",
            "FIRMA\\anna",
            choices[0][1],
            "Työ",
            *(one[0] for one in choices[1:]),
        ]
    )
    book.save(path)

    plan = services.bulk_import.check(path)

    assert plan.ignored_columns == ()
    assert numbers(services.bulk_import.apply(plan)) == (1, 1, 0, 0, 1, 0)
    (row,) = everybody(services)
    assert (row.id, row.calendar, row.calendar_name, row.state, row.kind) == (
        7,
        "new",
        "Työ",
        "active",
        "person",
    )


@pytest.mark.parametrize(("lang", "reason"), [("fi", "Sähköpostiosoite"), ("en", "e-mail address")])
def test_the_report_has_every_row_with_its_verdict_and_reason(
    services: Services, check: Load, tmp_path: Path, lang: str, reason: str
) -> None:
    plan = check([None, "Anna", "anna@firma.fi", None, None], [None, "Bertta", "@SUM(A1)", None, None])
    path = tmp_path / "raportti.xlsx"

    hostile = replace(plan.rows[1], cells={**plan.rows[1].cells, "name": "=HYPERLINK(1)"})

    services.bulk_import.report([plan.rows[0], hostile], plan, path, lang)

    sheet = load_workbook(path).worksheets[0]
    header, good, bad = sheet.iter_rows()
    assert [cell.value for cell in header[1:6]] == HEADER
    assert good[0].value == "2"
    assert bad[7].value == "Sähköposti"
    assert reason in str(bad[8].value)
    assert bad[9].value
    # Formula injection: what looks like one goes out as the text it is.
    assert (bad[2].value, bad[2].data_type, bad[2].quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert (bad[3].value, bad[3].data_type, bad[3].quotePrefix) == ("@SUM(A1)", "s", True)
    assert not good[2].quotePrefix


def test_a_workbook_that_cannot_be_written_is_said_so(
    services: Services, check: Load, tmp_path: Path
) -> None:
    plan = check([None, "Anna", None, None, None])
    nowhere = tmp_path / "no" / "such" / "place.xlsx"

    for call in (
        lambda: services.bulk_import.template(nowhere),
        lambda: services.bulk_import.report(plan.rows, plan, nowhere),
    ):
        with pytest.raises(UsageError) as error:
            call()
        assert error.value.failure.code == "VF-IMPORT-07"


CELLS = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    st.integers(-5, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(["anna@firma.fi", "FIRMA\\anna", "Anna", "kyllä", "uusi", "1", "2"]),
)
FULL_HEADER = [*HEADER, "Kalenteri", "Kalenterin nimi", "Aktivoi", "Laji", "ActiveSync"]


@given(st.lists(st.lists(CELLS, min_size=10, max_size=10), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_the_cells_hold_a_row_is_applied_or_rejected_with_a_reason(
    services: Services, check: Load, rows: list[list[object]]
) -> None:
    plan = check(*rows, header=FULL_HEADER)

    for row in plan.rows:
        assert (row.failure is not None) == (row.verdict is Verdict.REJECT)
        assert (row.column in FULL_HEADER) == (row.verdict is Verdict.REJECT)
    result = services.bulk_import.apply(plan)
    assert [told(row) for row in result.rejected] == [told(row) for row in plan.rows if row.failure]
    again = services.bulk_import.apply(services.bulk_import.check(check_path(services)))
    assert (again.created, again.updated) == (0, 0)


def check_path(services: Services) -> Path:
    return services.home / "lista.xlsx"
