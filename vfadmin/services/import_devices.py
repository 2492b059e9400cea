"""A list of mobile devices: who has one uses a mobile synchronisation (R18), and nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping

from vfadmin.errors import failure
from vfadmin.services.import_answers import LoginAnswer
from vfadmin.services.import_cells import Rejected, meaning
from vfadmin.services.import_headers import names_syncml
from vfadmin.services.import_people import Known, People, Snapshot
from vfadmin.services.import_plan import FieldChange, Judge, PlannedRow, Planner, Rules, Verdict, rejection
from vfadmin.services.import_sheet import SheetRow

_WHOSE = ("id", "login", "email", "name")
_OF_DEVICES = frozenset({*_WHOSE, "first_name", "last_name", "company", "device", "mobile_sync"})


def looks_like_devices(columns: Mapping[str, str]) -> bool:
    """Whether the columns are those of a list of devices: a device, whose it is, and nothing else."""
    return "device" in columns and set(columns) <= _OF_DEVICES


def judge_for(
    snapshot: Snapshot, columns: Mapping[str, str], rules: Rules, answers: Mapping[str, LoginAnswer]
) -> Judge:
    """Who judges the rows of such a list; ``answers`` is what Exchange said of logins, by their keys."""
    return DevicePlanner(snapshot, columns) if rules.devices else Planner(snapshot, columns, rules, answers)


class DevicePlanner:
    """Judges the rows of a list of devices. One person may have several, a row each; the first one tells."""

    def __init__(self, snapshot: Snapshot, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._syncml = names_syncml(columns.get("mobile_sync", ""))
        self._people = People(snapshot.persons)
        self._told: set[int] = set()
        self.new_companies: list[str] = []

    def judge(self, row: SheetRow, said: Mapping[str, str] | None = None) -> PlannedRow:
        """The verdict on one row; it leaves alone whom it gives no device."""
        del said  # what a row would change does not tell whose it is
        try:
            values = meaning(row.cells, syncml=self._syncml)
            person = self._owner(values)
        except Rejected as rejected:
            return rejection(row, rejected.field_name, rejected.reason, self._columns)
        old, new = person.facts["mobile_sync"], values.get("mobile_sync", "")
        changes: tuple[FieldChange, ...] = ()
        if new and person.id not in self._told:
            self._told.add(person.id)
            changes = () if new == old else (FieldChange("mobile_sync", old, new),)
        return PlannedRow(
            row=row.row,
            verdict=Verdict.UPDATE if changes else Verdict.UNCHANGED,
            cells=row.cells,
            person_id=person.id,
            name=person.facts["name"],
            changes=changes,
            values={one.field: one.new for one in changes},
        )

    def _owner(self, values: Mapping[str, str]) -> Known:
        person = self._people.owner(values)
        if person is None:
            said = next((name for name in _WHOSE if name in values), "login")
            raise Rejected(said, failure("VF-IMPORT-22", name=values.get(said, "")))
        return person
