"""Undoing the last change: row by row, in the audit trail, and never over somebody else's work (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.clock import FakeClock
from tests.services.scenes import active, change, code, integration, person, remember, stop
from vfadmin.models import Audit, Pair, State
from vfadmin.models.store import Store
from vfadmin.services.activation import RowResult
from vfadmin.services.context import Services
from vfadmin.services.undo import Trace, trace_of_login

pytestmark = pytest.mark.both_stores


def traces(results: Sequence[RowResult]) -> list[Trace]:
    return [one.trace for one in results if one.trace is not None]


def trail(store: Store) -> list[tuple[str, str, Any, Any]]:
    """The undone changes in the audit trail."""
    with store.read() as session:
        rows = session.scalars(select(Audit).where(Audit.action == "integration.undo").order_by(Audit.id))
        return [(row.actor, row.subject, row.before, row.after) for row in rows]


def state(services: Services, person_id: int) -> State:
    return services.directory.person(person_id).state


def login_traced(services: Services, person_id: int, login: str) -> Trace | None:
    before = services.directory.person(person_id)
    return trace_of_login(
        before, services.activation.set_login(person_id, login, before.version), before.version
    )


def test_r23_an_undone_activation_is_a_passivation_and_keeps_what_was_synchronised(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = person(services)
    services.activation.set_login(one.id, "matti@firma.fi")
    done = services.activation.activate([one.id])
    remember(store, one.id, fake_clock.now)

    (result,) = services.activation.undo(traces(done))

    assert result == RowResult(one.id, ok=True, state=State.PASSIVE, changed=True)
    row = integration(store, one.id)
    assert (row.login, row.matched, row.mailbox_identity) == ("matti@firma.fi", True, "identity")
    assert row.next_run_at is None
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Pair)) == 1
    assert trail(store) == [("tuki", f"person:{one.id}", {"state": "active"}, {"state": "passive"})]


def test_r23_many_passivated_are_put_back_to_work(services: Services, store: Store) -> None:
    ids = [active(services, f"Henkilö {n}").id for n in range(3)]

    results = services.activation.undo(traces(services.activation.passivate(ids)))

    assert [(one.id, one.state, one.changed) for one in results] == [(id_, State.ACTIVE, True) for id_ in ids]
    assert [subject for _, subject, _, _ in trail(store)] == [f"person:{id_}" for id_ in ids]


def test_a_cycle_that_was_under_way_does_not_outlive_the_undo(services: Services, store: Store) -> None:
    one = person(services)
    services.activation.set_login(one.id, "matti@firma.fi")
    done = services.activation.activate([one.id])
    fence = integration(store, one.id).fence

    services.activation.undo(traces(done))

    assert integration(store, one.id).fence > fence


def test_a_passivated_error_stands_stopped_by_its_cause_again_and_is_not_put_to_work(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    stop(store, one.id, fake_clock.now)
    before, fence = services.directory.person(one.id), integration(store, one.id).fence

    (result,) = services.activation.undo(traces(services.activation.passivate([one.id])))

    after = services.directory.person(one.id)
    assert integration(store, one.id).fence == fence + 2, "who takes events out meanwhile has to stop"
    assert result.state is State.ERROR
    assert (after.error, after.next_run_at) == (before.error, None)
    assert trail(store)[0][2:] == (
        {"state": "passive", "error": None},
        {"state": "error", "error": "EX-IMP-01"},
    )


def test_rows_changed_by_somebody_else_meanwhile_are_left_and_named(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    ours, edited, stopped = (active(services, name) for name in ("Aino", "Veikko", "Impi"))
    ids = [ours.id, edited.id, stopped.id]
    services.activation.passivate(ids)
    done = services.activation.activate(ids)
    services.directory.change_person(edited.id, name="Veikko Uusi")
    stop(store, stopped.id, fake_clock.now)

    results = services.activation.undo(traces(done))

    assert [one.state for one in results] == [State.PASSIVE, State.ACTIVE, State.ERROR]
    assert [code(one.error) for one in results] == [None, "VF-UNDO-01", "VF-UNDO-01"]
    refused = results[1].error
    assert refused is not None
    assert refused.params == {"person": f"Veikko Uusi ({edited.id})"}
    assert len(trail(store)) == 1


def test_an_undo_is_not_made_twice(services: Services, store: Store) -> None:
    done = traces(services.activation.passivate([active(services).id]))
    services.activation.undo(done)

    (again,) = services.activation.undo(done)

    assert code(again.error) == "VF-UNDO-01"
    assert len(trail(store)) == 1


def test_a_login_goes_back_to_the_old_one_and_is_looked_up_anew(services: Services, store: Store) -> None:
    one = active(services, login="vanha@firma.fi")
    trace = login_traced(services, one.id, "uusi@firma.fi")
    change(store, one.id, mailbox="uusi@firma.fi")
    assert trace is not None

    (result,) = services.activation.undo([trace])

    row = integration(store, one.id)
    assert (result.changed, row.login, row.mailbox) == (True, "vanha@firma.fi", None)
    assert trail(store)[0][2:] == ({"login": "uusi@firma.fi"}, {"login": "vanha@firma.fi"})


def test_a_first_login_is_cleared_again_while_the_row_is_unused(services: Services) -> None:
    one = person(services)
    trace = login_traced(services, one.id, "matti@firma.fi")
    assert trace is not None

    services.activation.undo([trace])

    assert services.directory.person(one.id).login == ""


def test_an_old_login_that_somebody_has_taken_meanwhile_is_refused(services: Services) -> None:
    one, other = active(services, "Anna", "vanha@firma.fi"), person(services, "Eeva")
    trace = login_traced(services, one.id, "uusi@firma.fi")
    services.activation.set_login(other.id, "vanha@firma.fi")
    assert trace is not None

    (result,) = services.activation.undo([trace])

    assert code(result.error) == "VF-LOGIN-03"
    assert services.directory.person(one.id).login == "uusi@firma.fi"


def test_a_login_stored_over_another_version_leaves_no_trace(services: Services) -> None:
    before = active(services, login="vanha@firma.fi")
    after = services.activation.set_login(before.id, "uusi@firma.fi")

    assert trace_of_login(before, after, None) is None
    assert trace_of_login(before, before, before.version) is None


def test_r30_who_has_left_is_not_activated_by_an_undo(services: Services, store: Store) -> None:
    one = active(services)
    services.directory.change_person(one.id, active=False)
    change(store, one.id, state="active")

    (result,) = services.activation.undo(traces(services.activation.passivate([one.id])))

    assert code(result.error) == "VF-LOGIN-04"
    assert state(services, one.id) is State.PASSIVE


def test_what_cannot_be_undone_leaves_no_trace(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    stop(store, one.id, fake_clock.now)
    activation = services.activation

    assert traces(activation.resume([one.id])) == []
    assert traces(activation.activate([one.id])) == [], "it already was so"
    assert traces(activation.remove([one.id])) == []
    assert traces(activation.activate([one.id], calendar="new", calendar_name="Työ")) == []


def test_an_unknown_id_is_told(services: Services) -> None:
    (result,) = services.activation.undo([Trace(99, 1, State.ACTIVE)])

    assert (result.state, code(result.error)) == (None, "VF-PERSON-01")
