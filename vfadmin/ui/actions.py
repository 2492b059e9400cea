"""What can be done, declared once: label, key, icon, and when it is possible or why not.

Toolbar, context menu, row buttons, shortcuts and the list of shortcuts are all made from this tuple, so they
cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from vfadmin.ui import refusals
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.refusals import Refusal, Situation


class By(StrEnum):
    """What carries an action out: it makes the action from its declaration, or reads the key itself."""

    BAR = "bar"
    WINDOW = "window"
    KEYBOARD = "keyboard"
    """The field, cell or list that has the keyboard; there is no menu entry and no button."""
    HELD = "held"
    """The list of what waits for a decision, which has a button for each."""


class Group(StrEnum):
    """Under which heading the list of shortcuts has an action."""

    PERSONS = "persons"
    RESULTS = "results"
    IMPORT = "import"
    HELD = "held"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``label`` and ``short`` are source texts of the context ``Actions``.

    ``shortcut`` may name several keys; people are shown the first. ``named`` answers a label for the
    situation, or nothing if ``label`` will do.
    """

    key: str
    label: str
    icon: str
    refusal: Refusal
    shortcut: str = ""
    short: str = ""
    kind: str = ""
    named: Callable[[Situation], str] | None = None
    by: By = By.BAR
    group: Group = Group.PERSONS

    def text(self, situation: Situation | None = None) -> str:
        """The label in menus and tooltips; in a situation it may say more."""
        said = "" if self.named is None or situation is None else self.named(situation)
        return said or QCoreApplication.translate("Actions", self.label)

    def keys(self) -> tuple[str, ...]:
        """The keys as people are shown them. Of those of an action the first says it all."""
        every = [QKeySequence(keys) for keys in self.shortcut.split()]
        shown = every if self.by is By.KEYBOARD else every[:1]
        return tuple(one.toString(QKeySequence.SequenceFormat.NativeText) for one in shown)

    def tip(self, situation: Situation | None = None) -> str:
        """The label with its key."""
        keys = self.keys()
        return f"{self.text(situation)} ({keys[0]})" if keys else self.text(situation)

    def button(self) -> str:
        """The label on a button."""
        return QCoreApplication.translate("Actions", self.short or self.label)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "sync",
        QT_TRANSLATE_NOOP("Actions", "Synchronise now"),
        "sync",
        refusals.sync,
        shortcut="F9",
        short=QT_TRANSLATE_NOOP("Actions", "Sync now"),
        kind="primary",
    ),
    ActionSpec(
        "preview",
        QT_TRANSLATE_NOOP("Actions", "Preview activation"),
        "preview",
        refusals.preview,
        shortcut="Ctrl+Shift+E",
        short=QT_TRANSLATE_NOOP("Actions", "Preview"),
    ),
    ActionSpec(
        "activate",
        QT_TRANSLATE_NOOP("Actions", "Activate"),
        "activate",
        refusals.activate,
        shortcut="Ctrl+Shift+A",
    ),
    ActionSpec(
        "passivate",
        QT_TRANSLATE_NOOP("Actions", "Passivate"),
        "passivate",
        refusals.passivate,
        shortcut="Ctrl+Shift+P",
    ),
    ActionSpec(
        "resume",
        QT_TRANSLATE_NOOP("Actions", "Resume from error"),
        "resume",
        refusals.resume,
        shortcut="Ctrl+Shift+R",
        short=QT_TRANSLATE_NOOP("Actions", "Resume"),
    ),
    ActionSpec(
        "alike",
        QT_TRANSLATE_NOOP("Actions", "Show all stopped by the same cause"),
        "search",
        refusals.alike,
        shortcut="Ctrl+Shift+S",
    ),
    ActionSpec(
        "to-graph",
        QT_TRANSLATE_NOOP("Actions", "Move to Graph…"),
        "to-graph",
        refusals.to_graph,
        shortcut="Ctrl+Shift+G",
    ),
    ActionSpec(
        "to-ews",
        QT_TRANSLATE_NOOP("Actions", "Move back to EWS…"),
        "to-ews",
        refusals.to_ews,
        shortcut="Ctrl+Shift+B",
    ),
    ActionSpec(
        "remove",
        QT_TRANSLATE_NOOP("Actions", "Remove Exchange account"),
        "remove",
        refusals.remove,
        shortcut="Del",
        short=QT_TRANSLATE_NOOP("Actions", "Remove"),
    ),
    ActionSpec(
        "form",
        QT_TRANSLATE_NOOP("Actions", "Open person"),
        "edit",
        refusals.form,
        shortcut="Alt+Enter Alt+Return",
        short=QT_TRANSLATE_NOOP("Actions", "Edit"),
    ),
    ActionSpec(
        "dry-run",
        QT_TRANSLATE_NOOP("Actions", "Preview synchronisation…"),
        "compare",
        refusals.dry_run,
        shortcut="Ctrl+Shift+D",
    ),
    ActionSpec(
        "diagnosis",
        QT_TRANSLATE_NOOP("Actions", "Save a diagnosis for support…"),
        "diagnosis",
        refusals.form,
        shortcut="Ctrl+D",
    ),
    ActionSpec("login", QT_TRANSLATE_NOOP("Actions", "Edit login"), "login", refusals.form, shortcut="F2"),
    ActionSpec(
        "undo",
        QT_TRANSLATE_NOOP("Actions", "Undo the last change"),
        "undo",
        refusals.undo,
        shortcut="Ctrl+Z",
        named=refusals.undo_label,
    ),
    ActionSpec("copy", QT_TRANSLATE_NOOP("Actions", "Copy"), "copy", refusals.copy, shortcut="Ctrl+C"),
    ActionSpec(
        "copy-headings",
        QT_TRANSLATE_NOOP("Actions", "Copy with headings"),
        "copy",
        refusals.copy,
        shortcut="Ctrl+Shift+C",
    ),
    ActionSpec(
        "export",
        QT_TRANSLATE_NOOP("Actions", "Export to a file…"),
        "export",
        refusals.export,
        shortcut="Ctrl+E",
    ),
    ActionSpec(
        "find",
        QT_TRANSLATE_NOOP("Actions", "Search"),
        "",
        refusals.always,
        shortcut="Ctrl+F",
        by=By.WINDOW,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "results",
        QT_TRANSLATE_NOOP("Actions", "From the search field into the results"),
        "",
        refusals.always,
        shortcut="Down",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "press",
        QT_TRANSLATE_NOOP("Actions", "Edit the login, or press the button of the row"),
        "",
        refusals.always,
        shortcut="Enter Space",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "widths",
        QT_TRANSLATE_NOOP("Actions", "Make the column wider or narrower"),
        "",
        refusals.always,
        shortcut="Ctrl+Shift+Right Ctrl+Shift+Left",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "take-back",
        QT_TRANSLATE_NOOP("Actions", "Take back what was typed, clear the search, close a dialog"),
        "",
        refusals.always,
        shortcut="Esc",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "select-all",
        QT_TRANSLATE_NOOP("Actions", "Select all rows found"),
        "select-all",
        refusals.refresh,
        shortcut="Ctrl+A",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "menu",
        QT_TRANSLATE_NOOP("Actions", "Menu of the selected persons"),
        "",
        refusals.always,
        shortcut="Shift+F10",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "panel",
        QT_TRANSLATE_NOOP("Actions", "Show or hide the selected person"),
        "panel",
        refusals.always,
        shortcut="F4",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "refresh",
        QT_TRANSLATE_NOOP("Actions", "Refresh"),
        "refresh",
        refusals.refresh,
        shortcut="F5",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "held-process",
        QT_TRANSLATE_NOOP("Actions", "Process what waits for a decision"),
        "",
        refusals.always,
        shortcut="Ctrl+Shift+K",
        short=QT_TRANSLATE_NOOP("Actions", "Process…"),
        by=By.HELD,
        group=Group.HELD,
    ),
    ActionSpec(
        "held-skip",
        QT_TRANSLATE_NOOP("Actions", "Skip what waits for a decision"),
        "",
        refusals.always,
        shortcut="Ctrl+Shift+O",
        short=QT_TRANSLATE_NOOP("Actions", "Skip…"),
        by=By.HELD,
        group=Group.HELD,
    ),
    ActionSpec(
        "held-restore",
        QT_TRANSLATE_NOOP("Actions", "Restore what was deleted"),
        "",
        refusals.always,
        shortcut="Ctrl+Shift+T",
        short=QT_TRANSLATE_NOOP("Actions", "Restore…"),
        by=By.HELD,
        group=Group.HELD,
    ),
    ActionSpec(
        "go-persons",
        QT_TRANSLATE_NOOP("Actions", "Go to persons"),
        "people",
        refusals.always,
        shortcut="Ctrl+1",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-import",
        QT_TRANSLATE_NOOP("Actions", "Go to the import"),
        "import",
        refusals.always,
        shortcut="Ctrl+I",
        by=By.WINDOW,
        group=Group.IMPORT,
    ),
    ActionSpec(
        "import-file",
        QT_TRANSLATE_NOOP("Actions", "Choose a list to import"),
        "import",
        refusals.always,
        shortcut="Ctrl+O",
        by=By.WINDOW,
        group=Group.IMPORT,
    ),
    ActionSpec(
        "go-troubles",
        QT_TRANSLATE_NOOP("Actions", "Go to what is stuck"),
        "troubles",
        refusals.always,
        shortcut="Ctrl+2",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-settings",
        QT_TRANSLATE_NOOP("Actions", "Go to settings"),
        "settings",
        refusals.always,
        shortcut="Ctrl+3",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-support",
        QT_TRANSLATE_NOOP("Actions", "Go to support"),
        "support",
        refusals.always,
        shortcut="Ctrl+4",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-log",
        QT_TRANSLATE_NOOP("Actions", "Go to the log"),
        "log",
        refusals.always,
        shortcut="Ctrl+5 Ctrl+L",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "help",
        QT_TRANSLATE_NOOP("Actions", "Help and guide"),
        "",
        refusals.always,
        shortcut="F1",
        short=QT_TRANSLATE_NOOP("Actions", "Help"),
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "keys",
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        "",
        refusals.always,
        shortcut="Ctrl+F1",
        short=QT_TRANSLATE_NOOP("Actions", "Shortcuts"),
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
)
SPECS = {spec.key: spec for spec in ACTIONS}
BUTTONS = ("sync", "preview", "activate", "passivate", "resume", "remove")
MENU = (
    "form",
    "login",
    "",
    "sync",
    "preview",
    "activate",
    "passivate",
    "resume",
    "alike",
    "",
    "dry-run",
    "diagnosis",
    "",
    "to-graph",
    "to-ews",
    "",
    "undo",
    "",
    "copy",
    "copy-headings",
    "export",
    "",
    "remove",
)
