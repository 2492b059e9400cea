"""The files of the import: which to read, where to write, and the questions before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.bulk.loader import Loader, Work
from vfadmin.ui.widgets import InfoBar, breakable

if TYPE_CHECKING:
    from vfadmin.ui.confirm import Question


AskPath = Callable[[QWidget, str, Path, Callable[[str], None]], None]
"""Asks for a file: whose window, the title, where to look or what is proposed, and whom to tell."""


def ask_path(parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
    """Ask where to write a workbook, as `ask_file`."""
    from vfadmin.ui.persons.save_dialog import WORKBOOK, SaveDialog  # noqa: PLC0415 - see there

    SaveDialog(parent, title, proposed, chosen, (WORKBOOK,)).open()


def ask_file(parent: QWidget, title: str, folder: Path, chosen: Callable[[str], None]) -> None:
    """Ask with the system's own dialog, without stopping the program's loop."""
    from vfadmin.ui.bulk.dialogs import OpenDialog  # noqa: PLC0415 - see there

    OpenDialog(parent, title, folder, chosen).open()


class Files(QObject):
    """``begun`` says that a list is being read, ``taken_back`` that what was asked for is not to be."""

    begun = Signal()
    taken_back = Signal()

    def __init__(self, loader: Loader, bar: InfoBar, dirty: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._loader, self._bar, self._dirty, self._parent = loader, bar, dirty, parent
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.anew = True
        self.ask_file: AskPath = ask_file
        self.ask_path: AskPath = ask_path
        loader.written.connect(self._written)

    # Reading

    @Slot()
    def choose(self) -> None:
        """Ask for a list, and read it."""
        self.ask_file(self._parent, self.tr("Choose the list to import"), self._folder, self._chosen)

    @Slot(str)
    def _chosen(self, file: str) -> None:
        self.open(Path(file))

    @Slot(object)
    def open(self, file: Path) -> None:
        """Read this list; ask first if there is work in the one that is shown."""
        if self._loader.work in (Work.APPLY, Work.UNDO, Work.WRITE):
            self._bar.show_message("warn", self.tr("Wait until what is going on is done, or cancel it."))
        elif self._dirty():
            self._ask(
                self.tr("Read another list?"),
                self.tr("The cells that were edited and the rows that were left out by hand are lost."),
                self.tr("Read the other list"),
                partial(self._open, file),
            )
        else:
            self._open(file)

    def _open(self, file: Path) -> None:
        self._loader.cancel()
        self._folder = file.parent
        self.anew = True
        self.begun.emit()
        if not self._loader.read(file):
            self._bar.show_message("warn", self.tr("The database is not open. Try again when it is."))

    @Slot(object)
    def remap(self, columns: Mapping[str, str]) -> None:
        """Read the list again with these columns."""
        self._again(partial(self._loader.remap, columns))

    @Slot()
    def forget_columns(self) -> None:
        """Read the list again by its own headings, and forget what was said of such lists before."""
        plan = self._loader.plan
        if plan is not None:
            self._again(partial(self._loader.remap, None, forget=plan.layout))

    def _again(self, read: Callable[[], bool]) -> None:
        """Read the list again; ask first if cells were edited, which are lost."""
        plan = self._loader.plan
        if plan is not None and plan.edited:
            question = self._ask(
                self.tr("Read the list again?"),
                self.tr("The cells that were edited are lost."),
                self.tr("Read again"),
                partial(self._read_again, read),
            )
            question.box.rejected.connect(self.taken_back)
        else:
            self._read_again(read)

    def _read_again(self, read: Callable[[], bool]) -> None:
        self.anew = False
        if not read():
            self.taken_back.emit()

    @Slot(object, bool)
    def ask_password(self, file: Path, wrong: bool) -> None:
        """The list is protected."""
        from vfadmin.ui.bulk.dialogs import PasswordDialog  # noqa: PLC0415 - see there

        dialog = PasswordDialog(self._parent, file.name, self._loader.open_with, wrong=wrong)
        dialog.rejected.connect(self.taken_back)
        dialog.open()

    # Writing

    @Slot()
    def save_template(self) -> None:
        """Ask where to, and write an empty list."""
        name = self.tr("Import list.xlsx")
        self.ask_path(self._parent, self.tr("Save an empty list"), self._folder / name, self._template_to)

    @Slot(str)
    def _template_to(self, file: str) -> None:
        self._folder = Path(file).parent
        self._told(self._loader.save_template(Path(file)))

    @Slot()
    def save_report(self) -> None:
        """Ask where to, and write the list with verdict and reason."""
        plan = self._loader.plan
        if plan is not None:
            name = self.tr("{list}, report.xlsx").format(list=Path(plan.file).stem)
            self.ask_path(self._parent, self.tr("Save the report"), self._folder / name, self._report_to)

    @Slot(str)
    def _report_to(self, file: str) -> None:
        self._told(self._loader.save_report(Path(file)))

    def _told(self, begun: bool) -> None:
        if not begun:
            self._bar.show_message("warn", self.tr("Wait until what is going on is done, or cancel it."))

    @Slot(object)
    def _written(self, path: Path) -> None:
        text = self.tr("The file {file} was saved.").format(file=path.name)
        self._bar.show_message("good", text, breakable(str(path)))

    # Undoing

    @Slot()
    def ask_undo(self) -> None:
        """Ask, and undo the import."""
        result = self._loader.result
        if result is not None and result.batch is not None:
            plan = self._loader.plan
            self.ask_undo_of(result.batch, plan.file if plan is not None else "")

    @Slot(int, str)
    def ask_undo_of(self, batch: int, file: str) -> None:
        """Ask, and undo that import."""
        self._ask(
            self.tr("Undo the import of {file}?").format(file=breakable(file)),
            self.tr(
                "Changed persons get their former data back and added ones are removed. "
                "Whoever has been changed or synchronised since is left and named."
            ),
            self.tr("Undo the import"),
            partial(self._loader.undo, batch),
        )

    def _ask(self, question: str, text: str, verb: str, agreed: Callable[[], object]) -> Question:
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        asked = Question(self._parent, question, text, verb, agreed)
        asked.ask()
        return asked
