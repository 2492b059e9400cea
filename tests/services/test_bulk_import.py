from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.services.loads import Load, everybody, numbers, told
from tests.services.scenes import active, change, person, remember, stop
from tests.services.workbooks import HEADER
from vfadmin.models import Audit, Company, Integration, Person
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import Verdict
from vfadmin.services.context import Services
from vfadmin.services.search import PersonQuery


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
        "batch": 1,
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
            if store.scheme == "sqlite"
            else "ALTER TABLE person ADD CONSTRAINT no_bertta CHECK (name <> 'Bertta')"
        )

    with pytest.raises(Exception, match="no"):
        services.bulk_import.apply(plan)

    with store.read() as session:
        assert session.scalars(select(Person)).all() == []
        assert session.scalars(select(Company)).all() == []
        assert session.scalars(select(Audit)).all() == []


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


def test_one_with_synchronised_events_keeps_its_calendar(
    services: Services, check: Load, store: Store, fake_clock: Any
) -> None:
    one = active(services, "Anna")
    remember(store, one.id, fake_clock.now)
    services.activation.passivate([one.id])

    by_choice = check([one.id, "uusi"], header=["ID", "Kalenteri"])
    by_name = check([one.id, "Työ"], header=["ID", "Kalenterin nimi"])

    assert told(by_choice.rows[0]) == (2, "reject", "Kalenteri", "VF-CALENDAR-02")
    assert by_name.rows[0].verdict.value == "update"
