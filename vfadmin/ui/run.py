"""Opens the window and stays until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication

from vfadmin.ui.style import base_style
from vfadmin.ui.translations import Speaker
from vfadmin.ui.window import MainWindow

if TYPE_CHECKING:
    from vfadmin.crash import CrashReports
    from vfadmin.ui.doorbell import Doorbell
    from vfadmin.ui.incidents import Incidents
    from vfadmin.ui.interior import OpenServices, PrepareEngine
    from vfadmin.ui.lock import WindowLock


def utc_now() -> datetime:
    """The clock of the real window."""
    return datetime.now(UTC)


def application() -> QApplication:
    """The Qt application of this process, made on first use. The window dresses it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setOrganizationName("vfadmin")
    QApplication.setApplicationName("vfadmin")
    # Told like this and not by setStyle(), Qt makes no Python class of its style, which takes its time.
    return QApplication([*sys.argv[:1], "-style", base_style()])


def run_window(
    open_services: OpenServices,
    prepare_engine: PrepareEngine | None = None,
    *,
    lang: str | None = None,
    support: bool = False,
    clock: Callable[[], datetime] = utc_now,
    settings: QSettings | None = None,
    reports: CrashReports | None = None,
    lock: WindowLock | None = None,
) -> int:
    """Show the window, open the services behind it, and answer the exit code when it was closed.

    ``open_services`` is called in a thread and may raise VfadminError: the window says why and offers a
    retry. ``prepare_engine`` is called in a thread and answers what makes the engine's QThread object;
    without it the window administers and does not synchronise. ``lang`` is ``fi`` or ``en``; None follows
    the system. ``support`` adds the screen of support. What arises in ``reports`` the window tells of, and
    shows the log of their home. By way of ``lock`` a second start finds it.
    """
    app = application()
    speaker = Speaker(app)
    speaker.speak(lang)
    window = MainWindow(
        open_services,
        prepare_engine,
        clock=clock,
        settings=settings or QSettings(),
        support=support,
        log=None if reports is None else reports.log_file,
    )
    window.language_asked.connect(speaker.speak)
    window.show()
    # Painted first, and then again: what comes next would compete with it, most of all the imports of `open`.
    QCoreApplication.processEvents()
    window.complete()
    QCoreApplication.processEvents()
    window.open()
    incidents = None if reports is None else _watch(reports, window)
    doorbell = None if lock is None else _hang_up(lock, window)
    # A signal may have closed it by now, and the loop would wait for ever for a last window to close.
    code = app.exec() if window.isVisible() else 0
    if doorbell is not None:
        doorbell.take_down()
    if incidents is not None:
        incidents.stop()
    window.finish()
    return code


def _watch(reports: CrashReports, window: MainWindow) -> Incidents:
    from vfadmin.ui.incidents import IncidentBar, Incidents  # noqa: PLC0415 - the window shows without

    bar = IncidentBar(window)
    window.put_on_top(bar)
    bar.log_asked.connect(window.show_log)
    return Incidents(reports, window.interior.desk, bar)


def _hang_up(lock: WindowLock, window: MainWindow) -> Doorbell:
    from vfadmin.ui.doorbell import Doorbell  # noqa: PLC0415 - as above

    doorbell = Doorbell(window.come_to_front, window)
    doorbell.hang_up(lock)
    return doorbell
