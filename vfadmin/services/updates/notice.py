from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from vfadmin import __version__
from vfadmin.services.directory import Clock
from vfadmin.services.patience import never
from vfadmin.services.settings import UPDATE_CHECK, UPDATE_URL, Settings
from vfadmin.services.updates import kept, versions
from vfadmin.services.updates.envelope import MalformedError, UntrustedError, opened
from vfadmin.services.updates.kept import Kept
from vfadmin.services.updates.manifest import Manifest, ManifestError, parsed
from vfadmin.services.updates.publisher import Publisher, PublisherError, built_in
from vfadmin.services.updates.refusals import UpdateError, refused
from vfadmin.services.web_addresses import is_https

_LOG = logging.getLogger(__name__)
EVERY = timedelta(days=1)
"""The publisher is asked no oftener by itself."""
_CLOCKS_APART = timedelta(days=1)
"""So far a clock may be behind the publisher's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the publisher says, and whether that is newer than the program that ``runs``."""

    runs: str
    newest: Manifest
    newer: bool


class Updates:
    """Asks the publisher for the newest version and believes what is signed. Fetches no program, ever.

    Safe to use from any thread.
    """

    def __init__(
        self,
        settings: Settings,
        home: Path,
        *,
        clock: Clock,
        publisher: Callable[[], Publisher] = built_in,
        runs: str = __version__,
    ) -> None:
        self._settings, self._home, self._clock = settings, home, clock
        self._publisher, self._runs = publisher, runs
        self._asked: datetime | None = None
        self._lock = threading.Lock()

    def check(self, cancelled: Callable[[], bool] = never) -> Finding:
        """Ask now; not to the end once ``cancelled`` says so, which is then as if it had not been asked.

        Raises UpdateError: VF-UPDATE-01 (a build without a key), -02 (no answer), -03 (not signed by the
        publisher), -04 (no manifest), -05 (not valid today), -06 (older than one seen before), -07 (switched
        off); StoreError.
        """
        publisher, url = self._source()
        now = self._clock()
        self._asked = now
        try:
            envelope = self._believed(publisher, url, now, cancelled)
        except UpdateError as error:
            code = error.failure.code
            if not cancelled():
                self._keep(lambda was: replace(was, asked=now, failed=code))
            raise
        self._keep(lambda was: replace(was, asked=now, failed="", envelope=envelope))
        return self._finding(_manifest(envelope.encode(), publisher))

    def look(self, cancelled: Callable[[], bool] = never) -> Finding | None:
        """What is newer and was not put aside, for a window that is open; the publisher is asked once a day.

        Once ``cancelled`` says so, because the window closes, no answer is waited for any longer.
        A failure to ask is told in the log, once as long as it is the same. Raises StoreError.
        """
        try:
            publisher, _ = self._source()
        except UpdateError:
            return None
        was = kept.read(self._home)
        if self._due(was):
            try:
                self.check(cancelled)
            except UpdateError as error:
                if error.failure.code != was.failed and not cancelled():
                    _LOG.info("whether there is a newer version is not known: %s", _reason(error))
            was = kept.read(self._home)
        return self._news(was, publisher)

    def put_aside(self, version: str) -> None:
        """Say no more of this version, on this computer."""
        self._keep(lambda was: replace(was, aside=version))

    def _source(self) -> tuple[Publisher, str]:
        """Whom to believe and where to ask. Raises UpdateError VF-UPDATE-01 or -07, StoreError."""
        try:
            publisher = self._publisher()
        except PublisherError as broken:
            raise refused("VF-UPDATE-01") from broken
        if not publisher.keys:
            raise refused("VF-UPDATE-01")
        set_url = self._settings.get(UPDATE_URL)
        url = publisher.url if set_url is None else str(set_url)
        if publisher.left_off or not self._settings.flag(UPDATE_CHECK) or not is_https(url):
            raise refused("VF-UPDATE-07")
        return publisher, url

    def _believed(self, publisher: Publisher, url: str, now: datetime, cancelled: Callable[[], bool]) -> str:
        """The envelope at that address. Raises UpdateError VF-UPDATE-02 to -06."""
        from vfadmin.services.updates.asking import fetch  # noqa: PLC0415 - slow to load, rarely needed

        envelope = fetch(url, cancelled=cancelled)
        told = _manifest(envelope, publisher)
        if not _valid(told, now):
            since, until = told.published.date().isoformat(), told.valid_until.date().isoformat()
            raise refused("VF-UPDATE-05", since=since, until=until)
        former = _remembered(kept.read(self._home), publisher)
        if former is not None and _order(told) < _order(former):
            raise refused("VF-UPDATE-06", day=told.published.date().isoformat())
        return envelope.decode()

    def _due(self, was: Kept) -> bool:
        now = self._clock()
        times = [one for one in (was.asked, self._asked) if one is not None]
        return not any(timedelta(0) <= now - one < EVERY for one in times)

    def _news(self, was: Kept, publisher: Publisher) -> Finding | None:
        told = _remembered(was, publisher)
        if told is None or not _valid(told, self._clock()) or str(told.version) == was.aside:
            return None
        found = self._finding(told)
        return found if found.newer else None

    def _finding(self, told: Manifest) -> Finding:
        return Finding(self._runs, told, newer=told.version > versions.running(self._runs))

    def _keep(self, change: Callable[[Kept], Kept]) -> None:
        with self._lock:
            try:
                kept.write(self._home, change(kept.read(self._home)))
            except OSError as error:
                _LOG.info("what is known of newer versions cannot be kept: %s", type(error).__name__)


def _manifest(envelope: bytes, publisher: Publisher) -> Manifest:
    """What the publisher says. Raises UpdateError VF-UPDATE-03 or -04."""
    try:
        return parsed(opened(envelope, publisher.keys))
    except UntrustedError:
        raise refused("VF-UPDATE-03") from None
    except MalformedError as error:
        raise refused("VF-UPDATE-04", detail=str(error)) from None
    except ManifestError:
        raise refused("VF-UPDATE-04", detail="manifest") from None


def _remembered(was: Kept, publisher: Publisher) -> Manifest | None:
    try:
        return _manifest(was.envelope.encode(), publisher)
    except (UpdateError, UnicodeError):
        return None


def _valid(told: Manifest, now: datetime) -> bool:
    return told.published <= now + _CLOCKS_APART and now <= told.valid_until


def _order(told: Manifest) -> tuple[datetime, versions.Version]:
    """Of two words the later counts, even if it takes a version back."""
    return told.published, told.version


def _reason(error: UpdateError) -> str:
    detail = error.failure.params.get("detail")
    return f"{error.failure.code} ({detail})" if detail else error.failure.code
