"""Writes what the search view finds, and the audit trail, to files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from vfadmin.errors import UsageError, failure
from vfadmin.models.store import Store
from vfadmin.services.export_sheet import Add, Headed, Progress, Sheet, TrailSheet, Value, as_csv
from vfadmin.services.history import History
from vfadmin.services.import_sheet import trouble
from vfadmin.services.rows import CHUNK, chunks, rows_of
from vfadmin.services.whole_files import beside, check_free

__all__ = ["Export", "Progress", "Sheet", "TrailSheet", "Value"]


class Export:
    """Writes rows to files. A file appears whole or not at all: what stood there stays until then."""

    def __init__(self, store: Store, history: History) -> None:
        self._store, self._history = store, history

    def write(self, sheet: Sheet) -> int | None:
        """Write the file and tell how many rows it has; None, and no file, if it was cancelled.

        A person that is gone meanwhile is left out. Raises UsageError VF-IMPORT-07 if it cannot be written.
        """
        return _whole(sheet.path, sheet, lambda add: self._fill(add, sheet))

    def write_trail(self, sheet: TrailSheet) -> int | None:
        """The same of the audit trail, oldest first."""
        return _whole(sheet.path, sheet, lambda add: self._fill_trail(add, sheet))

    def _fill_trail(self, add: Add, sheet: TrailSheet) -> int:
        written, last = 0, 0
        while not sheet.progress.cancelled and (
            rows := self._history.trail(sheet.person_id, after=last, limit=CHUNK)
        ):
            for row in rows:
                add(sheet.render(row))
            written, last = written + len(rows), rows[-1].id
        return written

    def _fill(self, add: Add, sheet: Sheet) -> int:
        written = 0
        for chunk in chunks(sheet.ids, CHUNK):
            if sheet.progress.cancelled:
                break
            with self._store.read() as session:
                rows = rows_of(session, chunk)
            for row in rows:
                add(sheet.render(row))
            written += len(rows)
            sheet.progress.done += len(chunk)
        return written


def _whole(path: Path, sheet: Headed, fill: Callable[[Add], int]) -> int | None:
    try:
        check_free(path)
        with beside(path) as part:
            with _kind(path)(part, sheet) as add:
                written = fill(add)
            if sheet.progress.cancelled:
                return None
            part.replace(path)
    except OSError as error:
        raise UsageError(failure("VF-IMPORT-07", file=str(path), detail=trouble(error))) from error
    return written


def _kind(path: Path) -> Callable[[Path, Headed], AbstractContextManager[Add]]:
    if path.suffix.casefold() != ".xlsx":
        return as_csv
    from vfadmin.services.export_workbook import as_workbook  # noqa: PLC0415 - costs start-up, seldom wanted

    return as_workbook
