"""Writes what the search view finds to files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from vfadmin.errors import UsageError, failure
from vfadmin.models.store import Store
from vfadmin.services.export_sheet import Add, Progress, Sheet, Value, as_csv
from vfadmin.services.import_sheet import trouble
from vfadmin.services.rows import CHUNK, chunks, rows_of
from vfadmin.services.whole_files import beside, check_free

__all__ = ["Export", "Progress", "Sheet", "Value"]


class Export:
    """Writes rows of the search view to files."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, sheet: Sheet) -> int | None:
        """Write the file and tell how many rows it has; None, and no file, if it was cancelled.

        The file appears whole or not at all: what stood there stays until the new one is complete. A person
        that is gone meanwhile is left out. Raises UsageError VF-IMPORT-07 if it cannot be written.
        """
        try:
            check_free(sheet.path)
            with beside(sheet.path) as part:
                written = self._fill(part, sheet)
                if sheet.progress.cancelled:
                    return None
                part.replace(sheet.path)
        except OSError as error:
            raise UsageError(failure("VF-IMPORT-07", file=str(sheet.path), detail=trouble(error))) from error
        return written

    def _fill(self, part: Path, sheet: Sheet) -> int:
        written = 0
        with _kind(sheet.path)(part, sheet) as add:
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


def _kind(path: Path) -> Callable[[Path, Sheet], AbstractContextManager[Add]]:
    if path.suffix.casefold() != ".xlsx":
        return as_csv
    from vfadmin.services.export_workbook import as_workbook  # noqa: PLC0415 - costs start-up, seldom wanted

    return as_workbook
