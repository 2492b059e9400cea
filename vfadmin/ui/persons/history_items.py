"""The rows of a person's history: a run, which opens to what it did, and a change that was made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from vfadmin.ui import icons
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.persons import change_words, run_words
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure

if TYPE_CHECKING:
    from vfadmin.services.history import AuditRow, OperationRow, RunRow

WHAT, OUTCOME, WHY = range(3)
FACT = int(Qt.ItemDataRole.UserRole)
_READING = QT_TRANSLATE_NOOP("HistoryTab", "Reading…")
_NOTHING = QT_TRANSLATE_NOOP("HistoryTab", "Nothing was written.")


def is_change(fact: object) -> TypeGuard[AuditRow]:
    """Whether that is a change made by hand, and no run."""
    from vfadmin.services.history import AuditRow  # noqa: PLC0415 - loaded by now: the value came from there

    return isinstance(fact, AuditRow)


def in_order(runs: Sequence[RunRow], changes: Sequence[AuditRow]) -> list[RunRow | AuditRow]:
    """All of it, newest first; of changes made before the oldest run that is shown, too."""
    at = {key(run): run.started for run in runs} | {key(change): change.at for change in changes}
    return sorted([*runs, *changes], key=lambda one: at[key(one)], reverse=True)


def key(fact: RunRow | AuditRow) -> tuple[bool, int]:
    """What tells one from all others."""
    return is_change(fact), fact.id


def item_of(fact: RunRow | AuditRow, done: Sequence[OperationRow] | None) -> QTreeWidgetItem:
    """A row with all below it; ``done`` as `fill` takes it."""
    if is_change(fact):
        return _change_item(fact)
    item = _run_item(cast("RunRow", fact))
    fill(item, done)
    return item


def _run_item(run: RunRow) -> QTreeWidgetItem:
    colours = shades(QApplication.palette())
    why = explain_failure(run.error).message if run.error is not None else ""
    item = QTreeWidgetItem([absolute(run.started), run_words.outcome(run), why])
    name, colour = ("check", colours.good) if run.ok else ("close", colours.bad)
    if run.finished is None:
        name, colour = "sync", colours.muted
    item.setIcon(WHAT, icons.icon(name, colour))
    item.setData(WHAT, FACT, run)
    item.setToolTip(WHY, why)
    item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return item


def _change_item(change: AuditRow) -> QTreeWidgetItem:
    item = QTreeWidgetItem([absolute(change.at), change_words.title(change), change_words.who(change)])
    item.setIcon(WHAT, icons.icon("edit", shades(QApplication.palette()).muted))
    item.setData(WHAT, FACT, change)
    for column in (OUTCOME, WHY):
        item.setToolTip(column, item.text(column))
    return item


def fill(item: QTreeWidgetItem, done: Sequence[OperationRow] | None) -> None:
    """Put below a run what it did; None while that is being read."""
    item.takeChildren()
    if not done:
        said = _READING if done is None else _NOTHING
        item.addChild(QTreeWidgetItem([QCoreApplication.translate("HistoryTab", said)]))
    for one in done or ():
        child = QTreeWidgetItem([run_words.event(one), run_words.done(one), run_words.reason(one)])
        child.setData(WHAT, FACT, one)
        for column in (WHAT, OUTCOME, WHY):
            child.setToolTip(column, child.text(column))
        item.addChild(child)
