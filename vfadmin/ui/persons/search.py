"""Asks for searches and pages, and lets only the newest answer through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.criteria import Counted, Criteria, Found, count, find, read_rows
from vfadmin.ui.persons.model import PersonTable

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.directory import CompanyRow
    from vfadmin.services.rows import PersonRow


def _companies(services: Services) -> list[CompanyRow]:
    return services.directory.companies()


class Searcher(QObject):
    """Keeps the model in step with the criteria. Old rows stay until the new ones are there."""

    found = Signal(object)
    counted = Signal(object)
    companies = Signal(object)
    rows_read = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, model: PersonTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self.criteria = Criteria()
        self._everybody: int | None = None
        model.rows_wanted.connect(self._read)

    @Slot(object)
    def search(self, criteria: Criteria, at: int = 0) -> None:
        """Search with these criteria. The figures are counted once the list is there: it goes first."""
        self.criteria = criteria
        self._desk.ask(
            self, partial(find, criteria=criteria, at=at), self._found, self._failed, channel="ids"
        )

    def again(self, at: int = 0) -> None:
        """The same once more: something may have changed."""
        self._everybody = None
        self.search(self.criteria, at)

    @Slot()
    def recount(self) -> None:
        """Only the figures."""
        self._count()

    def look_up_companies(self) -> None:
        """Read the companies for the list of the criteria."""
        self._desk.ask(
            self, _companies, self.companies.emit, self._failed, lane=Lane.ASIDE, channel="companies"
        )

    def _count(self) -> None:
        self._desk.ask(
            self,
            partial(count, criteria=self.criteria, everybody=self._everybody),
            self._counted,
            self._failed,
            lane=Lane.ASIDE,
            channel="counts",
        )

    def _found(self, found: Found) -> None:
        self._model.set_ids(found.ids, found.rows)
        self.found.emit(found)
        self._count()

    def _counted(self, counted: Counted) -> None:
        self._everybody = counted.everybody
        self.counted.emit(counted)

    @Slot(object)
    def _read(self, ids: Sequence[int]) -> None:
        self._desk.ask(self, partial(read_rows, ids=ids), self._rows, self._failed)

    def _rows(self, answer: tuple[tuple[int, ...], tuple[PersonRow, ...]]) -> None:
        asked, rows = answer
        self._model.put_rows(asked, rows)
        self.rows_read.emit(frozenset(row.id for row in rows))

    def _failed(self, failure: Failure) -> None:
        self.failed.emit(failure)
