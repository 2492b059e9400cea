"""The roles of a shared database: what support keeps for itself, the server refuses to everybody else.

The statements are made from what is declared beside the tables, so a table cannot be forgotten. They may be
run as often as one likes; what a former version gave and this one does not is taken back.

Row level security: a role without the right to write a row is refused with SQLSTATE 42501, like one without
the right to the table (https://www.postgresql.org/docs/current/ddl-rowsecurity.html).
"""

# ruff: noqa: S608 - statements are put together from names of tables and columns, and quoted names of roles

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Table, inspect, text

from vfadmin.models import erasing
from vfadmin.models.base import Base
from vfadmin.models.records import OF_SUPPORT
from vfadmin.models.rights import Rights, Role
from vfadmin.models.schema import VERSION_TABLE

Names = Mapping[Role, str]
"""What the roles are called on a server."""

USUAL: Names = {role: f"vfadmin_{role}" for role in Role}
_NAME = re.compile(r"(?!pg_)[\w.@-]{1,63}", re.ASCII)
_POLICY = "vfadmin_"
_SETTING = "setting"
_WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_ERASING = (f"SELECT {erasing.TRAIL}(", f"SELECT {erasing.EVENTS}(")
_READING = re.compile(r"\s*(?:SELECT|WITH|SHOW|LISTEN)\b", re.IGNORECASE)


def usable(name: str) -> bool:
    """Whether a role may be called so: what needs no thought in a script, and is not PostgreSQL's own."""
    return _NAME.fullmatch(name) is not None


def statements(names: Names) -> list[str]:
    """What makes the roles that are missing, and gives each its rights, in one transaction of the owner's."""
    made = [_preparation(names)]
    for role in Role:
        who = quoted(names[role])
        made.append(f"REVOKE ALL ON {', '.join(_all_tables())} FROM {who}")
        made.append(f"GRANT SELECT ON {VERSION_TABLE} TO {who}")
        for table, rights in declared():
            made += [f"GRANT {one} TO {who}" for one in _grants(table, rights, role)]
    for table, rights in declared():
        if rights.rows:
            made += _policies(table, rights, names)
    return [*made, *erasing.statements(quoted(names[Role.ADMIN]))]


