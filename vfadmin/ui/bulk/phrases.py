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

    def other_content(self, file: str) -> str:
        """That a list was not read again as it was before."""
        return self.tr(
            "The file {file} has been changed since it was read. This is the list as it is now."
        ).format(file=file)

    def not_yet(self) -> str:
        """Why nothing is imported at this moment."""
        return self.tr("The rows are being checked. Look at the verdicts, then import.")

    def asked(self, found: int, refused: int, unsure: int, *, cancelled: bool) -> Said:
        """What Exchange said of the logins that it was asked about."""
        said = [self.tr("Asking Exchange was stopped. What was answered is kept.")] if cancelled else []
        if found:
            said.append(self.tr("%n mailbox(es) found that may be used.", "", found))
        if refused:
            said.append(self.tr("%n row(s) rejected because of the mailbox.", "", refused))
        if unsure:
            said.append(self.tr("%n login(s) got no certain answer.", "", unsure))
        if not said:
            said.append(
                self.tr(
                    "Nothing to ask: the mailboxes of the chosen rows have been found, or they have no login."
                )
            )
        remedy = self.tr("The server was busy or did not answer; ask again in a moment.") if unsure else ""
        if refused and not unsure:
            remedy = self.tr(
                "Correct the logins in the list, or leave the rows as they are: they change nothing."
            )
        tone = "warn" if refused or unsure or cancelled else "good" if found else "info"
        return Said(tone, " ".join(said), remedy)

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
