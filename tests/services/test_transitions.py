"""Actions in any order (R12): what holds whatever an admin does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.services.scenes import stop
from vfadmin.errors import UsageError
from vfadmin.models import Integration, State
from vfadmin.services.activation import Action
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets

PEOPLE = (1, 2, 3)
LOGINS = ["a@firma.fi", "A@firma.fi", "b@firma.fi", "FIRMA\\c", "", "nonsense"]


class Administration(RuleBasedStateMachine):
    """Three persons, an admin who does anything, an engine that stops some."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.versions = dict.fromkeys(PEOPLE, 0)
        self.audited = 0

    @initialize()
    def begin(self) -> None:
        path = self.folder / "vfadmin.db"
        for old in self.folder.glob("vfadmin.db*"):
            old.unlink()
        self.store = opened_empty(path)
        self.services: Services = build_services(
            self.store, self.folder, clock=self.clock, actor=Actor("a", "h"), secrets=MemorySecrets()
        )
        for number in PEOPLE:
            self.services.directory.add_person(name=f"Henkilö {number}")

    @rule(ids=st.lists(st.sampled_from((*PEOPLE, 99)), max_size=4), action=st.sampled_from(list(Action)))
    def act(self, ids: list[int], action: Action) -> None:
        preview = self.services.activation.preview(ids, action)
        before = self.trail()
        results = getattr(self.services.activation, action.value)(ids)

        assert [one.id for one in results] == list(dict.fromkeys(ids))
        assert {one.id for one in results if one.changed} == set(preview.will_change)
        assert {one.id for one in results if not one.ok} == {number for number, _ in preview.refused}
        assert self.trail() - before == len(preview.will_change)

    @rule(number=st.sampled_from(PEOPLE), login=st.sampled_from(LOGINS))
    def enter(self, number: int, login: str) -> None:
        before = self.services.directory.person(number)
        try:
            self.services.activation.set_login(number, login)
        except UsageError:
            assert self.services.directory.person(number) == before

    @rule(number=st.sampled_from(PEOPLE), active=st.booleans())
    def leave_or_return(self, number: int, active: bool) -> None:
        self.services.directory.change_person(number, active=active)

    @rule(number=st.sampled_from(PEOPLE))
    def fail(self, number: int) -> None:
        if self.services.directory.person(number).state is State.ACTIVE:
            stop(self.store, number, self.clock.now)

    @invariant()
    def holds(self) -> None:
        rows = (
            [self.services.directory.person(number) for number in PEOPLE] if hasattr(self, "services") else []
        )
        logins = [row.login.casefold() for row in rows if row.login]
        assert len(logins) == len(set(logins))
        for row in rows:
            assert row.state is State.UNUSED or row.login
            assert row.person_active or row.state is not State.ACTIVE
            assert (row.error is not None) == (row.state is State.ERROR)
            assert (row.next_run_at is not None) <= (row.state in {State.ACTIVE, State.ERROR})
            assert row.version >= self.versions[row.id]
            self.versions[row.id] = row.version

    def trail(self) -> int:
        return len(self.services.history.audit(limit=10_000))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            with self.store.read() as session:
                fences: list[Any] = [one.fence for one in session.query(Integration)]
            assert all(fence >= 0 for fence in fences)
            self.store.close()


def test_r12_whatever_an_admin_does_the_rules_hold(tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class Here(Administration):
        folder = tmp_path

    run_state_machine_as_test(Here, settings=settings(max_examples=15, stateful_step_count=15))
