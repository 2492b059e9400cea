"""Everything support needs about one stuck sync, in one file that may be sent on (R28, R31)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any

from vfadmin.errors import SecretError, UsageError, VfadminError, failure
from vfadmin.logfile import LOG_NAME
from vfadmin.logtail import entries, tail
from vfadmin.models.store import Store
from vfadmin.services import diagnosis_facts as facts
from vfadmin.services.comparison import ComparedCalendars, Comparisons, StoppedError
from vfadmin.services.connection_check import CheckStep
from vfadmin.services.connections import ConnectionRow, Connections
from vfadmin.services.credentials import SecretVault
from vfadmin.services.diagnosis_report import as_html
from vfadmin.services.directory import Clock
from vfadmin.services.history import History
from vfadmin.services.patience import within
from vfadmin.services.progress import Progress
from vfadmin.services.redaction import Redactor, event_texts
from vfadmin.services.rows import PersonRow, rows_of
from vfadmin.services.settings import Settings
from vfadmin.services.subjects import subject
from vfadmin.services.whole_files import save_whole

RUNS, LOG_LINES = 20, 1_000
CHECK_SECONDS, COMPARE_SECONDS = 60.0, 180.0
"""How long Exchange is waited for: a stuck one must not keep the file from being written."""
STEPS = 3
_REFUSALS = "EX-AUTH-"

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was written, and into which file."""

    path: Path
    members: tuple[str, ...]