def declared() -> Iterator[tuple[Table, Rights]]:
    """Every table with what is declared of it; one of which nothing is declared is the owner's alone."""
    rights = {one.local_table: getattr(one.class_, "__rights__", None) for one in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        yield table, rights.get(table) or Rights(writer=None)


def quoted(name: str) -> str:
    """The name of a role as a statement has it."""
    return '"' + name.replace('"', '""') + '"'


def script(names: Names, *more: str) -> str:
    """The statements, and ``more`` behind them, as a file for psql, whole or not at all."""
    lines = ";\n".join([*statements(names), *more])
    return f"BEGIN;\n{lines};\nCOMMIT;\n"


def given(connection: Connection) -> Names | None:
    """What the roles of this database are called; None where none have been given rights."""
    if connection.dialect.name != "postgresql" or not inspect(connection).has_table(_SETTING):
        return None
    asked = (
        "SELECT policyname, roles[1]::text AS name FROM pg_policies"
        " WHERE schemaname = current_schema() AND tablename = :table"
    )
    found = {row.policyname: row.name for row in connection.execute(text(asked), {"table": _SETTING})}
    names = {role: found[_POLICY + role] for role in Role if _POLICY + role in found}
    return names if len(names) == len(Role) else None


def give(connection: Connection, names: Names) -> None:
    """Give the roles their rights, in the connection's transaction. For the owner of the tables."""
    for one in statements(names):
        connection.exec_driver_sql(one)


def missing(connection: Connection, names: Names) -> list[str]:
    """The roles which the server does not have, and which this user may not make either."""
    asked = "SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"
    there = set(connection.execute(text(asked), {"names": list(names.values())}).scalars())
    allowed = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    lacking = [one for one in names.values() if one not in there]
    return lacking if lacking and not connection.execute(text(allowed)).scalar_one() else []


def unlimited(connection: Connection, names: Names) -> list[str]:
    """Those which no right can limit: who owns the tables, or is the server's administrator."""
    asked = (
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(:names) AND (rolsuper OR rolbypassrls OR"
        " pg_has_role(oid, (SELECT relowner FROM pg_class WHERE oid = to_regclass(:table)), 'MEMBER'))"
    )
    return list(
        connection.execute(text(asked), {"names": list(names.values()), "table": VERSION_TABLE}).scalars()
    )


def keeper(statement: str, values: object) -> Role | str:
    """Who may do what a server has refused: the least role that may, ``owner``, or ``erasing``.

    The last is for the administrator and no greater role.
    ``values`` are what the statement was given. Who may not even read has none of the roles.
    """
    if statement.startswith(_ERASING):
        return "erasing"
    if _READING.match(statement):
        return Role.WORKER
    written = _WRITING.match(statement)
    rights = {table.name: one for table, one in declared()}.get(written[1]) if written else None
    if rights is None or rights.writer is None:
        return "owner"
    if rights.rows:  # which row it is tells, and the server does not say
        return Role.SUPPORT if _texts(values) & set(OF_SUPPORT) else Role.ADMIN
    return rights.writer


def _texts(values: object) -> set[str]:
    if isinstance(values, Mapping):
        return {one for one in values.values() if isinstance(one, str)}
    return set().union(*map(_texts, values)) if isinstance(values, list | tuple) else set()


def _preparation(names: Names) -> str:
    """Make the roles that are missing, let them in, and take everything from those that had the place."""
    wanted = ", ".join(f"'{names[role]}'" for role in Role)
    return f"""DO $vfadmin$
DECLARE one text; place text := quote_ident(current_schema()); owner text;
BEGIN
  FOREACH one IN ARRAY ARRAY[{wanted}] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
      EXECUTE 'CREATE ROLE ' || quote_ident(one) || ' NOLOGIN';
    END IF;
    EXECUTE 'GRANT CONNECT ON DATABASE ' || quote_ident(current_database()) || ' TO ' || quote_ident(one);
    EXECUTE 'GRANT USAGE ON SCHEMA ' || place || ' TO ' || quote_ident(one);
  END LOOP;
  SELECT quote_ident(tableowner) INTO owner FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = '{VERSION_TABLE}';
  EXECUTE 'GRANT CREATE ON SCHEMA ' || place || ' TO ' || owner;
  EXECUTE 'REVOKE CREATE ON SCHEMA ' || place || ' FROM PUBLIC';
  FOR one IN SELECT DISTINCT unnest(roles)::text FROM pg_policies
    WHERE schemaname = current_schema() AND tablename = '{_SETTING}' AND policyname <> '{_POLICY}reads'
  LOOP
    EXECUTE 'REVOKE ALL ON {", ".join(_all_tables())} FROM ' || quote_ident(one);
  END LOOP;
END $vfadmin$"""


def _all_tables() -> list[str]:
    return [VERSION_TABLE, *(table.name for table in Base.metadata.sorted_tables)]


def _grants(table: Table, rights: Rights, role: Role) -> Iterator[str]:
    """What the role gets of that table, as it stands between GRANT and TO."""
    words = ["SELECT"] if role.covers(rights.reader) else []
    if rights.writes(role):
        words += ["INSERT"]
        if rights.changes:
            words.append(f"UPDATE{_columns(table, rights)}")
        if rights.removes:
            words.append("DELETE")
        if (counted := table.autoincrement_column) is not None:
            yield f"USAGE ON SEQUENCE {table.name}_{counted.name}_seq"
    elif rights.borrows(role):
        lent = rights.lent or [one.name for one in table.columns if one.name not in rights.kept]
        words.append(f"UPDATE ({', '.join(lent)})")
    if words:
        yield f"{', '.join(words)} ON {table.name}"


def _columns(table: Table, rights: Rights) -> str:
    """Nothing for all; what names a row must stay where the name says who may write it."""
    others = [one.name for one in table.columns if not one.primary_key]
    return f" ({', '.join(others)})" if rights.rows else ""


def _policies(table: Table, rights: Rights, names: Names) -> Iterator[str]:
    """Everybody reads all rows whom the table may be read by; each role writes those of its own."""
    yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
    yield from _policy(f"{_POLICY}reads", table, "FOR SELECT TO PUBLIC USING (true)")
    for role in Role:
        rows = rights.rows.get(role, "true")
        yield from _policy(
            f"{_POLICY}{role}", table, f"TO {quoted(names[role])} USING (true) WITH CHECK ({rows})"
        )


def _policy(name: str, table: Table, says: str) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS {name} ON {table.name}"
    yield f"CREATE POLICY {name} ON {table.name} {says}"
