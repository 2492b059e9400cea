"""Taking a whole bulk load back (R26): what was, is again, but for rows that something has touched since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from tests.clock import START, FakeClock
from tests.empty_database import opened_empty
from tests.services.loads import Load, everybody
from tests.services.scenes import active, change, person, remember
from tests.services.workbooks import write_list
from vfadmin.errors import UsageError
from vfadmin.models import CalendarEvent, Company, Intent, Origin, Person
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import PlannedRow, Progress, Rules
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.rows import KnownFrom, PersonRow

ROWS: list[list[object]] = [
    [1, "Anna Öberg", "anna@firma.fi", "Uusi Oy", "anna@firma.fi"],
    [None, "Bertta Berg", "bertta@firma.fi", "Uusi Oy", "bertta@firma.fi"],
]


def load(services: Services, check: Load, **options: Any) -> int:
    """Anna is known and is changed, Bertta is added; both are activated."""
    result = services.bulk_import.apply(check(*ROWS), activate=True, **options)
    assert result.batch is not None
    return result.batch


def companies(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(Company.name)))


def refusal(services: Services, batch: int) -> str:
    with pytest.raises(UsageError) as error:
        services.bulk_import.undo(batch)
    return error.value.failure.code


def test_r26_a_load_is_undone_as_a_whole(services: Services, check: Load, store: Store) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    before = everybody(services)
    batch = load(services, check)
    assert [one.state for one in everybody(services)] == ["active", "active"]

    done = services.bulk_import.undo(batch)

    assert (done.restored, done.removed, done.left) == (1, 1, ())
    (anna,) = everybody(services)
    was = before[0]
    assert (anna.name, anna.email, anna.company, anna.login, anna.state) == (
        was.name,
        was.email,
        was.company,
        was.login,
        "unused",
    )
    assert companies(store) == ["Firma Oy"]
    (summary,) = services.history.audit(limit=1)
    assert (summary.action, summary.subject) == ("import.undo", "file:lista.xlsx")
    assert summary.after == {
        "batch": batch,
        "sha256": summary.after["sha256"],
        "restored": 1,
        "removed": 1,
        "left": 0,
    }


def test_r26_who_was_touched_since_is_left_and_named(services: Services, check: Load) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    batch = load(services, check)
    anna, bertta = everybody(services)
    services.activation.set_login(anna.id, "toinen@firma.fi")

    done = services.bulk_import.undo(batch)

    assert (done.restored, done.removed) == (0, 1)
    assert [(one.person_id, one.name, one.failure.code) for one in done.left] == [
        (anna.id, "Anna Öberg", "VF-UNDO-01")
    ]
    assert [one.login for one in everybody(services)] == ["toinen@firma.fi"]
    assert bertta.id not in [one.id for one in everybody(services)]


def test_r26_whom_something_refers_to_is_not_removed(services: Services, check: Load, store: Store) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    batch = load(services, check)
    bertta = everybody(services)[1]
    with store.write() as session:
        session.add(
            CalendarEvent(
                owner_id=bertta.id,
                title="Palaveri",
                starts_at=START,
                ends_at=START,
                zone="Europe/Helsinki",
                created_at=START,
                modified_at=START,
            )
        )

    done = services.bulk_import.undo(batch)

    assert [(one.person_id, one.failure.code) for one in done.left] == [(bertta.id, "VF-IMPORT-25")]
    assert [one.name for one in everybody(services)] == ["Anna Aho", "Bertta Berg"]


def test_r26_a_former_login_that_somebody_has_by_now_is_not_taken_back(
    services: Services, check: Load
) -> None:
    anna = person(services, "Anna Aho")
    services.activation.set_login(anna.id, "vanha@firma.fi")
    batch = services.bulk_import.apply(check([anna.id, "Anna Aho", None, None, "uusi@firma.fi"])).batch
    other = person(services, "Cecilia")
    services.activation.set_login(other.id, "vanha@firma.fi")
    assert batch is not None

    done = services.bulk_import.undo(batch)

    assert [(one.person_id, one.failure.code) for one in done.left] == [(anna.id, "VF-LOGIN-03")]
    assert {one.login for one in everybody(services)} == {"uusi@firma.fi", "vanha@firma.fi"}


def test_a_load_is_undone_once_and_only_while_it_is_known(services: Services, check: Load) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    batch = load(services, check)
    services.bulk_import.undo(batch)
    assert refusal(services, batch) == "VF-IMPORT-23"
    assert refusal(services, batch + 1) == "VF-IMPORT-21"


def test_of_many_loads_the_latest_twenty_can_be_undone(services: Services, check: Load) -> None:
    one = person(services, "Anna Aho")
    numbers = [
        services.bulk_import.apply(check([one.id, f"Anna {place}", None, None, None])).batch
        for place in range(22)
    ]
    listed = services.bulk_import.batches()
    assert [row.id for row in listed] == numbers[::-1]
    assert [row.undoable for row in listed] == [True] * 20 + [False] * 2
    assert refusal(services, numbers[0] or 0) == "VF-IMPORT-24"


def test_a_cancelled_load_and_a_cancelled_undo_leave_nothing(services: Services, check: Load) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    before = everybody(services)
    plan = check(*ROWS)
    with pytest.raises(UsageError) as error:
        services.bulk_import.apply(plan, progress=Progress(0, cancelled=True))
    assert error.value.failure.code == "VF-IMPORT-20"
    assert everybody(services) == before
    assert services.bulk_import.batches() == []
    batch = services.bulk_import.apply(plan).batch
    assert batch is not None
    after = everybody(services)
    with pytest.raises(UsageError):
        services.bulk_import.undo(batch, Progress(0, cancelled=True))
    assert everybody(services) == after
    assert services.bulk_import.batches()[0].undoable


def test_only_the_chosen_rows_are_applied(services: Services, check: Load) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    plan = check(*ROWS)
    assert services.bulk_import.dry_run(plan, rows=[3]).created == 1
    result = services.bulk_import.apply(plan, rows=[3])
    assert (result.rows, result.created, result.updated) == (1, 1, 0)
    assert [one.name for one in everybody(services)] == ["Anna Aho", "Bertta Berg"]


def test_a_cell_is_edited_and_everything_judged_again(services: Services, check: Load) -> None:
    plan = check([None, "Anna", "sama@firma.fi", None, None], [None, "Bertta", "sama@firma.fi", None, None])
    assert [row.verdict for row in plan.rows] == ["create", "reject"]
    mended = services.bulk_import.edit(plan, 3, "email", " bertta@firma.fi ")
    assert [row.verdict for row in mended.rows] == ["create", "create"]
    assert mended.edited == {(3, "email")}
    with pytest.raises(UsageError):
        services.bulk_import.edit(plan, 3, "device", "x")
    with pytest.raises(KeyError):
        services.bulk_import.edit(plan, 99, "email", "x")


NAMES = st.sampled_from(["Anna", "Bertta", "Cecilia", "Daavid"])
LOGINS = st.sampled_from([None, "a@firma.fi", "b@firma.fi", "FIRMA\\c"])
LINES = st.lists(
    st.tuples(
        st.sampled_from([None, 1, 2, 3, 9]), NAMES, st.none(), st.sampled_from([None, "F Oy", "G Oy"]), LOGINS
    ),
    max_size=5,
)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(known=st.lists(st.tuples(NAMES, LOGINS), max_size=3), lines=LINES, activate=st.booleans())
def test_r26_twice_is_once_and_undone_is_as_before(
    tmp_path_factory: pytest.TempPathFactory,
    known: list[tuple[str, str | None]],
    lines: list[Any],
    activate: bool,
) -> None:
    folder = tmp_path_factory.mktemp("load")
    store = opened_empty(folder / "vfadmin.db")
    try:
        services = build_services(
            store, folder, clock=FakeClock(), actor=Actor("tuki", "kone"), secrets=MemorySecrets()
        )
        for name, login in known:
            row = person(services, name)
            if login and all(one.login != login for one in everybody(services)):
                services.activation.set_login(row.id, login)
        before = facts(services)
        path = write_list(folder / "lista.xlsx", *lines)
        plan = services.bulk_import.check(path, activate=activate)
        told = services.bulk_import.dry_run(plan)
        first = services.bulk_import.apply(plan)
        assert (told.applied, told.rejected) == (first.applied, first.rejected)
        once = everybody(services)
        assert_done(first.applied, {one.id: one for one in once})
        again = services.bulk_import.apply(services.bulk_import.check(path, activate=activate))
        assert again.batch is None
        assert everybody(services) == once
        if first.batch is not None:
            assert services.bulk_import.undo(first.batch).left == ()
        assert facts(services) == before
    finally:
        store.close()


def assert_done(rows: Sequence[PlannedRow], persons: dict[int, PersonRow]) -> None:
    """What the plan said of a row is what its person is now."""
    for row in rows:
        if row.person_id is not None:
            person = persons[row.person_id]
            assert {name: str(getattr(person, name)) for name in row.values if name != "id"} == {
                name: value for name, value in row.values.items() if name != "id"
            }
            assert not row.activates or person.state == "active"


def facts(services: Services) -> list[tuple[object, ...]]:
    return [(one.id, one.name, one.email, one.company, one.login, one.state) for one in everybody(services)]


def test_changed_underneath_by_another_program(services: Services, check: Load, store: Store) -> None:
    one = person(services, "Anna Aho")
    batch = services.bulk_import.apply(check([one.id, "Anna Aho", None, None, "a@firma.fi"])).batch
    change(store, one.id, login="muu@firma.fi", login_key="muu@firma.fi")
    assert batch is not None
    done = services.bulk_import.undo(batch)
    assert [left.failure.code for left in done.left] == ["VF-UNDO-01"]


def test_the_file_may_be_gone_by_then(services: Services, check: Load, tmp_path: Path) -> None:
    plan = check(*ROWS)
    (tmp_path / "lista.xlsx").unlink()
    result = services.bulk_import.apply(plan)
    assert result.created == 2


EVERYTHING = ["ID", "Nimi", "Sähköposti", "Yhtiö", "Tunnus", "Kalenteri", "Kalenterin nimi", "Laji", "SyncML"]


def test_r26_every_field_a_list_changes_is_brought_back(services: Services, check: Load) -> None:
    one = person(services, "Anna", email="a@firma.fi", company="A Oy", login="a@firma.fi")
    services.directory.change_person(one.id, mobile_sync="activesync")
    before = services.directory.person(one.id)
    row = [one.id, "Huone", "h@firma.fi", "B Oy", "h@firma.fi", "uusi", "Työ", "resurssi", "x"]
    batch = services.bulk_import.apply(check(row, header=EVERYTHING)).batch
    changed = services.directory.person(one.id)
    assert (changed.kind, changed.calendar_name, changed.mobile_sync) == ("resource", "Työ", "syncml")
    assert batch is not None

    assert services.bulk_import.undo(batch).left == ()

    after = services.directory.person(one.id)
    assert replace(after, version=before.version) == before
    assert after.version > changed.version, "whoever still looks at the load's values cannot save over them"


def test_r18_it_is_kept_who_entered_a_mobile_sync_and_how(
    services: Services, check: Load, fake_clock: FakeClock
) -> None:
    one = person(services, "Anna")
    assert services.directory.person(one.id).mobile_sync_from is None
    by_hand = services.directory.change_person(one.id, mobile_sync="syncml").mobile_sync_from
    assert by_hand == KnownFrom(Origin.HAND, "tuki", fake_clock.now)
    fake_clock.advance(timedelta(minutes=1))
    assert services.directory.change_person(one.id, mobile_sync="syncml").mobile_sync_from == by_hand
    batch = services.bulk_import.apply(check([one.id, "ei"], header=["ID", "ActiveSync"])).batch
    by_file = services.directory.person(one.id).mobile_sync_from
    assert by_file == KnownFrom(Origin.FILE, "tuki", fake_clock.now, "lista.xlsx")
    assert batch is not None
    services.bulk_import.undo(batch)
    assert services.directory.person(one.id).mobile_sync_from == by_hand


def test_r30_whoever_was_synchronised_since_rests_with_his_login(
    services: Services, check: Load, store: Store, fake_clock: FakeClock
) -> None:
    one = person(services, "Anna")
    batch = services.bulk_import.apply(
        check([one.id, None, None, None, "anna@firma.fi"], activate=True)
    ).batch
    remember(store, one.id, fake_clock.now)
    assert batch is not None

    done = services.bulk_import.undo(batch)

    after = services.directory.person(one.id)
    assert (done.restored, after.state, after.login) == (1, "passive", "anna@firma.fi")


def test_r30_events_that_were_synchronised_since_hold_the_calendar(
    services: Services, check: Load, store: Store, fake_clock: FakeClock
) -> None:
    one = person(services, "Anna", login="anna@firma.fi")
    batch = services.bulk_import.apply(
        check([one.id, "uusi"], header=["ID", "Kalenteri"], activate=True)
    ).batch
    remember(store, one.id, fake_clock.now)
    assert batch is not None

    done = services.bulk_import.undo(batch)

    assert [left.failure.code for left in done.left] == ["VF-CALENDAR-02"]
    assert services.directory.person(one.id).state == "active"


def test_a_passive_one_is_passive_again(services: Services, check: Load) -> None:
    one = active(services, "Anna")
    services.activation.passivate([one.id])
    batch = services.bulk_import.apply(check([one.id, None, None, None, None], activate=True)).batch
    assert services.directory.person(one.id).state == "active"
    assert batch is not None
    assert services.bulk_import.undo(batch).restored == 1
    assert services.directory.person(one.id).state == "passive"


def test_logins_that_went_from_hand_to_hand_go_back(services: Services, check: Load) -> None:
    one, two = person(services, "Anna", login="a@firma.fi"), person(services, "Bertta", login="b@firma.fi")
    rows = [[two.id, None, None, None, "c@firma.fi"], [one.id, None, None, None, "b@firma.fi"]]
    batch = services.bulk_import.apply(check(*rows)).batch
    assert [row.login for row in everybody(services)] == ["b@firma.fi", "c@firma.fi"]
    assert batch is not None

    assert services.bulk_import.undo(batch).left == ()

    assert [row.login for row in everybody(services)] == ["a@firma.fi", "b@firma.fi"]


def test_who_is_left_keeps_the_login_another_one_had(services: Services, check: Load) -> None:
    """Anna has Bertta's former login and was touched since: neither goes back."""
    one, two = person(services, "Anna", login="a@firma.fi"), person(services, "Bertta", login="b@firma.fi")
    rows = [[two.id, None, None, None, "c@firma.fi"], [one.id, None, None, None, "b@firma.fi"]]
    batch = services.bulk_import.apply(check(*rows)).batch
    services.directory.change_person(one.id, name="Anna-Maija")
    assert batch is not None

    done = services.bulk_import.undo(batch)

    assert {left.person_id: left.failure.code for left in done.left} == {
        one.id: "VF-UNDO-01",
        two.id: "VF-LOGIN-03",
    }
    assert [row.login for row in everybody(services)] == ["b@firma.fi", "c@firma.fi"]


