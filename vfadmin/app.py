"""Puts the parts together: settings -> database -> services -> engine -> window or command line.

Everything is imported where it is wired, because a command pays for what it imports: printing a version
needs no database, listing persons no Exchange, and nothing but the window needs Qt.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vfadmin.cli.wiring import DemoRequest, Examined, SimulatorRequest, Wiring
from vfadmin.crash import CrashReports, catching
from vfadmin.errors import VfadminError, failure
from vfadmin.logfile import Scrubber, logging_to
from vfadmin.settings import Language, ProgramSettings
from vfadmin.systemlog import system_log, telling

if TYPE_CHECKING:  # see above
    from vfadmin.models.store import Store
    from vfadmin.services.context import Services
    from vfadmin.services.credentials import SecretVault
    from vfadmin.services.database import DatabaseCare
    from vfadmin.services.fleet.pace import Pace
    from vfadmin.services.fleet.worker import FleetWorker
    from vfadmin.services.presence import Presence
    from vfadmin.services.synchronise import MailboxResult, Synchronise
    from vfadmin.services.watchman import Watchman
    from vfadmin.sync.qthread import SyncThread
    from vfadmin.ui.lock import WindowLock


def utc_now() -> datetime:
    """The clock of the real program."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Application:
    """The services on an open store. Close it at the end; the engine's connections go with it."""

    settings: ProgramSettings
    services: Services
    store: Store
    clock: Callable[[], datetime] = utc_now
    pace: Pace | None = None
    _synchronise: Synchronise | None = field(default=None, init=False)
    _watchman: Watchman | None = field(default=None, init=False)
    _presence: Presence | None = field(default=None, init=False)

    @property
    def synchronise(self) -> Synchronise:
        """The engine's service, made when first asked for: it brings Exchange's libraries with it."""
        if self._synchronise is None:
            from vfadmin.services.synchronise import Synchronise  # noqa: PLC0415 - see above

            services = self.services
            self._synchronise = Synchronise(
                self.store, services.settings, services.secrets, clock=self.clock, noted=self._note
            )
        return self._synchronise

    def worker(self, mailboxes: int | None) -> FleetWorker:
        """A worker on the store, watched over; it is not at work yet.

        ``mailboxes`` is how many are at work at once, None: as the settings say.
        Raises UsageError VF-WORKER-01 where the store is a file.
        """
        from vfadmin.services.fleet.worker import FleetWorker  # noqa: PLC0415 - see above

        at_once = mailboxes or self.services.settings.number("workers")
        made = FleetWorker(self.store, self.synchronise, at_once, clock=self.clock, pace=self.pace)
        self._guard()
        return made

    def watch_over(self) -> None:
        """Look now and then how things stand, until the end: for a process that runs an engine."""
        from vfadmin.models import WorkerKind  # noqa: PLC0415 - see above
        from vfadmin.services.presence import Presence  # noqa: PLC0415

        self._guard()
        if self._presence is None:
            self._presence = Presence(self.store, WorkerKind.DESKTOP, clock=self.clock)
            self._presence.begin()

    def _guard(self) -> None:
        from vfadmin.services.watchman import Watchman  # noqa: PLC0415 - see above

        if self._watchman is None:
            self._watchman = Watchman(self.services.alerts)
            self._watchman.begin()

    def _note(self, result: MailboxResult) -> None:
        if self._presence is not None:
            self._presence.note(result)

    def close(self) -> None:
        """Close the connections, then the store."""
        if self._watchman is not None:
            self._watchman.close()
            self._watchman = None
        if self._presence is not None:
            self._presence.end()
            self._presence = None
        if self._synchronise is not None:
            self._synchronise.close()
            self._synchronise = None
        self.store.close()


def open_application(
    settings: ProgramSettings,
    secrets: SecretVault | None = None,
    clock: Callable[[], datetime] = utc_now,
    scrubber: Scrubber | None = None,
    face: str = "cli",
) -> Application:
    """The application on the configured store; without ``secrets`` the system's keyring keeps them.

    ``face`` is what the audit trail calls it (see `services.audit.Face`).

    On a server they may come as files instead (see `mounted_secrets`).

    ``scrubber`` learns every secret that passes, so that the log cannot tell one.

    Raises StoreError when the home or the database cannot be used.
    """
    import platform  # noqa: PLC0415 - see above

    from vfadmin.models.home import prepare_home  # noqa: PLC0415
    from vfadmin.models.store import open_store  # noqa: PLC0415
    from vfadmin.services.audit import Actor, Face  # noqa: PLC0415
    from vfadmin.services.context import build_services  # noqa: PLC0415
    from vfadmin.services.credentials import Secrets  # noqa: PLC0415
    from vfadmin.services.mounted_secrets import ServerSecrets  # noqa: PLC0415

    home = prepare_home(settings.home)
    store = open_store(settings.database_url)
    vault = _Watched(ServerSecrets(Secrets()) if secrets is None else secrets, scrubber or Scrubber())
    actor = Actor(_user_name(), platform.node() or "?", Face(face))
    services = build_services(store, home, clock=clock, actor=actor, secrets=vault)
    return Application(settings, services, store, clock)


