"""Triggers that write down who took which mailbox, and in whose name each row of its memory was written.

They are the proof that no mailbox is synchronised by two: what a process wrote it wrote while it held the
lease, and nobody took a lease that another one held.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.postgresql import Server

_REMEMBERED = ("cursor", "dirty", "pair", "intent", "history", "run")

_SETUP = """
CREATE TABLE witness_taken (
    at timestamptz, person_id int, fence int, owner text, process text,
    from_owner text, from_until timestamptz
);
CREATE TABLE witness_written (at timestamptz, person_id int, process text, holder text, what text);
CREATE FUNCTION witness_taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO witness_taken VALUES (clock_timestamp(), NEW.person_id, NEW.fence, NEW.lease_owner,
        current_setting('application_name'), OLD.lease_owner, OLD.lease_until);
    RETURN NULL; END $$;
CREATE FUNCTION witness_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO witness_written SELECT clock_timestamp(), NEW.person_id,
        current_setting('application_name'), lease_owner, TG_TABLE_NAME
        FROM integration WHERE person_id = NEW.person_id;
    RETURN NULL; END $$;
CREATE TRIGGER witness_taken AFTER UPDATE ON integration FOR EACH ROW
    WHEN (NEW.fence <> OLD.fence AND NEW.lease_owner IS NOT NULL) EXECUTE FUNCTION witness_taken();
"""
_WATCH = """CREATE TRIGGER witness_{table} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW
    EXECUTE FUNCTION witness_written();"""

_EVERYBODY = "GRANT SELECT, INSERT ON witness_taken, witness_written TO PUBLIC;"
"""Triggers run as whoever writes, and a worker need not own anything."""


@dataclass(frozen=True)
class Witness:
    """Looks at one database of a server."""

    server: Server
    database: str

    def begin(self) -> None:
        watched = "".join(_WATCH.format(table=table) for table in _REMEMBERED)
        self.server.sql(_SETUP + watched + _EVERYBODY, self.database)

    def owners(self) -> set[str]:
        """Everybody who ever took a mailbox."""
        rows = self.server.sql("SELECT DISTINCT owner FROM witness_taken", self.database)
        return {str(owner) for (owner,) in rows}

    def taken_by(self, process: int) -> int:
        """How often the process of that number took a mailbox."""
        asked = f"SELECT count(*) FROM witness_taken WHERE owner LIKE '%:{process}:%'"  # noqa: S608
        ((count,),) = self.server.sql(asked, self.database)
        return int(str(count))

    def count(self) -> int:
        """How often any mailbox was taken."""
        ((count,),) = self.server.sql("SELECT count(*) FROM witness_taken", self.database)
        return int(str(count))

    def usurped(self) -> list[tuple[object, ...]]:
        """Leases that were taken while somebody else's had not run out."""
        return self.server.sql(
            "SELECT * FROM witness_taken WHERE from_owner <> owner AND from_until > at", self.database
        )

    def written_by_others(self) -> list[tuple[object, ...]]:
        """Rows that a process wrote while another one, or nobody, held the mailbox."""
        return self.server.sql(
            "SELECT * FROM witness_written w WHERE NOT EXISTS (SELECT 1 FROM witness_taken t"
            " WHERE t.owner = w.holder AND t.process = w.process)",
            self.database,
        )
