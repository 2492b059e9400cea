"""The log in the window: its end at once, what is added, narrowed, copied; read in another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import vfadmin.ui.log.screen as module
from tests.clock import FakeClock
from tests.ui.conftest import WAIT_MS
from tests.ui.test_accessible import cut, nameless
from vfadmin.errors import StoreError, failure
from vfadmin.services.context import Services
from vfadmin.ui.log.screen import LogScreen
from vfadmin.ui.log.table import MOST, Column, LogTable
from vfadmin.ui.translations import Speaker
from vfadmin.ui.window import MainWindow


def line(number: int, level: str = "INFO", text: str = "rivi") -> str:
    return f"2026-11-23 07:42:00,123 {level} 4711 MainThread vfadmin.sync.run: {text} {number}"


def append(path: Path, *lines: str) -> None:
    with path.open("ab") as file:
        file.write("".join(f"{one}\n" for one in lines).encode())


def unreachable() -> Services:
    raise StoreError(failure("VF-STORE-03", path="vfadmin.db"))


Follow = Callable[[], LogScreen]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vfadmin.log"


@pytest.fixture
def window(
    qtbot: QtBot, speaker: Speaker, fake_clock: FakeClock, tmp_path: Path, path: Path
) -> Iterator[MainWindow]:
    """A window whose store cannot be opened: the log is wanted most of all then."""
    del speaker
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(unreachable, None, clock=fake_clock, settings=settings, log=path)
    window.resize(1440, 860)
    window.show()
    window.open()
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT_MS)
    window.finish()
    window.deleteLater()


@pytest.fixture
def follow(window: MainWindow, qtbot: QtBot) -> Follow:
    """Shows the log, looks at the file once more, and waits for what comes of it."""

    def looked() -> LogScreen:
        window.show_log()
        screen = window.interior.screens.log
        qtbot.waitUntil(lambda: not screen._reading, timeout=WAIT_MS)
        screen.look()
        qtbot.waitUntil(lambda: not screen._reading, timeout=WAIT_MS)
        return screen

    return looked


def texts(screen: LogScreen, column: Column = Column.TEXT) -> list[str]:
    model = screen.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def last_row_is_seen(screen: LogScreen) -> bool:
    last = screen.view.visualRect(screen.model.index(screen.model.rowCount() - 1, 0))
    return screen.view.viewport().rect().contains(last.center())


def test_the_keyboard_leads_to_the_log_and_support_keeps_its_place(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.interior.screens.currentWidget() is window.interior.screens.log
    said = [window.interior.navigation.item(n).text() for n in range(5)]
    assert said == ["Henkilöt", "Tuonti", "Häiriöt", "Asetukset", "Loki"]
    assert window.interior.screens.log.text.hasFocus()


def test_a_log_of_ten_megabytes_shows_its_end_and_is_read_elsewhere(
    path: Path, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(path, *(line(n, text="x" * 160) for n in range(45_000)))
    assert path.stat().st_size > 10_000_000
    threads: list[int] = []
    read = module.read

    def noted(*given: object) -> object:
        threads.append(threading.get_ident())
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "read", noted)
    screen = follow()
    assert len(threads) == 2
    assert threading.get_ident() not in threads
    assert screen.model.total == MOST
    assert texts(screen)[-1].endswith(" 44999")
    assert last_row_is_seen(screen)
    assert "5\N{NO-BREAK SPACE}000 / 5\N{NO-BREAK SPACE}000" in screen.count.text()


def test_new_lines_are_followed_and_the_oldest_go(path: Path, follow: Follow) -> None:
    append(path, *(line(n) for n in range(MOST)))
    screen = follow()
    append(path, line(MOST, "ERROR"))
    follow()
    append(path, "Traceback (most recent call last):", "ValueError: rikki", line(MOST + 1))
    follow()
    assert texts(screen)[0] == "rivi 2"
    assert texts(screen)[-2:] == [f"rivi {MOST}", f"rivi {MOST + 1}"]
    assert last_row_is_seen(screen), "who looks at the end keeps looking at the end"
    screen.view.selectRow(MOST - 2)
    assert screen.detail.toPlainText().endswith("ValueError: rikki")
    assert last_row_is_seen(screen)


def test_who_scrolled_up_stays_where_he_is(path: Path, follow: Follow) -> None:
    append(path, *(line(n) for n in range(300)))
    screen = follow()
    screen.view.scrollToTop()
    append(path, line(300))
    follow()
    assert texts(screen)[-1] == "rivi 300"
    assert screen.view.verticalScrollBar().value() == 0


def test_the_model_grows_shrinks_and_narrows_by_the_rules(qtbot: QtBot) -> None:
    del qtbot
    from vfadmin.logtail import entries

    model = LogTable()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.put(entries(line(n, "ERROR" if n % 10 == 0 else "INFO") for n in range(100)))
    model.want(40, "RIVI")
    assert model.rowCount() == 10
    last = model.last
    assert last is not None
    model.add(entries((line(100, "ERROR"),), last))
    model.add(entries(("Traceback",), model.last))
    assert (model.rowCount(), model.total) == (11, 101)
    assert model.entry(10).text == "rivi 100\nTraceback"
    model.add(entries((line(n) for n in range(101, MOST + 100)), model.last))
    assert (model.rowCount(), model.total) == (1, MOST)


def test_levels_and_text_narrow_the_list(path: Path, follow: Follow) -> None:
    append(
        path, line(1), line(2, "WARNING"), line(3, "ERROR", "Åkerlund"), line(4, "DEBUG"), line(5, "ERROR")
    )
    screen = follow()
    assert texts(screen, Column.LEVEL) == ["Tieto", "Varoitus", "Virhe", "Vianetsintä", "Virhe"]
    shown = []
    for place in range(screen.level.count()):
        screen.level.setCurrentIndex(place)
        shown.append(screen.model.rowCount())
    assert shown == [5, 4, 3, 2]
    screen.text.setText("åKERLUND")
    assert texts(screen) == ["Åkerlund 3"]
    screen.text.setText("ei ole")
    assert screen.empty.isVisible()
    assert screen.empty.text() == "Hakua vastaavia lokirivejä ei ole."
    assert not screen.copy.isEnabled()


def test_selected_entries_are_copied_whole_or_else_all_that_are_shown(path: Path, follow: Follow) -> None:
    append(path, line(1), line(2, "ERROR"), "Traceback", line(3))
    screen = follow()
    screen.copy.click()
    assert QApplication.clipboard().text() == path.read_text(encoding="utf-8").rstrip("\n")
    screen.view.selectRow(1)
    screen.view.setFocus()
    QTest.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == f"{line(2, 'ERROR')}\nTraceback"


def test_a_log_that_is_not_there_yet_is_no_error(path: Path, follow: Follow) -> None:
    screen = follow()
    assert screen.empty.text() == "Lokissa ei ole vielä rivejä."
    append(path, line(1))
    follow()
    assert texts(screen) == ["rivi 1"]
    assert screen.bar.message == ""


def test_a_log_that_cannot_be_read_says_so_and_is_tried_again(path: Path, follow: Follow) -> None:
    path.mkdir()
    screen = follow()
    assert screen.bar.message == "Lokia ei voi lukea."
    assert not screen._look.isActive()
    path.rmdir()
    append(path, line(1))
    screen.bar._retry.click()
    follow()
    assert texts(screen) == ["rivi 1"]
    assert screen._look.isActive()


def test_nobody_reads_the_file_while_the_screen_is_not_seen(window: MainWindow, follow: Follow) -> None:
    screen = follow()
    assert screen._look.isActive()
    window.interior.navigation.setCurrentRow(0)
    assert not screen._look.isActive()


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_screen_is_fit_to_be_read_and_heard(
    window: MainWindow, path: Path, follow: Follow, speaker: Speaker, qtbot: QtBot, language: str
) -> None:
    append(path, line(1), line(2, "ERROR"))
    screen = follow()
    speaker.speak(language)
    window.resize(window.minimumSize())
    screen.view.selectRow(0)
    qtbot.waitUntil(lambda: not cut(screen), timeout=WAIT_MS)
    assert nameless(screen) == []
