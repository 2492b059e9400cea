"""R31: no column of any table names an erased person, but for those of which somebody decided that they may.

Every text of every table is filled with a person's name, address and login. A new column or table that
can hold them is found by the last scan and fails until it is erased, or stands below with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Connection, Integer, String, Table, Text, select, update

from tests.models.filled import fill
from vfadmin.models import Base, portable, triggers
from vfadmin.models.base import Json
from vfadmin.models.people import fold
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.erasure import Erased, Wish

pytestmark = pytest.mark.both_stores

MAIJA, OTHERS = 1, (2, 3)
NAME, EMAIL, LOGIN = "Maija Åhlström", "maija.ahlstrom@esim.example", "ESIM\\maahl"
SAID = f"{NAME}, {EMAIL}, {LOGIN}"
SIGNED = {"audit.actor", "import_batch.actor", "import_layout.actor", "person.mobile_sync_by"}
OF_WHOM_IT_IS = {"person", "integration"}
"""Tables that say who somebody is: another person is not called so."""

TECHNICAL = 40
"""Characters: what is shorter holds a word of ours, a code or a number."""

_FREE_TEXT = "somebody else's event, in somebody else's words"
_OTHERS = "of somebody else's mailbox: ids, and events as above"
STAYS = {
    "company.name": "ValueFrame's",
    "event_type.name": "ValueFrame's",
    "event.title": _FREE_TEXT,
    "event.location": _FREE_TEXT,
    "event.body": _FREE_TEXT,
    "event.exceptions": _FREE_TEXT,
    "event.deleted_occurrences": "days",
    "event.rrule": "a rule",
    "event.uid": "a number of Exchange's",
    "event.zone": "a name of a zone",
    "event.external_organizer": "whoever organises somebody else's event, outside of ValueFrame",
    "event_link.label": "a customer's or contact's name at somebody else's event; ValueFrame's",
    "cursor.token": _OTHERS,
    "dirty.item_id": _OTHERS,
    "dirty.version": _OTHERS,
    "history.before": _OTHERS,
    "history.after": _OTHERS,
    "history.detail": _OTHERS,
    "intent.payload": _OTHERS,
    "intent.expected_version": _OTHERS,
    "pair.base": _OTHERS,
    "pair.seen_exchange": _OTHERS,
    "pair.seen_valueframe": _OTHERS,
    "pair.exchange_id": _OTHERS,
    "pair.exchange_version": _OTHERS,
    "pair.uid": _OTHERS,
    "pair.valueframe_id": _OTHERS,
    "pair.valueframe_version": _OTHERS,
    "import_change.before": "what a load changed of somebody else",
    "import_change.after": "what a load changed of somebody else",
    "import_batch.companies": "numbers",
    "import_batch.sha256": "a sum",
    "import_layout.layout": "a sum",
    "import_layout.columns": "headings of a list",
    "connection.name": "how Exchange is reached: support's, and nobody's calendar",
    "connection.url": "as above",
    "connection.account": "as above",
    "connection.ca_file": "as above",
    "connection.options": "as above",
    "setting.key": "a word of ours",
    "setting.value": "the report names them: an administrator may not write all, and has to know",
    "worker.host": "a machine that synchronises now; the row goes with the process",
}
"""What another one's rows may still say, and why. A column of Maija's own rows is never in here."""

PERSONS_ROW = {"person.name", "person.sort_name", "person.email", "person.search_text"}
"""What stays by default: the row is ValueFrame's."""


def everything_filled(store: Store) -> None:
    """Three persons in all tables: Maija, and two others whose rows speak of her."""
    with store.rebuild() as connection:
        triggers.remove(connection)
        fill(connection)
        for table in Base.metadata.sorted_tables:
            _speak(connection, table)
        _who_is_who(connection)
        portable.count_on(connection, {})
        triggers.install(connection)


def _speak(connection: Connection, table: Table) -> None:
    columns = [one for one in table.columns if _can_name(one) and not one.foreign_keys]
    key = list(table.primary_key.columns)
    for place, row in enumerate(connection.execute(select(*key).order_by(*key)).all()):
        said = {one.name: _words(f"{table.name}.{one.name}", one, place) for one in columns}
        if table.name in OF_WHOM_IT_IS and place + 1 != MAIJA:
            said = {name: said[name] for name in ("error_params", "mobile_sync_by") if name in said}
        if said:
            here = [one == value for one, value in zip(key, row, strict=True)]
            connection.execute(update(table).where(*here).values(said))


def _can_name(column: Any) -> bool:
    if isinstance(column.type, type(Json)):
        return True
    length = getattr(column.type, "length", None)
    return isinstance(column.type, String | Text) and (length is None or length > TECHNICAL)


