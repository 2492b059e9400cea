"""The triggers that notice every change of an event, whoever makes it.

They do three things, on SQLite and PostgreSQL alike. Each change of an event's content or of its
participants writes one ``change_log`` row for every person whose calendar it touches: the owner, a
former owner, each participant. And it moves ``event.version``, so that a write which names the version
it read is refused. And when the time of an event changes, it is put before those again who had declined it.
A statement that leaves the content as it was does none of this.

On PostgreSQL numbers of a sequence become visible in another order than they were given out, and a
reader that remembers the highest one would miss the late ones. There a lock held to the end of the
transaction puts the writers of events in a row, whoever they are, and all of vfadmin's; SQLite has one
writer anyway.

``INSERT OR REPLACE`` on SQLite removes a row without firing the trigger of a deletion. The insertion is
logged, and an id that had a life before gets a version no earlier life had.
"""

# ruff: noqa: S608 - statements are put together from the constants below alone

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

EVENT_CONTENT = (
    "owner_id",
    "title",
    "location",
    "body",
    "starts_at",
    "ends_at",
    "all_day",
    "zone",
    "private",
    "show_as",
    "reminder_minutes",
    "acknowledged",
    "rrule",
    "exceptions",
    "deleted_occurrences",
)
"""The columns of ``event`` whose change is a change of the event; so is being deleted or restored."""

PARTICIPANT_CONTENT = (
    "event_id",
    "person_id",
    "acknowledged",
    "declined",
    "private",
    "show_as",
    "reminder_minutes",
)

_LOCK = 0x56464348
"""The advisory lock of PostgreSQL under which change numbers are given out."""

CHANNEL = "vfadmin"
"""Where PostgreSQL tells that something was written; it says no more than that."""


def install(connection: Connection) -> None:
    """Set up all triggers, replacing what is there."""
    remove(connection)
    for statement in _created(connection.dialect.name):
        connection.exec_driver_sql(statement)