def care_for_database(settings: ProgramSettings) -> DatabaseCare:
    """What looks after the configured database, whatever state it is in. Raises StoreError for the home."""
    from vfadmin.models.home import prepare_home  # noqa: PLC0415 - see above
    from vfadmin.services.database import DatabaseCare  # noqa: PLC0415

    prepare_home(settings.home)
    return DatabaseCare(settings.database_url, utc_now)


def open_window(settings: ProgramSettings, scrubber: Scrubber | None = None, *, support: bool = False) -> int:
    """The window on the configured database, until it is closed. The database opens behind it.

    Where the home has a window already, that one comes to the front and this is all. ``support`` adds the
    screen of support.

    Raises VfadminError: VF-WINDOW-01 where there is no display, VF-WINDOW-02 where the window that is open
    does not answer; what is wrong with the database the window says itself.
    """
    if not has_display():
        raise VfadminError(failure("VF-WINDOW-01"))
    from vfadmin.ui.lock import WindowLock  # noqa: PLC0415 - only for a window

    lock = WindowLock(settings.home)
    if not lock.take() and _found_open(lock, settings.lang):
        return 0
    try:
        return _open_the_only_window(settings, scrubber or Scrubber(), lock, support=support)
    finally:
        lock.release()


def _found_open(lock: WindowLock, lang: Language) -> bool:
    """Whether the window of the home came to the front; False where it closed and we hold the lock now."""
    from vfadmin.ui.doorbell import bring_to_front  # noqa: PLC0415 - Qt, only where there is a window already
    from vfadmin.ui.run import application  # noqa: PLC0415

    application()
    if not bring_to_front(lock):
        return False
    from vfadmin.cli.texts import say  # noqa: PLC0415 - see above

    if sys.stdout is not None:  # a Windows program without a console has none
        sys.stdout.write(say("window.already_open", lang) + "\n")
    return True


def _open_the_only_window(
    settings: ProgramSettings, learned: Scrubber, lock: WindowLock, *, support: bool
) -> int:
    reports = CrashReports(settings.home, learned)
    with catching(reports), reports.running():
        from vfadmin.ui.run import run_window as show  # noqa: PLC0415 - Qt, only for a window

        behind = _Behind(partial(open_application, settings, scrubber=learned, face="window"))
        try:
            with _woken_by_signals():
                return show(
                    behind.services,
                    behind.engine,
                    lang=settings.lang,
                    support=support,
                    reports=reports,
                    lock=lock,
                )
        finally:
            behind.close()


def run_window(
    application: Application, lang: str, scrubber: Scrubber | None = None, *, support: bool = False
) -> int:
    """The window on an open application, which stays open; what it remembers goes into that home."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - Qt, only for a window

    from vfadmin.ui.run import run_window as show  # noqa: PLC0415

    behind = _Behind(lambda: application)
    home = application.settings.home
    kept = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    reports = CrashReports(home, scrubber or Scrubber())
    with catching(reports), reports.running(), _woken_by_signals():
        return show(
            behind.services, behind.engine, lang=lang, support=support, settings=kept, reports=reports
        )


def close_window() -> None:
    """Ask the window to close as its user would, from a signal handler.

    Raises KeyboardInterrupt while there is no window yet.
    """
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt, only for a window
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    if QApplication.instance() is None:
        raise KeyboardInterrupt
    QTimer.singleShot(0, QApplication.closeAllWindows)


@contextmanager
def _woken_by_signals() -> Iterator[None]:
    """Close the window at a signal even while it idles.

    Python's own handlers wait until Python runs again, which Qt's loop may not let it for a long time.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard, told = socket.socketpair()
    told.setblocking(False)
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    listener = threading.Thread(target=_close_when_told, args=(heard,), name="signals", daemon=True)
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        told.close()
        listener.join()
        heard.close()


def _close_when_told(heard: socket.socket) -> None:
    while heard.recv(1):
        from PySide6.QtCore import QMetaObject  # noqa: PLC0415 - would hold up the first window
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        application = QApplication.instance()
        if application is not None:
            # From another thread it is queued by itself, and the names of the kinds may just be loading.
            QMetaObject.invokeMethod(application, "closeAllWindows")


