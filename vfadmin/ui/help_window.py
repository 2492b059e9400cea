"""The help beside the window: the page of an error, the list of all of them, and the guide."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from vfadmin import guide
from vfadmin.errors.pages import FENCE, INDEX, commands, find, matching, page
from vfadmin.guide import COVER, Place, anchor, chapter
from vfadmin.ui.style import Shades, shades
from vfadmin.ui.translations import current

_COPY = "copy:"
_PAGE = ".md"
_GUIDE = "guide/"
"""What the name of a chapter begins with here, lest it be taken for a code; ``#`` and a heading follow."""
_WIDTH, _HEIGHT, _MARGIN = 720, 620, 20
_TO_THE_LIST = re.compile(r"\n\[[^\]]+\]\(index\.md\)\n*$")
"""The last line of a page: here there is a button for it."""


def show_help(near: QWidget, code: str = "") -> HelpWindow:
    """Show the page of that code beside the window, or the cover of the guide.

    Each window has one of its own: while a question waits for its answer, no other window can be used.
    """
    window = near if isinstance(near, HelpWindow) else near.findChild(HelpWindow)
    if not isinstance(window, HelpWindow):
        window = HelpWindow(near)
    window.go(code or _GUIDE + COVER)
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class HelpWindow(QDialog):
    """Pages to read; work goes on while it is open. Words or a code typed above find a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._before = "", list[str]()
        self.search, self._label = QLineEdit(self), QLabel(self)
        self.text = QTextBrowser(self)
        self.back, self.all, self.leave = QPushButton(self), QPushButton(self), QPushButton(self)
        self.guide = QPushButton(self)
        self._compose()
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._first)
        self.text.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self._back)
        self.all.clicked.connect(self._list)
        self.guide.clicked.connect(self._open_guide)
        self.leave.clicked.connect(self.accept)
        self._say()

    def _compose(self) -> None:
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(_MARGIN)
        self._label.setBuddy(self.search)
        self.search.setClearButtonEnabled(True)
        for button in (self.back, self.all, self.guide, self.leave):
            button.setAutoDefault(False)  # Enter in the field searches
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self._label)
        above.addWidget(self.search, 1)
        below.addWidget(self.back)
        below.addWidget(self.all)
        below.addWidget(self.guide)
        below.addStretch(1)
        below.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self.text, 1)
        column.addLayout(below)
        self.resize(_WIDTH, _HEIGHT)

    def go(self, name: str) -> None:
        """Show the page of a code, the list, or a chapter of the guide."""
        if self._name and self._name != name:
            self._before.append(self._name)
        self._turn_to(name)

    @property
    def code(self) -> str:
        """Whose page is shown; empty for the list and the guide."""
        return "" if self._name == INDEX or self._name.startswith(_GUIDE) else self._name

    def _turn_to(self, name: str) -> None:
        self._name = name
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._say()
        self.text.setFocus()

    @Slot()
    def _back(self) -> None:
        if self._before:
            self._turn_to(self._before.pop())

    @Slot()
    def _list(self) -> None:
        self.go(INDEX)
        self.search.setFocus()

    @Slot()
    def _open_guide(self) -> None:
        self.go(_GUIDE + COVER)

    @Slot()
    def _search(self) -> None:
        if self.search.text().strip() and self._name != INDEX:
            self._before.append(self._name)
            self._name = INDEX
        self._say()

    @Slot()
    def _first(self) -> None:
        wanted = self.search.text()
        codes, places = matching(wanted, current())[1], guide.matching(wanted, current())
        known = find(wanted) or next(iter((*codes, *map(_name_of, places))), None)
        if known is not None and wanted.strip():
            self.go(known)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith(_COPY):
            QApplication.clipboard().setText(commands(self._page())[int(target.removeprefix(_COPY))])
        elif url.isRelative() and (not url.path() or target.partition("#")[0].endswith(_PAGE)):
            self.go(self._named(url))
        elif url.scheme() == "https":
            QDesktopServices.openUrl(url)

    def _named(self, url: QUrl) -> str:
        """What a link of the page that is shown leads to."""
        path, heading = url.path(), url.fragment()
        name = path.rpartition("/")[2].removesuffix(_PAGE)
        if path.startswith(_GUIDE):  # of what was found
            return _GUIDE + name + (f"#{heading}" if heading else "")
        if not self._name.startswith(_GUIDE) or "errors/" in path:
            return name
        here = self._name.partition("#")[0]
        return (_GUIDE + name if name else here) + (f"#{heading}" if heading else "")

    # Looks

    def _page(self) -> str:
        wanted = self.search.text()
        if wanted.strip():
            return self._found(wanted)
        if self._name.startswith(_GUIDE):
            return chapter(self._name.removeprefix(_GUIDE).partition("#")[0], current())
        return page(self._name or INDEX, current())

    def _found(self, wanted: str) -> str:
        """The errors with these words, and behind them where the guide speaks of them."""
        errors, codes = matching(wanted, current())
        places = guide.matching(wanted, current())
        if not places:
            return errors
        heading, listed = self.tr("In the guide"), "\n".join(f"- {_link_to(one)}" for one in places)
        in_guide = f"# {heading}\n\n{listed}\n"
        return f"{errors}\n\n{in_guide}" if codes else in_guide

    def _title(self) -> str:
        if self._name.startswith(_GUIDE):
            return self.tr("Help: guide")
        return self.tr("Help: {code}").format(code=self.code) if self.code else self.tr("Help: errors")

    def _say(self) -> None:
        self.setWindowTitle(self._title())
        self._label.setText(self.tr("&Find:"))
        self.search.setPlaceholderText(self.tr("A code, or words of a message or of the guide"))
        self.search.setAccessibleName(self.tr("Find an error or a chapter"))
        self.text.setAccessibleName(self.windowTitle())
        self.back.setText(self.tr("&Back"))
        self.back.setEnabled(bool(self._before))
        self.all.setText(self.tr("&All errors"))
        self.guide.setText(self.tr("&Guide"))
        self.leave.setText(self.tr("Close"))
        colours = shades(QApplication.palette())
        document = self.text.document()
        document.setMarkdown(self._with_copies(), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _dress(document, colours)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.scrollToAnchor(self._name.partition("#")[2])

    def _with_copies(self) -> str:
        """The page with a link beside each command that copies it: one looks before one changes."""
        word = self.tr("Copy")
        count = iter(range(1000))
        text = _TO_THE_LIST.sub("", self._page())
        return FENCE.sub(
            lambda found: "\n\n".join(
                f"`{line}` [{word}]({_COPY}{next(count)})" for line in found[1].splitlines()
            ),
            text,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._say()


def _name_of(place: Place) -> str:
    """What the window calls a place in the guide."""
    return _GUIDE + place.chapter + (f"#{place.anchor}" if place.anchor else "")


def _link_to(place: Place) -> str:
    """A line that leads there, and says in which chapter that is."""
    path, _, heading = _name_of(place).partition("#")
    link = f"[{place.heading}]({path}{_PAGE}{'#' + heading if heading else ''})"
    return f"{link} ({place.title})" if place.anchor else link


def _dress(document: QTextDocument, colours: Shades) -> None:
    """Room around the parts, a ground of its own for commands, links that can be read on any ground."""
    block = document.begin()
    while block.isValid():
        shape, level = QTextBlockFormat(), block.blockFormat().headingLevel()
        shape.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setBottomMargin(8)
        if _is_command(block):
            shape.setBackground(QColor(colours.hover))
            shape.setBottomMargin(4)
        elif level > 0:
            shape.setTopMargin(16 if level > 1 else 0)
            shape.setBottomMargin(6)
            size = QTextCharFormat()
            size.setProperty(QTextFormat.Property.FontSizeAdjustment, max(3 - level, 0))
            _merge(block, block.position(), block.length() - 1, size)
        QTextCursor(block).mergeBlockFormat(shape)
        _dress_letters(block, colours)
        if level > 0:
            _name_heading(block)
        block = block.next()


def _name_heading(block: QTextBlock) -> None:
    """Let links of the guide lead to a heading."""
    named = QTextCharFormat()
    named.setAnchor(True)
    named.setAnchorNames([anchor(block.text())])
    _merge(block, block.position(), block.length() - 1, named)


def _is_command(block: QTextBlock) -> bool:
    return any(part.charFormat().anchorHref().startswith(_COPY) for part in _parts(block))


def _parts(block: QTextBlock) -> list[QTextFragment]:
    return [part.fragment() for part in block]  # type: ignore[attr-defined]  # its iterator has no stub


def _dress_letters(block: QTextBlock, colours: Shades) -> None:
    link, command = QTextCharFormat(), QTextCharFormat()
    link.setForeground(QColor(colours.accent_text))
    command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    for part in _parts(block):
        if part.charFormat().isAnchor():
            _merge(block, part.position(), part.length(), link)
        elif part.charFormat().fontFixedPitch():
            _merge(block, part.position(), part.length(), command)


def _merge(block: QTextBlock, start: int, length: int, letters: QTextCharFormat) -> None:
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(letters)
