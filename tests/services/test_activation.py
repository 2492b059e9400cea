from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.clock import FakeClock
from tests.services.scenes import active, change, code, integration, person, remember, stop
from vfadmin.errors import UsageError
from vfadmin.models import Cursor, Dirty, Intent, Pair, Person, State
from vfadmin.models.store import Store
from vfadmin.services.activation import Action, RowResult
from vfadmin.services.context import Services
from vfadmin.services.search import PersonQuery


def refusal(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.failure.code


# Logins ------------------------------------------------------------------------------------------------


def test_r23_a_login_on_an_unused_row_then_activate_brings_a_new_person_in(
    services: Services, fake_clock: FakeClock
) -> None:
    one = person(services)

    entered = services.activation.set_login(one.id, "  FIRMA\\matti ")
    (result,) = services.activation.activate([one.id])

    assert entered.login == "FIRMA\\matti"
    assert entered.state is State.UNUSED
    assert result == RowResult(one.id, ok=True, state=State.ACTIVE, changed=True)
    assert services.directory.person(one.id).next_run_at == fake_clock.now


def test_the_login_can_be_searched_for_at_once(services: Services) -> None:
    one = person(services)
    services.activation.set_login(one.id, "FIRMA\\ääkkönen")

    assert services.search.ids(PersonQuery(text="ÄÄKKÖNEN")) == [one.id]


@pytest.mark.parametrize(
    "login", ["matti", "a b@firma.fi", "a@firma", "\\matti", "FIRMA\\", "x" * 400, "a\0@f.fi"]
)
def test_a_malformed_login_is_refused_and_nothing_is_stored(services: Services, login: str) -> None:
    one = person(services)

    with pytest.raises(UsageError) as error:
        services.activation.set_login(one.id, login)

    assert refusal(error) == "VF-LOGIN-02"
    assert services.directory.person(one.id) == one


def test_r30_two_persons_never_share_a_login_whatever_its_case(services: Services) -> None:
    holder, other = active(services, "Anna", "Anna@Firma.fi"), person(services, "Annika")

    with pytest.raises(UsageError) as error:
        services.activation.set_login(other.id, "ANNA@firma.FI")

    assert refusal(error) == "VF-LOGIN-03"
    assert error.value.failure.params["person"] == f"Anna ({holder.id})"


def test_r30_a_login_that_names_somebodys_mailbox_is_refused(services: Services, store: Store) -> None:
    holder, other = active(services, "Anna", "FIRMA\\anna"), person(services, "Annika")
    change(store, holder.id, mailbox="Anna.A@firma.fi")

    with pytest.raises(UsageError) as error:
        services.activation.set_login(other.id, "anna.a@FIRMA.fi")

    assert refusal(error) == "VF-LOGIN-03"


def test_an_inactive_person_gets_no_login(services: Services) -> None:
    one = person(services)
    services.directory.change_person(one.id, active=False)

    with pytest.raises(UsageError) as error:
        services.activation.set_login(one.id, "a@firma.fi")

    assert refusal(error) == "VF-LOGIN-04"


def test_somebody_elses_change_meanwhile_is_never_overwritten(services: Services) -> None:
    one = person(services)
    services.activation.set_login(one.id, "first@firma.fi", version=one.version)

    with pytest.raises(UsageError) as error:
        services.activation.set_login(one.id, "second@firma.fi", version=one.version)

    assert refusal(error) == "VF-LOGIN-05"
    assert services.directory.person(one.id).login == "first@firma.fi"


def test_a_login_can_be_cleared_on_an_unused_row_only(services: Services) -> None:
    unused = person(services, "Anna", login="anna@firma.fi")
    live = active(services, "Bertta")

    assert services.activation.set_login(unused.id, " ").login == ""
    with pytest.raises(UsageError) as error:
        services.activation.set_login(live.id, "")

    assert refusal(error) == "VF-LOGIN-01"


def test_a_freed_login_can_be_given_to_a_successor(services: Services) -> None:
    old = person(services, "Anna", login="info@firma.fi")
    services.activation.set_login(old.id, "")

    assert person(services, "Bertta", login="INFO@firma.fi").login == "INFO@firma.fi"


def test_an_unknown_person_is_said_so(services: Services) -> None:
    with pytest.raises(UsageError) as error:
        services.activation.set_login(99, "a@firma.fi")

    assert refusal(error) == "VF-PERSON-01"


def test_r30_another_login_on_a_live_row_is_looked_up_anew_and_keeps_the_old_identity(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    remember(store, one.id, fake_clock.now)
    before = integration(store, one.id)
    fake_clock.advance(timedelta(hours=1))

    services.activation.set_login(one.id, "other@firma.fi")

    now = integration(store, one.id)
    assert (now.mailbox, now.mailbox_identity, now.matched) == (None, "identity", False)
    assert now.generation == before.generation + 1
    assert now.fence > before.fence
    assert (now.state, now.next_run_at) == (State.ACTIVE, fake_clock.now)


def test_a_login_in_other_letters_is_the_same_mailbox(services: Services, store: Store) -> None:
    one = active(services, login="matti@firma.fi")
    change(store, one.id, mailbox="matti@firma.fi", matched=True)

    row = services.activation.set_login(one.id, "Matti@firma.fi")

    assert row.login == "Matti@firma.fi"
    assert integration(store, one.id).mailbox == "matti@firma.fi"


def test_another_login_on_a_stopped_row_does_not_start_it(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    stop(store, one.id, fake_clock.now, "EX-MBX-03")

    assert services.activation.set_login(one.id, "right@firma.fi").state is State.ERROR


def test_the_same_login_again_changes_nothing(services: Services) -> None:
    one = person(services, login="a@firma.fi")

    assert services.activation.set_login(one.id, "a@firma.fi") == one
    assert len(services.history.audit(one.id)) == 1


# States ------------------------------------------------------------------------------------------------


def put(services: Services, store: Store, clock: FakeClock, state: State) -> int:
    one = active(services)
    if state is State.PASSIVE:
        services.activation.passivate([one.id])
    elif state is State.ERROR:
        stop(store, one.id, clock.now)
    elif state is State.UNUSED:
        services.activation.remove([one.id])
    return one.id


@pytest.mark.parametrize(
    ("state", "action", "becomes", "changed"),
    [
        (State.UNUSED, Action.ACTIVATE, State.ACTIVE, True),
        (State.PASSIVE, Action.ACTIVATE, State.ACTIVE, True),
        (State.ACTIVE, Action.ACTIVATE, State.ACTIVE, False),
        (State.ACTIVE, Action.PASSIVATE, State.PASSIVE, True),
        (State.ERROR, Action.PASSIVATE, State.PASSIVE, True),
        (State.PASSIVE, Action.PASSIVATE, State.PASSIVE, False),
        (State.ERROR, Action.RESUME, State.ACTIVE, True),
        (State.ACTIVE, Action.RESUME, State.ACTIVE, False),
        (State.ACTIVE, Action.REMOVE, State.UNUSED, True),
        (State.PASSIVE, Action.REMOVE, State.UNUSED, True),
        (State.ERROR, Action.REMOVE, State.UNUSED, True),
        (State.UNUSED, Action.REMOVE, State.UNUSED, False),
    ],
)
def test_r12_each_action_on_each_state_it_is_for(
    services: Services,
    store: Store,
    fake_clock: FakeClock,
    state: State,
    action: Action,
    becomes: State,
    changed: bool,
) -> None:
    one = put(services, store, fake_clock, state)
    before, audited = services.directory.person(one), len(services.history.audit(one))
    preview = services.activation.preview([one], action)

    (result,) = getattr(services.activation, action.value)([one])

    assert result == RowResult(one, ok=True, state=becomes, changed=changed)
    assert (preview.will_change, preview.unchanged) == (((one,), ()) if changed else ((), (one,)))
    after = services.directory.person(one)
    assert after.state is becomes
    assert after.error is None
    assert (after.version > before.version) is changed
    assert len(services.history.audit(one)) == audited + changed


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (State.ERROR, Action.ACTIVATE),
        (State.UNUSED, Action.PASSIVATE),
        (State.UNUSED, Action.RESUME),
        (State.PASSIVE, Action.RESUME),
    ],
)
def test_r12_what_a_state_does_not_allow_is_refused(
    services: Services, store: Store, fake_clock: FakeClock, state: State, action: Action
) -> None:
    one = put(services, store, fake_clock, state)
    before = services.directory.person(one)
    preview = services.activation.preview([one], action.value)

    (result,) = getattr(services.activation, action.value)([one])

    assert (result.ok, result.state, code(result.error)) == (False, state, "VF-STATE-01")
    assert [(number, found.code) for number, found in preview.refused] == [(one, "VF-STATE-01")]
    assert services.directory.person(one) == before


def test_r23_in_a_batch_each_row_is_judged_alone(services: Services) -> None:
    good = person(services, "Anna", login="anna@firma.fi")
    bare = person(services, "Bertta")
    gone = person(services, "Cecilia", login="c@firma.fi")
    services.directory.change_person(gone.id, active=False)

    results = services.activation.activate([bare.id, 99, good.id, gone.id, good.id])

    assert [(one.id, one.ok, one.state, code(one.error)) for one in results] == [
        (bare.id, False, State.UNUSED, "VF-LOGIN-01"),
        (99, False, None, "VF-PERSON-01"),
        (good.id, True, State.ACTIVE, None),
        (gone.id, False, State.UNUSED, "VF-LOGIN-04"),
    ]
    preview = services.activation.preview([bare.id, 99, good.id], Action.ACTIVATE)
    assert [number for number, _ in preview.refused] == [bare.id, 99]
    assert preview.unchanged == (good.id,)


def test_a_batch_larger_than_a_transaction_keeps_its_order(services: Services) -> None:
    ids = list(range(1, 1203))

    results = services.activation.passivate(ids)

    assert [one.id for one in results] == ids
    assert {code(one.error) for one in results} == {"VF-PERSON-01"}


def test_an_activation_enters_its_login_too(services: Services) -> None:
    one = person(services)

    (result,) = services.activation.activate([one.id], login="FIRMA\\matti", calendar_name="Työ")

    assert result.state is State.ACTIVE
    row = services.directory.person(one.id)
    assert (row.login, row.calendar, row.calendar_name) == ("FIRMA\\matti", "new", "Työ")
    (entry, _) = services.history.audit(one.id)
    assert entry.action == "integration.activate"
    assert entry.before == {
        "state": "unused",
        "login": "",
        "calendar": "default",
        "calendar_name": "ValueFrame",
    }
    assert entry.after == {
        "state": "active",
        "login": "FIRMA\\matti",
        "calendar": "new",
        "calendar_name": "Työ",
    }
    assert (entry.actor, entry.host) == ("tuki", "kone-1")


@pytest.mark.parametrize(
    ("login", "expected"), [("nonsense", "VF-LOGIN-02"), ("", "VF-LOGIN-02"), ("a@f.fi", "VF-LOGIN-03")]
)
def test_an_activation_with_a_bad_login_changes_nothing(
    services: Services, login: str, expected: str
) -> None:
    active(services, "Anna", "a@f.fi")
    one = person(services, login="old@firma.fi")

    (result,) = services.activation.activate([one.id], login=login)

    assert (result.ok, code(result.error)) == (False, expected)
    assert services.directory.person(one.id) == one


def test_a_login_entered_with_an_activation_that_fails_is_not_kept(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services, login="old@firma.fi")
    stop(store, one.id, fake_clock.now)

    (result,) = services.activation.activate([one.id], login="new@firma.fi")

    assert code(result.error) == "VF-STATE-01"
    assert services.directory.person(one.id).login == "old@firma.fi"


def test_activating_an_active_row_with_another_login_changes_the_login(services: Services) -> None:
    one = active(services)

    (result,) = services.activation.activate([one.id], login="other@firma.fi")

    assert (result.ok, result.changed) == (True, True)
    assert services.directory.person(one.id).login == "other@firma.fi"
    assert services.activation.activate([one.id], login="other@firma.fi")[0].changed is False


def test_one_login_is_for_one_row(services: Services) -> None:
    with pytest.raises(UsageError) as error:
        services.activation.activate([1, 2], login="a@firma.fi")

    assert refusal(error) == "VF-USAGE-01"


def test_r12_removing_forgets_what_was_paired_and_keeps_the_login(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one, other = active(services, "Anna"), active(services, "Bertta")
    for row in (one, other):
        remember(store, row.id, fake_clock.now)
    before = integration(store, one.id)

    services.activation.remove([one.id])

    now = integration(store, one.id)
    assert (now.state, now.login, now.matched) == (State.UNUSED, one.login, False)
    assert (now.mailbox, now.mailbox_identity, now.folder_identity) == (None, None, None)
    assert (now.last_synced_at, now.waiting, now.next_run_at) == (None, 0, None)
    assert now.generation > before.generation
    assert now.fence > before.fence
    with store.read() as session:
        for table in (Pair, Cursor, Dirty, Intent):
            assert session.scalars(select(table.person_id)).all() == [other.id]
    assert services.activation.activate([one.id])[0].state is State.ACTIVE


def test_passivating_keeps_what_was_paired_and_stops_a_cycle_under_way(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    remember(store, one.id, fake_clock.now)
    fence = integration(store, one.id).fence

    services.activation.passivate([one.id])

    now = integration(store, one.id)
    assert (now.matched, now.mailbox_identity, now.next_run_at) == (True, "identity", None)
    assert now.fence > fence
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Pair)) == 1


def test_r24_resuming_ends_the_wait_of_what_is_delayed(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    later = fake_clock.now + timedelta(hours=6)
    change(store, one.id, failing_since=fake_clock.now, attempts=9, next_run_at=later)
    assert services.directory.person(one.id).delayed

    (result,) = services.activation.resume([one.id])

    row = services.directory.person(one.id)
    assert result.changed
    assert (row.delayed, row.attempts, row.next_run_at) == (False, 0, fake_clock.now)


def test_r24_all_that_share_a_cause_are_resumed_together(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one, two, three = (active(services, name) for name in ("Anna", "Bertta", "Cecilia"))
    stop(store, one.id, fake_clock.now, "EX-IMP-01")
    stop(store, two.id, fake_clock.now, "EX-MBX-01")
    stop(store, three.id, fake_clock.now, "EX-IMP-01")

    assert [row.id for row in services.activation.resume_all("EX-IMP-01")] == [one.id, three.id]
    assert [row.id for row in services.activation.resume_all()] == [two.id]
    assert services.activation.resume_all() == []


def test_a_leaver_who_stands_in_error_is_not_resumed(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    services.directory.change_person(one.id, active=False)
    stop(store, one.id, fake_clock.now)

    (result,) = services.activation.resume([one.id])

    assert code(result.error) == "VF-LOGIN-04"


def test_r10_a_resource_is_activated_but_never_due(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    room = person(services, "Neukkari", resource=True, login="room@firma.fi")

    (result,) = services.activation.activate([room.id])
    change(store, room.id, last_synced_at=fake_clock.now)

    row = services.directory.person(room.id)
    assert result.state is State.ACTIVE
    assert (row.next_run_at, row.last_synced) == (None, None)


def test_r14_administration_goes_on_while_the_module_is_off(services: Services) -> None:
    services.settings.set_module(on=False)

    assert active(services).state is State.ACTIVE
    assert services.status.summary().synchronising is False


def test_r30_who_left_is_refused_even_where_the_row_stands_as_active(
    services: Services, store: Store
) -> None:
    """Another program marks them as inactive without touching the integration."""
    one = active(services)
    with store.write() as session:
        session.get_one(Person, one.id).active = False

    for act in (services.activation.activate, services.activation.resume):
        (result,) = act([one.id])
        assert (result.ok, code(result.error)) == (False, "VF-LOGIN-04")
    preview = services.activation.preview([one.id], Action.RESUME)
    assert [number for number, _ in preview.refused] == [one.id]
