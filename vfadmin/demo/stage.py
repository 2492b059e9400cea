"""The stage: a throw-away home, a loopback Exchange, and the story told there, with or without a window."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from vfadmin.cli.texts import say
from vfadmin.cli.wiring import DemoRequest
from vfadmin.demo import edits
from vfadmin.demo.cast import Cast, assemble
from vfadmin.demo.story import GRAPH, Scene, play, prepare
from vfadmin.errors import VfadminError
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.credentials import MemorySecrets, SecretVault
from vfadmin.services.synchronise import Synchronise
from vfadmin.settings import Language, ProgramSettings
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

_log = logging.getLogger(__name__)
_TRICKLE_SECONDS = 8.0
_POLL_SECONDS = 15


class Opened(Protocol):
    """The application as the stage needs it."""

    @property
    def services(self) -> Services:
        """Its services."""

    @property
    def store(self) -> Store:
        """Its store."""

    @property
    def synchronise(self) -> Synchronise:
        """The engine's service."""

    def close(self) -> None:
        """Close everything."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What the stage is lent by whoever puts the program together."""

    open: Callable[[ProgramSettings, SecretVault], Opened]
    window: Callable[[Any, Language], int]
    logging_to: Callable[[ProgramSettings], AbstractContextManager[object]]


def perform(request: DemoRequest, doors: Doors) -> dict[str, Any]:
    """Tell the story; with a window, set everything up and hand it over to the viewer.

    Answers the summary of the story, or an empty one after a window. The secret never leaves memory.
    """
    cast = assemble(request.persons, cloud=request.protocol == GRAPH)
    with _home(request) as home:
        settings = ProgramSettings(
            home, f"sqlite:///{(home / 'vfadmin.db').as_posix()}", request.lang, request.log_level
        )
        with doors.logging_to(settings), _unforeseen_logged(), Simulator(_server(request, cast)) as simulator:
            application = doors.open(settings, MemorySecrets())
            try:
                scene = _scene(request, application, simulator, cast, home)
                if not request.window:
                    return play(scene)
                _show(scene, lambda: doors.window(application, request.lang))
                return {}
            finally:
                application.close()


def _scene(request: DemoRequest, application: Opened, simulator: Simulator, cast: Cast, home: Path) -> Scene:
    return Scene(
        services=application.services,
        synchronise=application.synchronise,
        store=application.store,
        simulator=simulator,
        cast=cast,
        home=home,
        lang=request.lang,
        clock=lambda: datetime.now(UTC),
        tell=request.tell,
        protocol=request.protocol,
    )


def _server(request: DemoRequest, cast: Cast) -> SimulatorConfig:
    people = (*cast.persons, *cast.resources)
    return SimulatorConfig(
        protocol="graph" if request.protocol == GRAPH else "ews",
        mailboxes=tuple(MailboxSpec(email=one.email, login=one.login, name=one.name) for one in people),
    )


def _show(scene: Scene, window: Callable[[], int]) -> None:
    """Everything is there but the first sync: the viewer sees it happen, and colleagues go on working."""
    scene.services.settings.set("poll_seconds", _POLL_SECONDS)
    scene.services.settings.set("update_check", False)  # a demo reaches nobody outside this machine
    prepare(scene)
    scene.simulator.deny_impersonation(scene.actors[-1].email)
    scene.say("window")
    closed = threading.Event()
    colleagues = threading.Thread(target=_trickle, args=(scene, closed), name="colleagues", daemon=True)
    colleagues.start()
    try:
        window()
    finally:
        closed.set()
        colleagues.join()


def _trickle(scene: Scene, closed: threading.Event) -> None:
    """Now and then somebody adds an event in Outlook."""
    number = 100
    while not closed.wait(_TRICKLE_SECONDS):
        actor = scene.actors[number % len(scene.actors)]
        edits.add_one(scene.simulator, scene.cast, actor, scene.clock(), number)
        number += 1


@contextmanager
def _unforeseen_logged() -> Iterator[None]:
    try:
        yield
    except VfadminError:
        raise
    except Exception:
        _log.exception("the story met something unforeseen")
        raise


@contextmanager
def _home(request: DemoRequest) -> Iterator[Path]:
    """A home that goes at the end; it stays if asked for, or when something unforeseen needs looking into."""
    home = Path(tempfile.mkdtemp(prefix="vfadmin-demo-"))
    request.tell(say("demo.home", request.lang, home=home))
    keep = request.keep
    try:
        yield home
    except (VfadminError, KeyboardInterrupt):
        raise
    except Exception:
        keep = True
        raise
    finally:
        if keep:
            request.tell(say("demo.kept", request.lang, home=home))
        else:
            shutil.rmtree(home, ignore_errors=True)
