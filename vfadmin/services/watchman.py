"""Looks how the whole stands as long as an engine runs, and tells the administrator of what changed.

What it tells goes into the log in any case, and where it is set also out of the house. A telling that fails
is noted once and tried again; it never holds up a sync.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from vfadmin.errors import Failure, VfadminError
from vfadmin.models import Setting
from vfadmin.models.store import Store
from vfadmin.services.alert_settings import (
    MAIL_SECRET,
    WEBHOOK_SECRET,
    AlertSettings,
    put,
    refuse_users,
    stored,
)
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.health import Concerns, Health, HealthChecks, news
from vfadmin.systemlog import MARK

if TYPE_CHECKING:  # see there
    from vfadmin.services.alert_sending import Alert

_LOG = logging.getLogger(__name__)
LOOK_EVERY = 60.0
"""Seconds between two looks."""
SPARING = timedelta(minutes=15)
"""So long nothing more is told, unless it gets worse; and so long one waits after a telling that failed."""
CHANNELS = ("webhook", "mail")


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel told last, and when it last tried (UTC). ``failed`` is why it could not, if so."""

    concerns: Concerns = field(default_factory=dict)
    at: datetime | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a channel stands, for screens; ``failure`` is what came of a try just made."""

    channel: str
    at: datetime | None = None
    failed: str = ""
    failure: Failure | None = None


class Alerts:
    """Tells administrators; the store remembers for all processes what has been told."""

    def __init__(self, store: Store, secrets: SecretVault, health: HealthChecks, *, clock: Clock) -> None:
        self._store, self._secrets, self._health, self._clock = store, secrets, health, clock

    def look(self) -> Health:
        """Look how things stand, and tell what changed. Raises StoreError; no failure to tell anything."""
        health = self._health.now()
        with self._store.read() as session:
            settings = stored(session)
        for channel in _channels(settings):
            self._tell(channel, settings, health)
        return health

    def deliveries(self) -> tuple[Delivery, ...]:
        """How the channels that are set stand. Raises StoreError."""
        with self._store.read() as session:
            said = {one: _told(session, one) for one in _channels(stored(session))}
        return tuple(Delivery(channel, one.at, one.failed) for channel, one in said.items())

    def test(self) -> tuple[Delivery, ...]:
        """Tell now that this is a test, over every channel that is set. Raises StoreError."""
        health, now = self._health.now(), self._clock()
        with self._store.read() as session:
            settings = stored(session)
        from vfadmin.services.alert_sending import Alert  # noqa: PLC0415 - as below

        alert = Alert(socket.gethostname(), now, health, test=True)
        return tuple(
            Delivery(channel, now, failure=self._sent(channel, settings, alert))
            for channel in _channels(settings)
        )

    def _tell(self, channel: str, settings: AlertSettings, health: Health) -> None:
        concerns, now = health.concerns(), self._clock()
        with self._store.read() as session:
            if not due(_told(session, channel), concerns, now):
                return
        with self._store.write() as session:  # by one process alone
            before = _told(session, channel)
            if not due(before, concerns, now):
                return
            _remember(session, channel, replace(before, concerns=concerns, at=now))
        from vfadmin.services.alert_sending import Alert  # noqa: PLC0415 - as below

        gone = tuple(key for key in before.concerns if key not in concerns)
        alert = Alert(socket.gethostname(), now, health, news(before.concerns, concerns), gone)
        found = self._sent(channel, settings, alert)
        if found is None and not before.failed:
            return
        with self._store.write() as session:
            delivered = found is None or found.params.get("partly")  # not again to those who have it
            reason = "" if found is None else _reason(found)
            after = Told(concerns if delivered else before.concerns, now, reason)
            _remember(session, channel, after)
        if found is not None and _reason(found) != before.failed:
            _LOG.warning("an alert could not be sent by %s: %s", channel, _reason(found))

    def _sent(self, channel: str, settings: AlertSettings, alert: Alert) -> Failure | None:
        from vfadmin.services.alert_sending import mail, post  # noqa: PLC0415 - slow to load, rarely needed

        try:
            if channel == "webhook":
                post(self._secrets.read(WEBHOOK_SECRET), settings, alert)
            else:
                with self._store.read() as session:  # somebody may have got that address since it was set
                    refuse_users(session, settings.recipients)
                mail(self._secrets.read(MAIL_SECRET) if settings.account else None, settings, alert)
        except VfadminError as error:
            return error.failure
        return None


class Watchman:
    """Looks now and then in a thread of its own, from `begin` to `close`."""

    def __init__(self, alerts: Alerts, every_seconds: float = LOOK_EVERY) -> None:
        self._alerts, self._every = alerts, every_seconds
        self._known: Concerns = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            _LOG.info("the engine watches", extra=event("begin"))
            self._thread = threading.Thread(target=self._run, name="watchman", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End; a telling under way is not waited for longer than a moment."""
        if self._thread is not None:
            self._stopping.set()
            self._thread.join(1.0)
            self._thread = None
            _LOG.info("the engine has ended", extra=event("end"))

    def look(self) -> None:
        """Look once; whatever comes of it is told in the log and nowhere else."""
        try:
            health = self._alerts.look()
        except VfadminError as error:
            _LOG.debug("how things stand is not known: %s", error.failure.code)
        except Exception:  # noqa: BLE001 - it is to look again in a minute
            _LOG.exception("unforeseen fault while looking how things stand")
        else:
            self._note(health)

    def _note(self, health: Health) -> None:
        now = health.concerns()
        for key in news(self._known, now):
            _LOG.warning("to be looked at: %s", _counted(key, health), extra=event(key))
        for key in self._known.keys() - now.keys():
            _LOG.info("over: %s", key, extra=event(f"over:{key}"))
        self._known = now

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(self._every)


def event(key: str) -> dict[str, str]:
    """What marks a line of the log as one that the system's own log is to have too."""
    return {MARK: key}


def due(told: Told, concerns: Concerns, now: datetime) -> bool:
    """Whether something is to be told: anything that changed, but sparingly unless it got worse."""
    worse = bool(news(told.concerns, concerns))
    if not worse and told.concerns.keys() <= concerns.keys():
        return False
    return told.at is None or now - told.at >= SPARING or (worse and not told.failed)


def _channels(settings: AlertSettings) -> tuple[str, ...]:
    wanted: dict[str, Callable[[], bool]] = {
        "webhook": lambda: settings.webhook,
        "mail": lambda: settings.mail,
    }
    return tuple(channel for channel in CHANNELS if wanted[channel]())


def _told(session: Session, channel: str) -> Told:
    row = session.get(Setting, _key(channel))
    if row is None:
        return Told()
    kept: dict[str, Any] = row.value
    return Told(kept["concerns"], datetime.fromisoformat(kept["at"]), kept["failed"])


def _remember(session: Session, channel: str, told: Told) -> None:
    at = "" if told.at is None else told.at.isoformat()
    put(session, _key(channel), {"concerns": dict(told.concerns), "at": at, "failed": told.failed})


def _key(channel: str) -> str:
    return f"alerts.{channel}"


def _reason(found: Failure) -> str:
    detail = found.params.get("detail")
    return f"{found.code} ({detail})" if detail else found.code


def _counted(key: str, health: Health) -> str:
    counts = {f"stopped:{one.code}": one.stopped for one in health.stopped} | {"silent": health.silent}
    return f"{key} ({counts[key]})" if key in counts else key