def _words(name: str, column: Any, place: int) -> Any:
    if isinstance(column.type, type(Json)):
        return {"x": [1, None, {"y": f"Sanottu: {SAID}."}], "z": EMAIL}
    if name in SIGNED:
        return LOGIN
    return f"{place}: {SAID}"[: column.type.length]


def _who_is_who(connection: Connection) -> None:
    tables = Base.metadata.tables
    person, integration = tables["person"], tables["integration"]
    who = {"name": NAME, "sort_name": fold(NAME), "email": EMAIL, "search_text": fold(SAID)}
    connection.execute(update(person).where(person.c.id == MAIJA).values(who))
    other = {"name": "Toinen", "email": "toinen@esim.example"}
    connection.execute(update(person).where(person.c.id != MAIJA).values(other))
    login = {"login": LOGIN, "login_key": fold(LOGIN), "mailbox": EMAIL}
    connection.execute(update(integration).values(state="unused", lease_until=None))
    connection.execute(update(integration).where(integration.c.person_id == MAIJA).values(login))
    connection.execute(tables["change_log"].update().values(person_id=MAIJA))
    # The second event is another's with Maija in it, the third hers with another in it.
    connection.execute(tables["event"].update().where(tables["event"].c.id == 3).values(owner_id=MAIJA))
    connection.execute(tables["participant"].insert().values(event_id=2, person_id=MAIJA, sync_key="maija"))
    trail = tables["audit"]
    connection.execute(update(trail).where(trail.c.id == 1).values(subject=f"person:{MAIJA}"))
    connection.execute(update(trail).where(trail.c.id == 2).values(subject="event:1"))


def found(store: Store, words: Iterable[str]) -> set[str]:
    """The columns of all tables that hold any of the words, whatever the case."""
    sought = [fold(one) for one in words]
    places = set()
    with store.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                places |= {
                    f"{table.name}.{column}"
                    for column, value in row.items()
                    if any(word in fold(repr(value).replace("\\\\", "\\")) for word in sought)
                }
    return places


def referring(store: Store) -> set[str]:
    """The columns that hold the person's number where they hold a person's number."""
    places = set()
    with store.read() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                named = {one.target_fullname for one in column.foreign_keys}
                is_person = column.name == "person_id" or named & {"person.id", "integration.person_id"}
                if is_person and isinstance(column.type, Integer):
                    count = session.execute(select(column).where(column == MAIJA)).all()
                    places |= {f"{table.name}.{column.name}"} if count else set()
    return places


def erase(services: Services, **wish: Any) -> Erased:
    (done,) = services.erasure.erase(Wish((MAIJA,), **wish))
    assert done.failure is None
    return done


WORDS = (NAME, EMAIL, LOGIN)


def test_the_scan_sees_what_is_there(store: Store) -> None:
    """Else the tests below would find nothing whatever was left."""
    everything_filled(store)
    every = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if _can_name(column) and not column.foreign_keys
    }
    assert found(store, WORDS) == every - {"store_identity.identity"}
    assert {"pair.person_id", "event.owner_id", "change_floor.person_id"} <= referring(store)


def test_r31_by_default_nothing_of_vfadmins_own_names_the_person(services: Services, store: Store) -> None:
    everything_filled(store)
    done = erase(services)

    assert found(store, WORDS) == {*STAYS, *PERSONS_ROW}
    assert found(store, [LOGIN]) & PERSONS_ROW == set(), "the login is vfadmin's own"
    assert referring(store) == {"change_floor.person_id", "event.owner_id", "participant.person_id"}
    assert done.stays == {"events": 2, "participations": 2, "person": 1, "settings": 3}


def test_r31_with_events_nothing_of_valueframes_does_either(services: Services, store: Store) -> None:
    everything_filled(store)
    done = erase(services, with_events=True)

    assert found(store, WORDS) == set(STAYS)
    assert referring(store) == {"change_floor.person_id", "event.owner_id"}
    assert done.stays == {"shared_events": 1, "settings": 3}
    persons = Base.metadata.tables["person"]
    with store.read() as session:
        shown = session.execute(select(persons).where(persons.c.id == MAIJA)).mappings().one()
    assert (shown["name"], shown["email"], shown["active"]) == (done.pseudonym, "", False)


def test_what_is_shown_first_is_what_is_done_and_the_second_time_there_is_nothing(
    services: Services, store: Store
) -> None:
    everything_filled(store)
    for with_events in (False, True):
        wish = Wish((MAIJA,), with_events)
        before = found(store, WORDS)
        (shown,) = services.erasure.preview(wish)
        assert found(store, WORDS) == before
        assert services.erasure.erase(wish) == [shown]
        (again,) = services.erasure.erase(wish)
        assert (again.pseudonym, set(again.gone.values())) == ("", {0})