class Diagnoses:
    """Collects and writes diagnoses. Changes nothing on either side and nothing in the store."""

    def __init__(
        self,
        store: Store,
        home: Path,
        settings: Settings,
        secrets: SecretVault,
        connections: Connections,
        *,
        clock: Clock,
    ) -> None:
        self._store, self._home, self._settings, self._secrets = store, home, settings, secrets
        self._connections, self._clock = connections, clock
        self._history = History(store)
        self._comparisons = Comparisons(store, settings, secrets, clock=clock)

    def write(
        self,
        person_id: int,
        path: Path,
        lang: str = "fi",
        *,
        overwrite: bool = False,
        progress: Progress | None = None,
        check_seconds: float = CHECK_SECONDS,
        compare_seconds: float = COMPARE_SECONDS,
    ) -> Diagnosis:
        """Write the file, whole or not at all; ``progress`` counts `STEPS`.

        The connection is checked once, within the seconds, and nothing more is asked of Exchange after a
        failed check; one whose account was refused is not tried at all. Raises UsageError VF-PERSON-01,
        VF-IMPORT-07 (cannot be written), FileExistsError unless it may ``overwrite``, and StoppedError soon
        after ``progress`` was cancelled: no file is there then.
        """
        seconds = (check_seconds, compare_seconds)
        return self._write({"": person_id}, path, lang, overwrite, progress or Progress(0), seconds)

    def write_many(
        self,
        person_ids: Sequence[int],
        path: Path,
        lang: str = "fi",
        *,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Diagnosis:
        """Write those of several mailboxes into one file, a folder with the person's id for each.

        One file, because what stopped them all is one case for support, and is sent on at once or not at
        all. They are collected one after the other; ``progress`` counts `STEPS` for each. Raises as `write`.
        """
        folders = {f"{one}/": one for one in person_ids}
        seconds = (CHECK_SECONDS, COMPARE_SECONDS)
        return self._write(folders, path, lang, overwrite, progress or Progress(0), seconds)

    def _write(
        self,
        folders: Mapping[str, int],
        path: Path,
        lang: str,
        overwrite: bool,
        watched: Progress,
        seconds: tuple[float, float],
    ) -> Diagnosis:
        watched.begin(STEPS * len(folders))
        with self._store.read() as session:
            for person_id in folders.values():
                subject(session, person_id)
        if path.exists() and not overwrite:
            raise FileExistsError(path)
        members: dict[str, str] = {}
        for folder, person_id in folders.items():
            found = self._collected(person_id, lang, watched, seconds)
            members |= {f"{folder}{name}": text for name, text in found.items()}
        try:
            save_whole(path, lambda file: _zip(file, members))
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise UsageError(failure("VF-IMPORT-07", file=str(path), detail=detail)) from error
        return Diagnosis(path, tuple(members))

    def _collected(
        self, person_id: int, lang: str, watched: Progress, seconds: tuple[float, float]
    ) -> dict[str, str]:
        """Everything about one mailbox, by the name of its file."""
        check_seconds, compare_seconds = seconds
        with self._store.read() as session:
            row = rows_of(session, [person_id])[0]
        known = self._connections.list()
        checks, why_not = self._checked(row, known, check_seconds, watched)
        watched.done += 1
        compared = None
        if why_not is None:
            reading = Progress(0)
            try:
                compared = _within(
                    compare_seconds, lambda: self._comparisons.compare(person_id, reading), watched
                )
            finally:
                reading.cancelled = True  # nobody waits for it any more
            why_not = "slow" if compared is None else None
        watched.done += 1
        members = self._members(row, known, checks, compared, why_not, lang)
        watched.done += 1
        return members

    def _checked(
        self, row: PersonRow, known: list[ConnectionRow], seconds: float, watched: Progress
    ) -> tuple[list[CheckStep], str | None]:
        """The steps that ended in time, and why nothing more is to be asked; None where it may be."""
        if not known:
            return [], "no-connection"
        if any(one.blocked is not None and one.blocked_until is None for one in known) or _refused(row):
            return [], "refused"
        if not row.login:
            return [], "no-login"
        steps: list[CheckStep] = []

        def check() -> bool:
            self._connections.test(person_id=row.id, on_step=steps.append)
            return True

        try:
            ended = _within(seconds, check, watched)
        except VfadminError as error:
            steps.append(CheckStep("sign_in", ok=False, detail="", failure=error.failure))
            ended = True
        done = list(steps)
        if ended is None:
            return done, "slow"
        return done, None if all(one.ok for one in done) else "failed"

    def _members(
        self,
        row: PersonRow,
        known: list[ConnectionRow],
        checks: list[CheckStep],
        compared: ComparedCalendars | None,
        why_not: str | None,
        lang: str,
    ) -> dict[str, str]:
        with self._store.read() as session:
            texts = event_texts(session, row.id)
        redactor = Redactor(
            self._known_secrets(known), texts | (facts.texts_of(compared) if compared else set())
        )
        with self._store.read() as session:
            state = facts.state(session, row, redactor, lang)
        runs = self._history.runs(row.id, RUNS)
        told: Facts = {
            "about": {"person": row.id, "at": self._clock(), "not_asked": why_not},
            "versions": facts.versions(self._store),
            "settings": {one.key: one.value for one in self._settings.all()},
            "connections": [facts.connection(one, redactor, lang) for one in known],
            "checks": [facts.check(one, redactor, lang) for one in checks],
            "state": state,
            "runs": [facts.run(one, self._history.operations(one.id), redactor, lang) for one in runs],
            "plan": None if compared is None else facts.plan(compared, redactor, lang),
        }
        clean = redactor.deeply(json.loads(json.dumps(told, default=_plain)))
        log = list(redactor.log(entries(self._log())))
        members = {
            f"{name}.json": json.dumps(one, ensure_ascii=False, indent=2) for name, one in clean.items()
        }
        return {"report.html": as_html(clean, log, lang), **members, "log.txt": "\n".join(log) + "\n"}

    def _known_secrets(self, known: list[ConnectionRow]) -> list[str]:
        found = []
        for one in known:
            try:
                found.append(self._secrets.read(one.name))
            except SecretError:
                continue  # what cannot be read cannot have been written anywhere by this process
        return found

    def _log(self) -> tuple[str, ...]:
        try:
            return tail(self._home / LOG_NAME, LOG_LINES).lines
        except OSError:
            return ()


def _refused(row: PersonRow) -> bool:
    """Whether it stopped because an account was refused: another sign-in would count towards a lock-out."""
    return row.error is not None and row.error.code.startswith(_REFUSALS)


def _within(seconds: float, work: Callable[[], Any], watched: Progress) -> Any:  # noqa: ANN401 - what the work answers
    """As `within`. Raises StoppedError once ``watched`` was cancelled."""
    answer = within(seconds, work, "diagnosis", lambda: watched.cancelled)
    if watched.cancelled:
        raise StoppedError
    return answer


def _zip(file: Path | IO[bytes], members: dict[str, str]) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile  # noqa: PLC0415 - seldom wanted

    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text.encode("utf-8"))


def _plain(value: object) -> Any:  # noqa: ANN401 - what json.dumps wants of a default
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"not for JSON: {type(value).__name__}")