def test_who_is_gone_is_named_by_the_id(services: Services, check: Load, store: Store) -> None:
    batch = services.bulk_import.apply(check([7, "Anna", None, None, None])).batch
    with store.write() as session:
        session.execute(delete(Person).where(Person.id == 7))
    assert batch is not None

    done = services.bulk_import.undo(batch)

    assert [(left.person_id, left.name, left.failure.code) for left in done.left] == [(7, "", "VF-PERSON-01")]


def test_a_company_that_is_gone_comes_back_with_its_person(
    services: Services, check: Load, store: Store
) -> None:
    one = person(services, "Anna", company="Vanha Oy")
    batch = services.bulk_import.apply(check([one.id, None, None, "Uusi Oy", None])).batch
    with store.write() as session:
        session.execute(delete(Company).where(Company.name == "Vanha Oy"))
    assert batch is not None
    services.bulk_import.undo(batch)
    assert services.directory.person(one.id).company == "Vanha Oy"
    assert companies(store) == ["Vanha Oy"]


def test_a_mailbox_that_is_being_cleared_is_let_go_when_a_load_activates(
    services: Services, check: Load, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services, "Anna")
    remember(store, one.id, fake_clock.now)
    with store.write() as session:
        session.execute(update(Intent).values(operation="take-out"))
    services.activation.passivate([one.id])

    services.bulk_import.apply(check([one.id, None, None, None, None], activate=True))

    assert services.directory.person(one.id).state == "active"
    with store.read() as session:
        assert session.scalars(select(Intent)).all() == []


