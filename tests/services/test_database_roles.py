"""What each role of a shared database does through the services, and what is kept from it (R14, R27)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import column, select, text

from tests.postgresql import server
from tests.roles import as_user, make_login, make_roles, worked_on_as
from tests.services.customer import AINO, ANNA, PEKKA, PEOPLE, Customer
from tests.services.loads import everybody
from tests.services.test_run_undo import last_run, told
from tests.services.workbooks import write_list
from tests.strategies import NOW
from vfadmin.errors import StoreError, UsageError, VfadminError
from vfadmin.models import Audit, Connection, Setting, State
from vfadmin.models.records import OF_SUPPORT
from vfadmin.models.rights import Role
from vfadmin.models.roles import USUAL
from vfadmin.models.store import Store
from vfadmin.services import alert_settings, source
from vfadmin.services.alert_settings import AlertChange
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.database import DatabaseCare
from vfadmin.services.database_roles import give_roles, roles_script
from vfadmin.services.search import PersonQuery
from vfadmin.services.synchronise import Synchronise, Wish
from vfadmin.sync.retention import prune

W, A, S = Role.WORKER, Role.ADMIN, Role.SUPPORT
POSTGRESQL = pytest.mark.postgresql
ACTOR = Actor("maija", "kone-2")

KEPT: dict[str, Callable[[Services], object]] = {
    "the connection": lambda one: one.connections.set(protocol="ews", account="toinen", secret="salaisuus"),
    "another connection": lambda one: one.connections.set(
        name="toinen", protocol="ews", url="https://toinen.test/x", account="a", auth="basic"
    ),
    "no connection": lambda one: one.connections.forget("ews"),
    "the module off": lambda one: one.settings.set_module(False),
    "alerts": lambda one: one.alert_settings.set(AlertChange(webhook="https://hook.test/salaisuus")),
    "no alerts": lambda one: one.alert_settings.off(),
    "where ValueFrame is": lambda one: one.valueframe.use_sql(),
    "a transfer key": lambda one: one.valueframe.store_key("valueframe-events", "salaisuus"),
}
"""What R14 and R27 keep for support, and what else its screen and commands set."""

ADMINS: dict[str, Callable[[Services], object]] = {
    "a person": lambda one: one.directory.add_person(name="Uusi"),
    "a login": lambda one: one.directory.change_person(ANNA, login="anna2@example.test"),
    "activation": lambda one: one.activation.activate([PEKKA], login="pekka@example.test"),
    "a setting": lambda one: one.settings.set("days_back", 3),
    "a pause": lambda one: one.settings.set_paused(True),
}


def services_on(store: Store, home: Path, secrets: MemorySecrets | None = None) -> Services:
    return build_services(store, home, clock=lambda: NOW, actor=ACTOR, secrets=secrets or MemorySecrets())


def refused(run: Callable[[], object]) -> str | None:
    """The code of what the server refused; None for what it did."""
    try:
        run()
    except VfadminError as error:
        return error.failure.code
    return None


@pytest.fixture
def shared(customer: Customer) -> Customer:
    """An installation on a shared database with roles; Anna has a login."""
    make_roles(customer.store)
    customer.activate(ANNA)
    return customer


@POSTGRESQL
@pytest.mark.parametrize("role", Role)
def test_r14_r27_what_support_keeps_is_refused_to_everybody_else(
    shared: Customer, tmp_path: Path, role: Role
) -> None:
    with worked_on_as(shared.store, role) as store:
        secrets = MemorySecrets()
        secrets.write("ews", "entinen")
        services = services_on(store, tmp_path, secrets)
        codes = {what: refused(lambda do=do: do(services)) for what, do in KEPT.items()}
        if role is S:
            assert set(codes.values()) == {None}
            return
        assert set(codes.values()) == {"VF-ROLE-01"}
        assert secrets.read("ews") == "entinen", "a secret is not replaced by whom the database refuses"
        for name in ("valueframe-events", alert_settings.WEBHOOK_SECRET):
            assert refused(lambda name=name: secrets.read(name)) == "VF-SECRET-03"
    with shared.store.read() as session:
        assert session.scalars(select(Connection.account)).all() == [shared.simulator.account]
        assert session.scalars(select(Setting.key)).all() == []


@POSTGRESQL
@pytest.mark.parametrize("role", [W, A])
def test_what_administrators_do_is_refused_to_a_worker_alone(
    shared: Customer, tmp_path: Path, role: Role
) -> None:
    with worked_on_as(shared.store, role) as store:
        services = services_on(store, tmp_path)
        codes = {what: refused(lambda do=do: do(services)) for what, do in ADMINS.items()}
        assert len(everybody(services)) == len(PEOPLE) + (role is not W)
    assert set(codes.values()) == {"VF-ROLE-02" if role is W else None}


@contextmanager
def at_work(customer: Customer, role: Role, home: Path) -> Iterator[Customer]:
    """The same installation, its services and its engine on the database as that role."""
    before = customer.store, customer.services, customer.synchronise
    secrets = MemorySecrets()
    secrets.write("ews", customer.simulator.password)
    with worked_on_as(customer.store, role) as store:
        customer.store = store
        customer.services = build_services(store, home, clock=customer.clock, actor=ACTOR, secrets=secrets)
        customer.synchronise = Synchronise(store, customer.services.settings, secrets, clock=customer.clock)
        try:
            yield customer
        finally:
            customer.synchronise.close()
            customer.store, customer.services, customer.synchronise = before


@POSTGRESQL
def test_the_whole_day_of_an_administrator_needs_no_more_than_the_role(
    shared: Customer, tmp_path: Path
) -> None:
    with at_work(shared, A, tmp_path) as admin, admin.store.read() as session:
        asked = select(column("rolsuper")).select_from(text("pg_roles WHERE rolname = current_user"))
        assert session.scalar(asked) is False
        _look_after_people(admin)
        _load_a_list(admin, tmp_path)
        _keep_calendars_in_step(admin, tmp_path)
        assert DatabaseCare(admin.store.url, admin.clock).check().problems == ()
        DatabaseCare(admin.store.url, admin.clock).backup(tmp_path / "kopio.zip")
    assert shared.simulator.outbox == []


def _look_after_people(admin: Customer) -> None:
    services = admin.services
    (found,) = services.search.rows(services.search.ids(PersonQuery(text="pekka")))
    assert services.directory.change_person(found.id, company="Uusi Oy").company == "Uusi Oy"
    services.activation.set_login(AINO, "EXAMPLE\\aino")
    for done in (
        services.activation.activate([PEKKA], login=PEOPLE[PEKKA][1]),
        services.activation.passivate([PEKKA]),
        services.activation.activate([PEKKA, AINO]),
        services.activation.passivate([AINO]),
        services.activation.remove([AINO]),
    ):
        assert [one.error for one in done] == [None] * len(done)
    assert services.settings.set("days_back", 5).value == 5
    made = services.events.add(
        {"owner": PEKKA, "title": "Palaveri", "start": "2026-03-20T08:00:00Z", "end": "2026-03-20T09:00:00Z"}
    )
    services.events.edit(made.id, {"location": "Sali"})
    services.events.delete(made.id)
    services.directory.add_event_type("Palaveri")


def _load_a_list(admin: Customer, folder: Path) -> None:
    load, row = admin.services.bulk_import, [None, "Bertta Berg", "bertta@firma.fi", "Toinen Oy", None]
    result = load.apply(load.check(write_list(folder / "lista.xlsx", row)))
    assert (result.created, result.batch is not None) == (1, True)
    done = load.undo(result.batch or 0)
    assert (done.removed, done.left) == (1, ())


def _keep_calendars_in_step(admin: Customer, folder: Path) -> None:
    services = admin.services
    admin.in_valueframe(ANNA, "Palaveri")
    admin.in_outlook(ANNA, "Hammaslääkäri", 4)
    admin.in_step()
    run = last_run(admin)
    assert services.run_undo.preview(run).events
    undone = told(admin.synchronise.undo(Wish(run), ACTOR))
    assert {outcome for _, outcome, _ in undone} == {"undone"}
    admin.in_step()
    assert services.comparisons.compare(ANNA).failure is None
    assert services.held.mailboxes() == ()
    assert services.rehearsal.first_cycle([ANNA])
    assert services.history.runs(ANNA)
    assert services.history.audit()
    services.alerts.look()
    services.forget_texts.forget(ANNA)
    services.diagnoses.write(ANNA, folder / "vika.zip")
    services.settings.set_paused(True)
    services.settings.set_paused(False)
    prune(admin.store, admin.now + timedelta(days=60))
    assert [one.error for one in services.activation.remove([ANNA], take_out=True)] == [None]
    assert [one.failure for one in admin.synchronise.take_out([ANNA])] == [None]


@POSTGRESQL
def test_r30_a_worker_takes_out_what_an_administrator_agreed_to(shared: Customer, tmp_path: Path) -> None:
    shared.in_valueframe(ANNA, "Palaveri")
    shared.in_outlook(ANNA, "Hammaslääkäri", 4)
    shared.in_step()
    assert sorted(shared.outlook_titles(ANNA)) == ["Hammaslääkäri", "Palaveri"]
    with at_work(shared, A, tmp_path) as admin:
        assert [one.error for one in admin.services.activation.remove([ANNA], take_out=True)] == [None]
    with at_work(shared, W, tmp_path) as worker:
        engine = worker.synchronise.engine()
        assert engine.due() == [ANNA]
        (result,) = engine.sync([ANNA])
        assert (result.failure, result.deleted) == (None, 1)
        assert engine.due() == []
    assert shared.row(ANNA).state == State.UNUSED
    assert shared.outlook_titles(ANNA) == ["Hammaslääkäri"]
    assert shared.simulator.outbox == []


@POSTGRESQL
def test_a_worker_synchronises_and_passivates_leavers(shared: Customer, tmp_path: Path) -> None:
    shared.activate(PEKKA)
    support = shared.services.alert_settings
    support.set(AlertChange(webhook="https://127.0.0.1:9/salaisuus"))
    shared.in_valueframe(ANNA, "Palaveri")
    shared.in_valueframe(PEKKA, "Katselmus")
    shared.in_outlook(ANNA, "Hammaslääkäri", 4)
    shared.leaves(PEKKA)
    with at_work(shared, W, tmp_path) as worker:
        worker.in_step()
        assert worker.outlook_titles(ANNA) == worker.valueframe_titles(ANNA)
        worker.services.alerts.look()
        prune(worker.store, worker.now + timedelta(days=60))
    assert shared.row(PEKKA).state == "passive"
    with shared.store.read() as session:
        assert "integration.leaver" in session.scalars(select(Audit.action)).all()


# Giving them


def test_the_settings_of_support_are_the_ones_its_screens_set(services: Services) -> None:
    own = {row.key for row in services.settings.all() if row.support}
    assert set(OF_SUPPORT) == own | {alert_settings.KEY, source.SETTING}


@pytest.mark.sqlite
def test_a_file_has_no_roles_and_none_is_made_for_the_asking(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refusal:
        give_roles(f"sqlite:///{tmp_path / 'x.db'}")
    assert refusal.value.failure.code == "VF-ROLE-05"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("names", [{"admin": "pg_tuki"}, {"admin": "sama", "support": "sama"}])
def test_a_name_that_is_of_no_use_is_named(names: dict[str, str]) -> None:
    with pytest.raises(UsageError) as refusal:
        roles_script(**names)
    assert refusal.value.failure.code == "VF-ROLE-07"
    assert refusal.value.failure.params == {"name": names["admin"]}


@POSTGRESQL
def test_names_that_were_given_are_kept(store: Store) -> None:
    given = give_roles(store.url, admin="hallinta")
    assert given.names == {"worker": "vfadmin_worker", "admin": "hallinta", "support": "vfadmin_support"}
    assert give_roles(store.url).names == given.names
    assert "postgres" in given.database


@POSTGRESQL
def test_whom_no_right_limits_is_no_role(store: Store) -> None:
    with pytest.raises(UsageError) as refusal:
        give_roles(store.url, support="postgres")
    assert (refusal.value.failure.code, refusal.value.failure.params) == ("VF-ROLE-08", {"name": "postgres"})


@POSTGRESQL
def test_who_does_not_own_the_database_gives_no_roles(store: Store) -> None:
    make_roles(store)
    for role in Role:
        with worked_on_as(store, role) as opened, pytest.raises(StoreError) as refusal:
            give_roles(opened.url)
        assert refusal.value.failure.code == "VF-ROLE-04"


@POSTGRESQL
def test_an_owner_who_may_make_no_roles_is_given_the_way_round() -> None:
    make_login("isanta")
    name = server().new_database(template="template0")
    server().sql(f"ALTER DATABASE {name} OWNER TO isanta")
    url = as_user(server().url(name), "isanta")
    with pytest.raises(StoreError) as refusal:
        give_roles(url, admin="puuttuva_1", support="puuttuva_2", worker=USUAL[W])
    assert refusal.value.failure.code == "VF-ROLE-06"
    assert "puuttuva_1, puuttuva_2" in str(refusal.value.failure.params["names"])
    server().sql(roles_script(admin="puuttuva_1", support="puuttuva_2"), name)
    give_roles(url)
    server().drop(name)
