"""R31: erasing a person leaves both calendars, others' data and the trail's facts as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import FakeClock
from tests.roles import make_roles, worked_on_as
from tests.services.customer import ANNA, PEKKA, Customer
from tests.services.scenes import active, change, code, person, stop
from vfadmin.errors import StoreError
from vfadmin.models import Audit, CalendarEvent, EventParticipant, Integration, Person
from vfadmin.models.rights import Role
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.erasure import Erased, Wish


def erased(services: Services, *ids: int, with_events: bool = False, **more: object) -> Erased:
    (done,) = services.erasure.erase(Wish(ids, with_events, **more))  # type: ignore[arg-type]
    return done


def seen(customer: Customer, person_id: int) -> Sequence[tuple[object, ...]]:
    """The calendar as Outlook shows it."""
    items = customer.outlook(person_id).items()
    return sorted((one.id, one.subject, one.start, one.end, one.attendees) for one in items)


def trail(store: Store) -> list[Audit]:
    with store.read() as session:
        return list(session.scalars(select(Audit).order_by(Audit.id)))


@pytest.mark.both_stores
@pytest.mark.parametrize("state", ["active", "passive", "error"])
def test_who_is_synchronised_is_refused_and_keeps_everything(
    services: Services, store: Store, fake_clock: FakeClock, state: str
) -> None:
    anna = active(services, "Anna Aho").id
    if state == "error":
        stop(store, anna, fake_clock.now)
    change(store, anna, state=state)
    before = len(trail(store))

    done = erased(services, anna, with_events=True)

    assert code(done.failure) == "VF-ERASE-01"
    assert services.directory.person(anna).login == f"user{anna}@firma.fi"
    assert len(trail(store)) == before


def test_who_is_still_being_synchronised_is_refused_for_a_while(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna = active(services, "Anna Aho").id
    services.activation.remove([anna])
    change(store, anna, lease_owner="kone-2", lease_until=fake_clock.now + timedelta(minutes=5))
    assert code(erased(services, anna).failure) == "VF-LEASE-01"
    fake_clock.advance(timedelta(minutes=6))
    assert code(erased(services, anna).failure) is None


def test_r30_who_waits_for_a_take_out_is_refused_until_it_is_done(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_step()
    customer.services.activation.remove([ANNA], take_out=True)
    assert code(erased(customer.services, ANNA).failure) == "VF-ERASE-02"
    customer.synchronise.take_out([ANNA])
    assert code(erased(customer.services, ANNA).failure) is None


def test_r31_no_calendar_changes_and_no_mail_leaves(customer: Customer) -> None:
    """Nor by the next cycle of somebody whose event lost a participant: Exchange keeps its attendee."""
    customer.activate(ANNA)
    customer.activate(PEKKA)
    own = customer.in_valueframe(ANNA, "Oma")
    hers = customer.in_valueframe(ANNA, "Annan kokous", 2)
    his = customer.in_valueframe(PEKKA, "Pekan kokous", 4)
    with customer.store.write() as session:
        session.add_all([
            EventParticipant(event_id=hers, person_id=PEKKA), EventParticipant(event_id=his, person_id=ANNA)
        ])  # fmt: skip
    customer.in_step()
    calendars = {one: seen(customer, one) for one in (ANNA, PEKKA)}
    assert [len(one) for one in calendars.values()] == [3, 2]
    customer.services.activation.remove([ANNA])

    done = erased(customer.services, ANNA, with_events=True)
    results = customer.sync()
    assert [(one.person_id, one.pulled, one.deleted) for one in results] == [(PEKKA, 0, 0)]
    assert {one: seen(customer, one) for one in (ANNA, PEKKA)} == calendars
    assert customer.outlook(PEKKA).deleted_items() == customer.outlook(ANNA).deleted_items() == []
    assert customer.simulator.outbox == []
    assert (done.gone["events"], done.stays["shared_events"]) == (1, 1)
    with customer.store.read() as session:
        assert session.get(CalendarEvent, own) is None
        assert session.get_one(CalendarEvent, hers).title == "Annan kokous"
        assert session.get_one(Person, ANNA).name == done.pseudonym
        assert session.get(Integration, ANNA) is None


def test_by_default_what_is_valueframes_stays_and_can_be_synchronised_again(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Oma")
    customer.in_outlook(ANNA, "Outlookista", 2)
    customer.in_step()
    customer.services.activation.remove([ANNA])
    erased(customer.services, ANNA)
    assert customer.valueframe_titles(ANNA) == ["Oma", "Outlookista"]
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == ["Oma", "Outlookista"]


@pytest.mark.both_stores
def test_the_trail_keeps_what_happened_when_and_by_whom(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna = active(services, "Anna Aho").id
    services.directory.change_person(anna, name="Anna Virta")
    services.activation.remove([anna])
    before = trail(store)
    fake_clock.advance(timedelta(minutes=1))

    done = erased(services, anna)

    after = trail(store)
    (said,) = after[len(before) :]
    assert [(one.at, one.actor, one.action) for one in after[: len(before)]] == [
        (one.at, one.actor, one.action) for one in before
    ]
    assert {one.subject for one in after} == {"poistettu #1"}
    assert not [word for one in after for word in ("Anna", "firma.fi") if word in f"{one.before} {one.after}"]
    assert (said.actor, said.host, said.action, said.at) == ("tuki", "kone-1", "person.erase", fake_clock.now)
    assert said.after == {"with_events": False, **done.gone}
    assert done.gone["trail"] == len(before)


def test_former_names_are_found_too_and_a_namesakes_name_is_left(services: Services, store: Store) -> None:
    anna, other = person(services, "Anna Aho").id, person(services, "Anna Virta").id
    services.directory.change_person(anna, name="Anna Virta")
    boss = person(services, "Pomo").id
    services.directory.change_person(boss, name="Pomo (sij. Anna Aho, Anna Virta)")

    done = erased(services, anna, with_events=True)

    assert (done.gone["mentions"], done.gone["person"]) == (1, 1)
    (said,) = [one.after for one in trail(store) if one.subject == f"person:{boss}" and one.before]
    assert said == {"name": "Pomo (sij. poistettu #1, Anna Virta)"}
    assert services.directory.person(other).name == "Anna Virta"


def signed_by(store: Store, home: Path, clock: FakeClock, name: str) -> None:
    """Somebody of that user name changes somebody else."""
    actor = Actor(name, f"{name}-kone")
    theirs = build_services(store, home, clock=clock, actor=actor, secrets=MemorySecrets())
    added = theirs.directory.add_person(name=f"Lisätty: {len(trail(store))}")
    theirs.directory.change_person(added.id, mobile_sync="activesync")


def test_a_namesake_in_another_case_keeps_her_lines(services: Services, store: Store) -> None:
    anna, other = person(services, "Anna Aho").id, person(services, "ANNA AHO").id
    before = [(one.subject, one.after) for one in trail(store) if one.subject == f"person:{other}"]

    done = erased(services, anna, with_events=True)

    assert done.stays == {"shared_names": 1}
    assert [(one.subject, one.after) for one in trail(store) if one.subject == f"person:{other}"] == before


def test_a_login_entered_by_mistake_is_the_others_still(
    services: Services, store: Store, tmp_path: Path, fake_clock: FakeClock
) -> None:
    """Nor is whoever signs as that user the person who is erased."""
    anna = person(services, "Anna Aho", email="anna@firma.fi").id
    bertta = person(services, "Bertta Virta", email="bertta@firma.fi").id
    services.activation.set_login(anna, "ESIM\\bvirta")
    services.activation.set_login(anna, "ESIM\\aaho")
    services.activation.set_login(bertta, "ESIM\\bvirta")
    signed_by(store, tmp_path, fake_clock, "ESIM\\bvirta")
    others = [
        (one.id, one.actor, one.host, one.after) for one in trail(store) if one.subject != f"person:{anna}"
    ]

    erased(services, anna)

    left = [(one.id, one.actor, one.host, one.after) for one in trail(store)]
    assert others == [one for one in left if one[0] in {number for number, *_ in others}]


def test_a_signature_of_two_letters_goes_too(
    services: Services, store: Store, tmp_path: Path, fake_clock: FakeClock
) -> None:
    anna = person(services, "Anna Aho").id
    for name in ("aa", "AA", "aab"):
        signed_by(store, tmp_path, fake_clock, name)
    erased(services, anna, users=("aa",))
    assert {one.actor for one in trail(store)} == {"tuki", "poistettu #1", "aab"}


def test_an_administrators_signature_goes_where_it_is_said_to_be_the_persons(
    services: Services, store: Store, tmp_path: Path, fake_clock: FakeClock
) -> None:
    anna = person(services, "Anna Aho", email="anna@firma.fi").id
    for name in ("aaho", "anna@firma.fi", "aahonen"):
        actor = Actor(name, "annan-kone")
        theirs = build_services(store, tmp_path, clock=fake_clock, actor=actor, secrets=MemorySecrets())
        added = theirs.directory.add_person(name=f"Lisätty: {name}")
        theirs.directory.change_person(added.id, mobile_sync="activesync")

    erased(services, anna, users=("AAHO",))

    veiled, other = ("poistettu #1", "poistettu #1"), ("aahonen", "annan-kone")
    signed = [(one.actor, one.host) for one in trail(store)]
    assert signed == [("tuki", "kone-1"), *[veiled] * 4, *[other] * 2, ("tuki", "kone-1")]
    with store.read() as session:
        entered = session.scalars(select(Person.mobile_sync_by).order_by(Person.id)).all()
    assert entered == [None, "poistettu #1", "poistettu #1", "aahonen"]


def test_files_that_name_the_person_are_told_of(services: Services, tmp_path: Path) -> None:
    anna = person(services, "Anna Öhman", login="ESIM\\anna").id
    for name, said in {
        "logs/vfadmin.log": "INFO anna ÖHMAN: 3 muutosta",
        "logs/vfadmin.log.1": "tunnus 'esim\\\\anna'",
        "logs/vfadmin.log.2": "ei ketään",
        "crashes/1.txt": "kerran\nAnna Öhman\n",
        "vfadmin-before-0009-was-0008.db": "mitä vain",
        "muu.txt": "Anna Öhman",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(said, encoding="utf-8")
    assert erased(services, anna).files == (
        "logs/vfadmin.log", "logs/vfadmin.log.1", "crashes/1.txt", "vfadmin-before-0009-was-0008.db"
    )  # fmt: skip


@pytest.mark.sqlite  # looks into the file
def test_no_byte_is_left_in_the_file(services: Services, store: Store) -> None:
    anna = active(services, "Anna Kanarialintu").id
    services.events.add({"owner": anna, "title": "Kanarialintu", "start": "2026-03-02T10:00:00+02:00",
                         "end": "2026-03-02T11:00:00+02:00"})  # fmt: skip
    services.activation.remove([anna])
    place = Path(store.place)

    def there() -> bool:
        return any(b"anarialintu" in one.read_bytes() for one in place.parent.glob(f"{place.name}*"))

    assert there()
    erased(services, anna, with_events=True)
    assert not there()


def test_each_is_erased_or_refused_by_himself_and_an_unknown_one_has_nothing(services: Services) -> None:
    anna, aino = active(services, "Anna Aho").id, person(services, "Aino Aho").id
    wish = Wish((anna, aino, 99, aino), with_events=True)
    done = services.erasure.erase(wish)
    assert [(one.person_id, one.pseudonym, code(one.failure)) for one in done] == [
        (anna, "", "VF-ERASE-01"), (aino, "poistettu #1", None), (99, "", None)
    ]  # fmt: skip
    assert [one.pseudonym for one in services.erasure.erase(wish)] == ["", "", ""]


@pytest.mark.postgresql
@pytest.mark.parametrize("role", Role)
def test_the_server_itself_lets_the_administrator_alone_erase(
    services: Services, store: Store, tmp_path: Path, fake_clock: FakeClock, role: Role
) -> None:
    anna = active(services, "Anna Aho").id
    services.activation.remove([anna])
    before = len(trail(store))
    make_roles(store)
    with worked_on_as(store, role) as opened:
        actor = Actor("joku", "kone-2")
        theirs = build_services(opened, tmp_path, clock=fake_clock, actor=actor, secrets=MemorySecrets())
        if role is Role.ADMIN:
            assert erased(theirs, anna, with_events=True).gone["person"] == 1
            return
        for run in (theirs.erasure.preview, theirs.erasure.erase):
            with pytest.raises(StoreError, match="VF-ROLE-09"):
                run(Wish((anna,), with_events=True))
    assert len(trail(store)) == before
    assert services.directory.person(anna).name == "Anna Aho"


def test_an_event_that_only_erased_people_had_goes_with_the_second_time(
    services: Services, store: Store
) -> None:
    anna, pekka = person(services, "Anna Aho").id, person(services, "Pekka Puro").id
    made = services.events.add({"owner": anna, "title": "Kahden", "start": "2026-03-20T08:00:00Z",
                                "end": "2026-03-20T09:00:00Z"})  # fmt: skip
    with store.write() as session:
        session.add(EventParticipant(event_id=made.id, person_id=pekka))
    wish = Wish((anna, pekka), with_events=True)

    first, again = services.erasure.erase(wish), services.erasure.erase(wish)

    assert first[0].stays == {"shared_events": 1}
    assert [one.gone.get("events", 0) for one in again] == [1, 0]
    with store.read() as session:
        assert session.scalars(select(CalendarEvent)).all() == []
        assert session.scalars(select(Person)).all() == []
