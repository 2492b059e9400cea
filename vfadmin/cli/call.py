"""One call of the command line: its options, its mouth, and the application once it is needed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.output import Output
from vfadmin.cli.texts import say
from vfadmin.cli.wiring import Opened, Wiring, Working
from vfadmin.errors import UsageError, failure
from vfadmin.settings import Language, LogLevel, ProgramSettings, program_settings

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.context import Services
    from vfadmin.services.database import DatabaseCare
    from vfadmin.services.synchronise import Synchronise


@dataclass(slots=True)
class Call:
    """What every command is handed. The store opens with the first look at `services`."""

    wiring: Wiring
    out: Output
    settings: ProgramSettings
    command: str = "vfadmin"
    logging: bool = False
    _opened: Opened | None = field(default=None, init=False)
    _held: ExitStack = field(default_factory=ExitStack, init=False)

    @property
    def lang(self) -> Language:
        """The language of this call."""
        return self.out.lang

    @property
    def services(self) -> Services:
        """The services on the configured store.

        Raises StoreError when the home or the database cannot be used.
        """
        return self._application().services

    @property
    def synchronise(self) -> Synchronise:
        """The engine's service. Raises as `services`."""
        return self._application().synchronise

    def worker(self, mailboxes: int | None) -> Working:
        """What shares the mailboxes with others, that many at a time; None: as the settings say.

        Raises as `services`, and UsageError VF-WORKER-01 where the database is a file.
        """
        return self._application("worker").worker(mailboxes)

    def watch_over(self) -> None:
        """Tell administrators of what changes as long as this call lasts. Raises as `services`."""
        self._application().watch_over()

    @property
    def database(self) -> DatabaseCare:
        """What looks after the configured database. Raises StoreError when the home cannot be used."""
        return self.wiring.database(self.settings)

    def text(self, key: str, /, **params: object) -> str:
        """A text of the command line in this call's language."""
        return say(key, self.lang, **params)

    def word(self, group: str, value: str) -> str:
        """The reader's word for one of our own values, ``state.active`` for instance."""
        return say(f"{group}.{value}", self.lang)

    def configure(
        self, home: str | None, database: str | None, lang: Language | None, log_level: LogLevel | None
    ) -> None:
        """Take the global options, as soon as they are known."""
        self.settings = program_settings(home, database, lang or self.lang, log_level)
        self.out.lang = self.settings.lang

    def _application(self, face: str = "cli") -> Opened:
        if self._opened is None:
            self._opened = self.wiring.open(self.settings, face)
            self._held.callback(self._opened.close)
        return self._opened

    def start_log(self) -> None:
        """Log into the home as long as this call lasts."""
        self._held.enter_context(self.wiring.logging_to(self.settings))
        self.logging = True

    def show_window(self, *, support: bool) -> int:
        """The window on the configured database, until it is closed; the exit code.

        ``support`` adds the screen of support.

        Raises VfadminError VF-WINDOW-01 where there is no display.
        """
        self.start_log()
        with stoppable(self.wiring.close_window) as stopped:
            code = self.wiring.window(self.settings, support)
        return INTERRUPTED if stopped.is_set() else code

    def close(self) -> None:
        """Leave what was entered and close what was opened, last first."""
        self._held.close()
        self._opened = None


def usage(call: Call, key: str, /, **params: object) -> UsageError:
    """The complaint that the command was put together wrongly; nothing was done."""
    return UsageError(failure("VF-USAGE-01", detail=call.text(key, **params)))
