"""What the search view tells after an action: whole sentences with their plurals."""

from __future__ import annotations

from PySide6.QtCore import QObject

from vfadmin.ui.persons.work import Outcome
from vfadmin.ui.texts import explain_failure, number

NAMED = 12
"""So many rows that an undo has left are named; the search finds the others."""


class Phrases(QObject):
    """Sentences about persons; an object only because plurals are an object's business in Qt."""

    def done(self, outcome: Outcome) -> str:
        """What became of the action."""
        count = outcome.changed
        sentence = {
            "activate": self.tr("%n person(s) activated.", "", count),
            "passivate": self.tr("%n person(s) passivated.", "", count),
            "resume": self.tr("%n person(s) resumed.", "", count),
            "remove": self.tr("The Exchange account of %n person(s) removed.", "", count),
            "accept": self.tr("%n person(s) resumed.", "", count),
            "take-out": self.tr("The removal of %n Exchange account(s) has begun.", "", count),
            "undo-activate": self.tr(
                "The activation of %n person(s) was undone. What was synchronised meanwhile stays in both "
                "calendars.",
                "",
                count,
            ),
            "undo-passivate": self.tr("The passivation of %n person(s) was undone.", "", count),
            "undo-login": self.tr("The former login of %n person(s) is back.", "", count),
        }[outcome.action]
        parts = [sentence] if count or not (outcome.unchanged or outcome.refused) else []
        if outcome.unchanged:
            parts.append(self.tr("%n already were so.", "", outcome.unchanged))
        if outcome.refused and outcome.undo:
            parts.append(self.tr("%n left as they are.", "", len(outcome.refused)))
        elif outcome.refused:
            parts.append(self.tr("%n refused.", "", len(outcome.refused)))
        if outcome.cancelled:
            parts.append(self.tr("Cancelled before the rest."))
        return " ".join(parts)

    def causes(self, outcome: Outcome) -> str:
        """Why rows were refused, one line for each cause; an undo names each row that it has left."""
        if outcome.undo:
            return self._left(outcome)
        lines = []
        for failure, count in outcome.causes():
            text = explain_failure(failure)
            figure = f"{number(count)} \N{MULTIPLICATION SIGN} " if count > 1 else ""
            lines.append(f"{figure}{text.message} {text.remedy} ({failure.code})")
        return "\n".join(lines)

    def _left(self, outcome: Outcome) -> str:
        texts = [explain_failure(failure) for _, failure in outcome.refused]
        lines = [f"{text.message} {text.remedy}" for text in texts[:NAMED]]
        more = len(texts) - len(lines)
        return "\n".join([*lines, self.tr("And %n more.", "", more)] if more else lines)

    def undo(self, action: str, count: int) -> str:
        """What undoing so many rows of the action is called; empty for none."""
        if not count:
            return ""
        return {
            "activate": self.tr("Undo: activate %n person(s)", "", count),
            "passivate": self.tr("Undo: passivate %n person(s)", "", count),
            "login": self.tr("Undo: change of a login"),
        }[action]

    def running(self, action: str, done: int, total: int) -> str:
        """What is going on."""
        template = {
            "activate": self.tr("Activating {done} / {total}"),
            "passivate": self.tr("Passivating {done} / {total}"),
            "resume": self.tr("Resuming {done} / {total}"),
            "remove": self.tr("Removing {done} / {total}"),
            "accept": self.tr("Resuming {done} / {total}"),
            "take-out": self.tr("Removing {done} / {total}"),
        }.get(action, self.tr("Undoing {done} / {total}"))
        return template.format(done=number(done), total=number(total))

    def rows(self, shown: int, selected: int) -> str:
        """For the status bar."""
        found = self.tr("%n row(s)", "", shown)
        return found if not selected else self.tr("{rows}, %n selected", "", selected).format(rows=found)

    def ask_remove(self, count: int, name: str = "") -> str:
        """The question before accounts are removed; it names the person where it is the only one."""
        if count == 1 and name:
            return self.tr("Remove the Exchange account of {name}?").format(name=name)
        return self.tr("Remove the Exchange account of %n person(s)?", "", count)

    def explain_remove(self) -> str:
        """What a removal does and does not do."""
        return self.tr(
            "Removing an account cannot be undone. Synchronisation ends at once. No event is deleted from "
            "either calendar, and the login stays entered. After a new activation the calendars are matched "
            "from the beginning."
        )

    def explain_take_out(self, count: int) -> str:
        """The same where the events that ValueFrame brought can be taken out of the mailboxes."""
        brought = self.tr(
            '%n event(s) came to the mailbox from ValueFrame. "Remove and take events out" moves them to its '
            "Deleted Items, in the background. What somebody has edited in Outlook stays.",
            "",
            count,
        )
        return f"{self.explain_remove()}\n\n{brought}"
