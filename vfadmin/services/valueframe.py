"""Where ValueFrame's side is read from: the database (SQL, the default) or a customer's REST interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from vfadmin.errors import CalendarError, Failure, SecretError, UsageError, VfadminError, failure
from vfadmin.models import Pair, Person, Setting
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.connection_check import CheckStep
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock, Directory
from vfadmin.services.source import REST, SETTING, SQL
from vfadmin.services.support_only import refuse_unless_support

if TYPE_CHECKING:  # httpx behind it is slow to load, and most installations have no use for it
    from vfadmin.calendars.rest import FieldMap
    from vfadmin.calendars.rest.directory import ListedPerson


@dataclass(frozen=True, slots=True)
class Resource:
    """A mapped resource, its keyring entry, and whether a key is there (None where that cannot be told)."""

    kind: str
    name: str
    key: str
    verbs: tuple[str, ...]
    key_stored: bool | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where ValueFrame's side is read from; all but ``source`` is empty for the database."""

    source: str
    path: str = ""
    url: str = ""
    user: str = ""
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a refresh of the persons did, and which rows could not be used."""

    listed: int
    added: int
    changed: int
    failures: tuple[tuple[str, Failure], ...]


def chosen_map(store: Store) -> FieldMap | None:
    """The field map in force; None for the database. Raises CalendarError VF-REST-01."""
    with store.read() as session:
        row = session.get(Setting, SETTING)
        value: dict[str, Any] = {} if row is None else dict(row.value)
    if value.get("source") != REST:
        return None
    from vfadmin.calendars.rest import parse  # noqa: PLC0415 - see above

    return parse(str(value["map"]), Path(str(value["path"])))


class ValueFrame:
    """Chooses the source, checks it and refreshes persons from it; every change is in the audit trail."""

    def __init__(
        self, store: Store, secrets: SecretVault, directory: Directory, *, clock: Clock, actor: Actor
    ) -> None:
        self._store, self._secrets, self._directory = store, secrets, directory
        self._clock, self._actor = clock, actor

    def show(self) -> Source:
        """What is in force."""
        found = chosen_map(self._store)
        if found is None:
            return Source(SQL)
        resources = tuple(
            Resource(one.kind, one.resource, one.key, tuple(sorted(one.verbs)), self._has_key(one.key))
            for one in found.resources
        )
        return Source(REST, found.path, found.url, found.user, resources)

    def use_rest(self, path: Path) -> Source:
        """Read ValueFrame's side by that field map from now on; the file is read once, and kept in the store.

        Raises UsageError VF-REST-01 for a file that is none, VF-REST-15 while events are synchronised with
        another source: their ids mean nothing here.
        """
        found = self._loaded(path)
        value = {"source": REST, "path": str(path), "map": path.read_text("utf-8-sig")}
        self._put(value, f"{found.url}/{found.events.resource}#{found.user}")
        return self.show()

    def use_sql(self) -> Source:
        """Read ValueFrame's side from the database. Raises UsageError VF-REST-15 as `use_rest`."""
        self._put({"source": SQL}, SQL)
        return self.show()

    def store_key(self, name: str, key: str) -> None:
        """Keep a transfer key in the keyring.

        Raises UsageError VF-REST-16 for a name no map has, StoreError VF-ROLE-01 (kept for support).
        """
        with self._store.read() as session:
            refuse_unless_support(session)
        found = chosen_map(self._store)
        known = [] if found is None else [one.key for one in found.resources]
        if not name.startswith("valueframe-") or (known and name not in known):
            raise UsageError(failure("VF-REST-16", name=name, known=", ".join(known) or "valueframe-…"))
        self._secrets.write(name, key)

    def check(
        self, path: Path | None = None, on_step: Callable[[CheckStep], None] = lambda _: None
    ) -> list[CheckStep]:
        """Check a map, or the one in force, against the interface. Nothing is written.

        Raises UsageError VF-REST-01 and VF-REST-14.
        """
        found = self._loaded(path) if path is not None else self._in_force()
        told = []
        for step in self._steps(found):
            told.append(step)
            on_step(step)
        return told

    def pull(self) -> Pulled:
        """Take companies and persons over from the interface; nobody is removed.

        Names, addresses, companies and whether somebody is active are ValueFrame's word, so what was entered
        by hand is replaced. Raises UsageError VF-REST-14, CalendarError.
        """
        from vfadmin.calendars.rest.directory import persons  # noqa: PLC0415 - see above
        from vfadmin.calendars.rest.session import RestSession  # noqa: PLC0415

        session = RestSession(self._in_force(), self._secrets.read)
        try:
            found = persons(session)
        finally:
            session.close()
        failures = list(found.failures)
        added = changed = 0
        for one in found.persons:
            try:
                new, moved = self._take(one)
            except UsageError as error:
                failures.append((str(one.id), error.failure))
                continue
            added, changed = added + new, changed + moved
        return Pulled(len(found.persons) + len(found.failures), added, changed, tuple(failures))

    def _take(self, one: ListedPerson) -> tuple[bool, bool]:
        """Whether the person was added, and whether anything of a known one changed."""
        with self._store.read() as session:
            known = session.get(Person, one.id)
            version = None if known is None else known.version
        new = known is None
        if new:
            self._directory.add_person(name=one.name, person_id=one.id)
        row = self._directory.change_person(
            one.id, name=one.name, email=one.email, company=one.company, active=one.active
        )
        with self._store.read() as session:
            after = session.get_one(Person, row.id).version
        return new, not new and after != version

    def _steps(self, found: FieldMap) -> Iterator[CheckStep]:
        from vfadmin.calendars.rest import probe  # noqa: PLC0415 - see above

        for step in probe.steps(found, self._secrets.read):
            yield CheckStep(step.check, step.ok, step.detail, step.failure)

    def _in_force(self) -> FieldMap:
        found = chosen_map(self._store)
        if found is None:
            raise UsageError(failure("VF-REST-14"))
        return found

    def _loaded(self, path: Path) -> FieldMap:
        from vfadmin.calendars.rest import load  # noqa: PLC0415 - see above

        try:
            return load(path)
        except CalendarError as error:
            raise UsageError(error.failure) from error

    def _put(self, value: dict[str, Any], place: str) -> None:
        with self._store.write() as session:
            row = session.get(Setting, SETTING)
            before: dict[str, Any] = {"source": SQL} if row is None else dict(row.value)
            before_place = before.get("place", SQL)
            pairs = session.scalar(select(func.count()).select_from(Pair)) or 0
            if pairs and place != before_place:
                raise UsageError(failure("VF-REST-15", count=pairs))
            kept = {**value, "place": place}
            if row is None:
                session.add(Setting(key=SETTING, value=kept, version=1))
            else:
                row.value, row.version = kept, row.version + 1
            old, new = (
                {name: one.get(name) for name in ("source", "path", "place")} for one in (before, kept)
            )
            record(session, self._actor, "valueframe.use", "setting:valueframe", old, new, self._clock())

    def _has_key(self, name: str) -> bool | None:
        try:
            self._secrets.read(name)
        except SecretError as error:
            return False if error.failure.code == "VF-SECRET-03" else None
        except VfadminError:  # pragma: no cover - a vault raises nothing else
            return None
        return True
