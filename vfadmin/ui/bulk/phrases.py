"""What is said of an import that was stopped, and of one that was undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vfadmin.ui.bulk.loader import Work
from vfadmin.ui.texts import explain_failure, number

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import UndoResult

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Said:
    """A message for the bar."""

    tone: str
    message: str
    remedy: str = ""
    details: str = ""


class ImportPhrases(QObject):
    """Sentences of the screen of the import."""

    def stopped(self, work: str) -> str:
        """That it was cancelled, and what that means."""
        if work == Work.APPLY:
            return self.tr("The import was cancelled. Nothing was written.")
        if work == Work.UNDO:
            return self.tr("The undo was cancelled. The import stands as it was.")
        return self.tr("Checking the list was cancelled. Nothing was written.")

    def undone(self, result: UndoResult) -> Said:
        """Who has the former data again, who is gone, who was left and why."""
        said = [
            self.tr("%n changed person(s) have their former data again.", "", result.restored),
            self.tr("%n added person(s) are gone.", "", result.removed),
        ]
        if not result.left:
            return Said("good", " ".join(said))
        said.append(self.tr("%n person(s) were left as they are.", "", len(result.left)))
        remedy = self.tr("Somebody or something has touched them since; see the details.")
        lines = [
            f"{row.name} ({number(row.person_id)}): {explain_failure(row.failure).message}"
            for row in result.left[:_NAMED]
        ]
        return Said("warn", " ".join(said), remedy, "\n".join(lines))