def has_display() -> bool:
    """Whether a window could be shown here, found out without loading Qt."""
    if importlib.util.find_spec("PySide6") is None:
        return False
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve_simulator(request: SimulatorRequest) -> int:
    """Serve a loopback Exchange until interrupted."""
    from vfadmin.demo.loopback import serve_request  # noqa: PLC0415 - see above

    return serve_request(request, sys.stdout)


def run_demo(request: DemoRequest, scrubber: Scrubber | None = None) -> dict[str, Any]:
    """Tell the demo's story, with or without a window."""
    from vfadmin.demo.stage import Doors, perform  # noqa: PLC0415 - see above

    learned = scrubber or Scrubber()
    doors = Doors(
        open=partial(open_application, scrubber=learned),
        window=partial(run_window, scrubber=learned),
        logging_to=partial(_attending, scrubber=learned),
    )
    return perform(request, doors)


def self_test(lang: Language) -> Iterator[Examined]:
    """Use every part of the program once, in homes that are thrown away; the window's if one can be shown."""
    from vfadmin.selftest.examine import examine  # noqa: PLC0415 - see above
    from vfadmin.selftest.steps import WINDOW_STEPS, demo_of, program_steps  # noqa: PLC0415
    from vfadmin.services.credentials import Secrets  # noqa: PLC0415

    steps = program_steps(Secrets(), lambda protocol: run_demo(demo_of(protocol, lang)))
    if has_display():
        steps |= {name: partial(_window_step, name) for name in WINDOW_STEPS}
    return examine(steps)


def _window_step(name: str, folder: Path) -> str:
    from vfadmin.ui.self_test import window_steps  # noqa: PLC0415 - Qt, whose absence is this check's verdict

    return window_steps()[name](folder)


def wire() -> Wiring:
    """What the command line is given."""
    scrubber = Scrubber()
    return Wiring(
        open=lambda settings, face: open_application(settings, scrubber=scrubber, face=face),
        database=care_for_database,
        window=lambda settings, support: open_window(settings, scrubber, support=support),
        close_window=close_window,
        simulator=serve_simulator,
        demo=partial(run_demo, scrubber=scrubber),
        self_test=self_test,
        has_display=has_display,
        logging_to=partial(_attending, scrubber=scrubber),
        report_crash=lambda settings, error: CrashReports(settings.home, scrubber).fault(error, "a command"),
    )


@contextmanager
def _attending(settings: ProgramSettings, scrubber: Scrubber) -> Iterator[None]:
    """Log into the home, and report what escapes in whatever thread."""
    with (
        logging_to(settings.home, settings.log_level, scrubber),
        catching(CrashReports(settings.home, scrubber)),
        telling(system_log()),
    ):
        yield


class _Behind:
    """What stands behind a window: an application that opens in a thread of its own, once."""

    def __init__(self, open_it: Callable[[], Application]) -> None:
        self._open = open_it
        self._lock = threading.Lock()
        self._application: Application | None = None

    def services(self) -> Services:
        """The services; raises as `open_application`, and may be asked again then."""
        return self._opened().services

    def engine(self) -> Callable[[], SyncThread]:
        """What makes the engine's thread object, in whose thread it is called."""
        from vfadmin.sync.qthread import SyncThread  # noqa: PLC0415 - Qt, only for a window

        application = self._opened()
        application.watch_over()
        return partial(SyncThread, application.synchronise.engine())

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._application is not None:
                self._application.close()
                self._application = None

    def _opened(self) -> Application:
        with self._lock:
            if self._application is None:
                self._application = self._open()
            return self._application


class _Watched:
    """A vault that tells the log's scrubber of everything it hands out."""

    def __init__(self, vault: SecretVault, scrubber: Scrubber) -> None:
        self._vault, self._scrubber = vault, scrubber

    def read(self, connection: str) -> str:
        """The secret; see `SecretVault`."""
        secret = self._vault.read(connection)
        self._scrubber.learn(secret)
        return secret

    def write(self, connection: str, secret: str) -> None:
        """Store the secret; see `SecretVault`."""
        self._scrubber.learn(secret)
        self._vault.write(connection, secret)

    def forget(self, connection: str) -> None:
        """Remove the secret; see `SecretVault`."""
        self._vault.forget(connection)


def _user_name() -> str:
    """Who the operating system says it is: the environment says what anybody likes."""
    with suppress(OSError, KeyError, ImportError):  # a service account may have no name anywhere
        if sys.platform == "win32":
            return os.getlogin()
        import pwd  # noqa: PLC0415 - see above

        return pwd.getpwuid(os.getuid()).pw_name
    return "?"
