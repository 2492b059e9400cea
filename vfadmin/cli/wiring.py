"""What the command line is given from outside: it opens nothing itself (see ``vfadmin.app``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from vfadmin.settings import Language, LogLevel, ProgramSettings

if TYPE_CHECKING:  # the ORM behind it costs more start-up than everything else a short command does
    from vfadmin.errors import Failure
    from vfadmin.services.context import Services
    from vfadmin.services.database import DatabaseCare
    from vfadmin.services.synchronise import MailboxResult, Synchronise


class Working(Protocol):
    """A worker; see ``services.fleet.worker``."""

    def run(self, on_result: Callable[[MailboxResult], None], on_ready: Callable[[], None]) -> None:
        """Work until `stop`."""

    def stop(self) -> None:
        """End soon; from any thread or signal handler."""


class Opened(Protocol):
    """An open application: its services, until it is closed."""

    @property
    def services(self) -> Services:
        """The services on the opened store."""

    @property
    def synchronise(self) -> Synchronise:
        """The engine's service."""

    def worker(self, mailboxes: int | None) -> Working:
        """A worker that is not at work yet."""

    def watch_over(self) -> None:
        """Look now and then how things stand and tell what changed, until it is closed."""

    def close(self) -> None:
        """Let go of the store and of every connection."""


@dataclass(frozen=True, slots=True)
class SimulatorRequest:
    """What ``simulator serve`` was asked for."""

    port: int
    protocol: str
    version: str
    auth: tuple[str, ...]
    mailboxes: str
    state: Path | None
    faults: Path | None
    tls: bool
    tls_profile: str
    extended_protection: str
    valueframe: bool
    lang: Language


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What ``demo`` was asked for. ``tell`` is given each step of the story as a finished sentence.

    ``protocol`` is what its Exchange is spoken to over: ``ews`` or ``graph``.
    """

    persons: int
    window: bool
    keep: bool
    lang: Language
    log_level: LogLevel
    tell: Callable[[str], None]
    protocol: str = "ews"


class Examined(Protocol):
    """One check of the self-test."""

    @property
    def name(self) -> str:
        """What was checked."""

    @property
    def verdict(self) -> str:
        """``ok``, ``failed``, or ``absent`` for what this system need not have."""

    @property
    def detail(self) -> str:
        """What was found, in a few words of English for support."""

    @property
    def seconds(self) -> float:
        """How long it took."""

    @property
    def failure(self) -> Failure | None:
        """What our own errors say of it, if they do."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """The doors out of the command line. Each may raise `VfadminError`."""

    open: Callable[[ProgramSettings, str], Opened]
    """Opens the configured store; the word is through what is worked, as the audit trail calls it."""
    database: Callable[[ProgramSettings], DatabaseCare]
    window: Callable[[ProgramSettings, bool], int]
    """Shows the window until it is closed; with the screen of support, or without."""
    close_window: Callable[[], None]
    simulator: Callable[[SimulatorRequest], int]
    demo: Callable[[DemoRequest], dict[str, Any]]
    self_test: Callable[[Language], Iterator[Examined]]
    has_display: Callable[[], bool]
    logging_to: Callable[[ProgramSettings], AbstractContextManager[object]]
    report_crash: Callable[[ProgramSettings, BaseException], object]
    """Logs what nobody foresaw and writes a report of it into the home; never raises."""
