"""What of an erasure no role may do by itself: rewrite the audit trail, and remove rows of events.

On a shared database with roles two functions do it with the owner's rights, for the administrator alone.
They can take away and cannot forge: a line of the trail becomes the same line with a pseudonym in some
places, and events go only where the integration has ended and nobody else takes part in them. Decision 28.

A function with its owner's rights has to look for its tables where that owner put them:
https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
"""

# ruff: noqa: S608 - statements are put together from the constants below alone

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlalchemy.orm import Session

from vfadmin.errors import StoreError, failure
from vfadmin.models.records import Audit

TRAIL = "vfadmin_pseudonymise"
EVENTS = "vfadmin_erase_events"
_SIGNATURES = {TRAIL: "text, jsonb", EVENTS: "integer", "vfadmin_veils": "text, text, text"}

ONLY_ADMIN = "VF-ROLE-09"
"""The code with which everybody else is refused, support included."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the trail as it is to be from now on."""

    id: int
    actor: str
    host: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def pseudonym(number: int) -> str:
    """What stands in the trail for the person who was erased as that one."""
    return f"poistettu #{number}"


def is_pseudonym(name: str) -> bool:
    """Whether that is what `pseudonym` makes."""
    return re.fullmatch(r"poistettu #\d+", name, re.ASCII) is not None


def rewrite(session: Session, name: str, lines: Sequence[Line]) -> None:
    """Put the lines in the place of what they were; call it without any to ask whether it may be done.

    Raises StoreError VF-ROLE-09.
    """
    told = [asdict(one) for one in lines]
    if _by_function(session, TRAIL):
        values = {"name": name, "lines": json.dumps(told)}
        session.execute(text(f"SELECT {TRAIL}(:name, CAST(:lines AS jsonb))"), values)
    elif told:
        changed = update(Audit.__table__).where(Audit.id == bindparam("line"))  # type: ignore[arg-type]
        session.connection().execute(changed, [{"line": one.pop("id"), **one} for one in told])


def remove_events(session: Session, person_id: int) -> int:
    """Remove the rows of the person's events in which nobody else takes part; how many.

    None while his integration is in use. Raises as `rewrite`.
    """
    if _by_function(session, EVENTS):
        return int(session.execute(text(f"SELECT {EVENTS}(:whose)"), {"whose": person_id}).scalar_one())
    session.flush()
    removed = session.connection().exec_driver_sql(_REMOVE.format(whose=int(person_id)))
    return removed.rowcount


def _by_function(session: Session, name: str) -> bool:
    """Whether this database has the function; without it only its owner may."""
    if session.get_bind().dialect.name != "postgresql":
        return False
    asked = (
        "SELECT to_regprocedure(:called) IS NOT NULL AS there,"
        " has_table_privilege('audit', 'UPDATE') AND has_table_privilege('event', 'DELETE') AS owner"
    )
    found = session.execute(text(asked), {"called": f"{name}({_SIGNATURES[name]})"}).one()
    if not found.there and not found.owner:
        raise StoreError(failure(ONLY_ADMIN))
    return bool(found.there)


def statements(admin: str) -> list[str]:
    """What makes the functions, for the role of that quoted name alone; to be run by the owner."""
    made = [f"DROP FUNCTION IF EXISTS {name}({kinds})" for name, kinds in _SIGNATURES.items()]
    made += [_VEILS, _PSEUDONYMISE, _ERASE_EVENTS, _IN_THIS_SCHEMA]
    made += [f"REVOKE ALL ON FUNCTION {name}({kinds}) FROM PUBLIC" for name, kinds in _SIGNATURES.items()]
    for name in (TRAIL, EVENTS):
        made.append(f"GRANT EXECUTE ON FUNCTION {name}({_SIGNATURES[name]}) TO {admin}")
    return made


_REMOVE = """DELETE FROM event WHERE owner_id = {whose}
    AND NOT EXISTS (SELECT 1 FROM participant WHERE event_id = event.id AND person_id <> {whose})
    AND NOT EXISTS (SELECT 1 FROM integration WHERE person_id = {whose} AND state <> 'unused')"""

_VEILS = """CREATE FUNCTION vfadmin_veils(old text, made text, name text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $vfadmin$
  SELECT coalesce(old, 'null') = coalesce(made, 'null') OR coalesce(old, '') LIKE
    replace(replace(regexp_replace(made, '([\\\\' || chr(37) || '_])', '\\\\\\1', 'g'),
      '"' || name || '"', chr(37)), name, chr(37))
$vfadmin$"""
"""Whether a text is the old one with the name in some places, and says nothing new.

No per cent sign, which a driver takes for a place of its own."""

_PSEUDONYMISE = f"""CREATE FUNCTION {TRAIL}(name text, lines jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $vfadmin$
DECLARE line record;
BEGIN
  IF name !~ '^poistettu #[0-9]+$' THEN RAISE EXCEPTION 'no pseudonym'; END IF;
  FOR line IN SELECT * FROM jsonb_to_recordset(lines)
    AS one(id bigint, actor text, host text, subject text, before jsonb, after jsonb)
  LOOP
    UPDATE audit SET actor = line.actor, host = line.host, subject = line.subject,
      before = coalesce(line.before, audit.before), after = coalesce(line.after, audit.after)
    WHERE id = line.id
      AND vfadmin_veils(audit.actor, line.actor, name) AND vfadmin_veils(audit.host, line.host, name)
      AND vfadmin_veils(audit.subject, line.subject, name)
      AND vfadmin_veils(audit.before::text, line.before::text, name)
      AND vfadmin_veils(audit.after::text, line.after::text, name);
    IF NOT FOUND THEN RAISE EXCEPTION 'the line would say something new'; END IF;
  END LOOP;
END $vfadmin$"""

_ERASE_EVENTS = f"""CREATE FUNCTION {EVENTS}(whose integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $vfadmin$
DECLARE removed integer;
BEGIN
  {_REMOVE.format(whose="whose")};
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $vfadmin$"""

_CALLED = ", ".join(f"'{name}({kinds})'" for name, kinds in _SIGNATURES.items())
_IN_THIS_SCHEMA = f"""DO $vfadmin$
DECLARE one text; owner text;
BEGIN
  SELECT tableowner INTO owner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'audit';
  FOREACH one IN ARRAY ARRAY[{_CALLED}] LOOP
    EXECUTE 'ALTER FUNCTION ' || one || ' SET search_path = ' || quote_ident(current_schema()) || ', pg_temp';
    EXECUTE 'ALTER FUNCTION ' || one || ' OWNER TO ' || quote_ident(owner);
  END LOOP;
END $vfadmin$"""
"""Tables of whoever calls, temporary ones above all, must not stand in the place of the real ones. They
work with the rights of the tables' owner, also where the server's administrator ran the script: the next
upgrade makes them anew, which nobody else may, and no trigger is to run with more rights than the owner's.
"""