def queue(session: Session) -> None:
    """Wait until no other writer is under way, before looking at what is going to be changed.

    Whoever listens is told at the commit. SQLite has one writer anyway, and nobody to tell.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK), func.pg_notify(CHANNEL, "")))


def remove(connection: Connection) -> None:
    """Take all triggers away; those that are not there are no error."""
    if connection.dialect.name == "sqlite":
        for name in _SQLITE:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name in _POSTGRESQL_FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def installed(connection: Connection) -> bool:
    """Whether all triggers are there."""
    if connection.dialect.name == "sqlite":
        asked, expected = "SELECT name FROM sqlite_master WHERE type = 'trigger'", set(_SQLITE)
    else:
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        expected = {statement.split()[2] for statement in _POSTGRESQL_TRIGGERS}
    return expected <= set(connection.exec_driver_sql(asked).scalars())


def _created(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(f"CREATE TRIGGER {name} {body}" for name, body in _SQLITE.items())
    made = tuple(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        for name, body in _POSTGRESQL_FUNCTIONS.items()
    )
    return (*made, *_POSTGRESQL_TRIGGERS)


# SQLite ---------------------------------------------------------------------------------------------

_NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
"""The text form in which SQLAlchemy keeps a time on SQLite."""


def _log(event: str, *persons: str, condition: str = "true") -> str:
    """Rows for the owner and the participants of ``event`` as they stand, and for ``persons``."""
    people = [
        f"SELECT owner_id AS person_id FROM event WHERE id = {event}",
        f"SELECT person_id FROM participant WHERE event_id = {event}",
        *(f"SELECT {person}" for person in persons),
    ]
    return (
        "INSERT INTO change_log (person_id, event_id, at) "
        f"SELECT person_id, {event}, {_NOW} FROM ({' UNION '.join(people)}) AS people WHERE {condition};"
    )


def _move(event: str, *, condition: str = "true") -> str:
    return f"UPDATE event SET version = version + 1 WHERE id = {event} AND {condition};"


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)


_MOVED = "OLD.event_id <> NEW.event_id"
_DELETION_DIFFERS = "(OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)"

_TIME = ("starts_at", "ends_at", "all_day", "rrule")
"""Whoever declined an event has not declined it at another time."""


def _ask_again(differs: str) -> str:
    return f"UPDATE participant SET declined = false WHERE event_id = NEW.id AND declined AND ({differs});"


_SQLITE: dict[str, str] = {
    "event_inserted": f"""AFTER INSERT ON event BEGIN
        UPDATE event SET version = 1 + (SELECT max(seq) FROM change_log WHERE event_id = NEW.id)
            WHERE id = NEW.id AND EXISTS (SELECT 1 FROM change_log WHERE event_id = NEW.id);
        {_log("NEW.id")}
        END""",
    "event_updated": f"""AFTER UPDATE OF {", ".join(EVENT_CONTENT)}, deleted_at ON event
        WHEN {_differs(EVENT_CONTENT)} OR {_DELETION_DIFFERS} BEGIN
        UPDATE event SET version = max(OLD.version, NEW.version) + 1 WHERE id = NEW.id;
        {_ask_again(_differs(_TIME))}
        {_log("NEW.id", "OLD.owner_id")}
        END""",
    "event_deleted": f"""BEFORE DELETE ON event BEGIN
        {_log("OLD.id")}
        END""",
    "participant_inserted": f"""AFTER INSERT ON participant BEGIN
        {_move("NEW.event_id")}
        {_log("NEW.event_id")}
        END""",
    "participant_updated": f"""AFTER UPDATE ON participant WHEN {_differs(PARTICIPANT_CONTENT)} BEGIN
        {_move("NEW.event_id")}
        {_log("NEW.event_id", "OLD.person_id")}
        {_move("OLD.event_id", condition=_MOVED)}
        {_log("OLD.event_id", "OLD.person_id", condition=_MOVED)}
        END""",
    "participant_deleted": f"""AFTER DELETE ON participant BEGIN
        {_move("OLD.event_id")}
        {_log("OLD.event_id", "OLD.person_id")}
        END""",
}

# PostgreSQL -----------------------------------------------------------------------------------------


def _rows_differ(columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


_EVENT_DIFFERS = f"({_rows_differ(EVENT_CONTENT)} OR {_DELETION_DIFFERS})"


def _pg_log(event: str, *persons: str, condition: str = "true") -> str:
    return _log(event, *persons, condition=condition).replace(_NOW, "clock_timestamp()")


_POSTGRESQL_FUNCTIONS: dict[str, str] = {
    "vfadmin_queue": f"PERFORM pg_advisory_xact_lock({_LOCK}), pg_notify('{CHANNEL}', ''); RETURN NULL;",
    "vfadmin_event_version": f"""IF {_EVENT_DIFFERS} THEN
        NEW.version := GREATEST(OLD.version, NEW.version) + 1; END IF; RETURN NEW;""",
    "vfadmin_event_inserted": f"{_pg_log('NEW.id')} RETURN NULL;",
    "vfadmin_event_updated": f"""IF {_EVENT_DIFFERS} THEN
        {_ask_again(_rows_differ(_TIME))}
        {_pg_log("NEW.id", "OLD.owner_id")} END IF; RETURN NULL;""",
    "vfadmin_event_deleted": f"{_pg_log('OLD.id')} RETURN OLD;",
    "vfadmin_participant_inserted": f"{_move('NEW.event_id')} {_pg_log('NEW.event_id')} RETURN NULL;",
    "vfadmin_participant_updated": f"""IF {_rows_differ(PARTICIPANT_CONTENT)} THEN
        {_move("NEW.event_id")} {_pg_log("NEW.event_id", "OLD.person_id")}
        {_move("OLD.event_id", condition=_MOVED)}
        {_pg_log("OLD.event_id", "OLD.person_id", condition=_MOVED)} END IF; RETURN NULL;""",
    "vfadmin_participant_deleted": f"""{_move("OLD.event_id")}
        {_pg_log("OLD.event_id", "OLD.person_id")} RETURN NULL;""",
}


def _pg_trigger(name: str, moment: str, table: str, *, each: str = "ROW", calls: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} {moment} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {calls or 'vfadmin_' + name}()"
    )


_ANY_CHANGE = "BEFORE INSERT OR UPDATE OR DELETE"

_POSTGRESQL_TRIGGERS: tuple[str, ...] = (
    _pg_trigger("event_queue", _ANY_CHANGE, "event", each="STATEMENT", calls="vfadmin_queue"),
    _pg_trigger("participant_queue", _ANY_CHANGE, "participant", each="STATEMENT", calls="vfadmin_queue"),
    _pg_trigger("event_version", "BEFORE UPDATE", "event"),
    _pg_trigger("event_inserted", "AFTER INSERT", "event"),
    _pg_trigger("event_updated", "AFTER UPDATE", "event"),
    _pg_trigger("event_deleted", "BEFORE DELETE", "event"),
    _pg_trigger("participant_inserted", "AFTER INSERT", "participant"),
    _pg_trigger("participant_updated", "AFTER UPDATE", "participant"),
    _pg_trigger("participant_deleted", "AFTER DELETE", "participant"),
)