def test_cancelling_while_rows_are_written_leaves_nothing(services: Services, check: Load) -> None:
    class Impatient(Progress):
        def step(self, count: int = 1) -> None:
            self.cancelled = self.done >= self.total // 2
            super().step(count)

    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    before = everybody(services)
    plan = check(*ROWS)
    with pytest.raises(UsageError):
        services.bulk_import.apply(plan, progress=Impatient(0))
    assert everybody(services) == before
    with pytest.raises(UsageError):
        services.bulk_import.judge(plan, progress=Progress(0, cancelled=True))
    assert services.bulk_import.judge(plan, rules=Rules(activate=True)).activated == 2


def test_progress_ends_where_it_said(services: Services, check: Load) -> None:
    person(services, "Anna Aho", email="a@firma.fi", company="Firma Oy")
    progress = Progress(0)
    plan = check(*ROWS, [None, "Cecilia", "ei osoite", None, None], progress=progress)
    assert (progress.done, progress.total) == (3, 3)
    batch = services.bulk_import.apply(plan, progress=progress).batch
    assert (progress.done, progress.total) == (5, 5)
    assert batch is not None
    undoing = Progress(0)
    services.bulk_import.undo(batch, undoing)
    assert (undoing.done, undoing.total) == (4, 4)


def test_more_than_a_page_of_new_persons_is_loaded_and_taken_back(services: Services, check: Load) -> None:
    rows = [[None, f"Henkilö {number}", None, None, f"h{number}@firma.fi"] for number in range(1101)]
    progress = Progress(0)
    batch = services.bulk_import.apply(check(*rows), activate=True, progress=progress).batch
    assert (progress.done, progress.total) == (2202, 2202)
    assert {row.state for row in everybody(services)} == {"active"}
    assert batch is not None
    assert services.bulk_import.undo(batch).removed == 1101
    assert everybody(services) == []
