"""Goes through the steps one by one: what one of them meets keeps no other from being taken."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from vfadmin.errors import Failure, VfadminError

_log = logging.getLogger(__name__)

Step = Callable[[Path], str]
"""One check. It is given an empty folder of its own and answers what it found in a few words."""


class Verdict(StrEnum):
    """What a check came to; ``absent`` is something that this system need not have."""

    OK = "ok"
    FAILED = "failed"
    ABSENT = "absent"


class AbsentError(Exception):
    """A step's answer that what it looks for is not here, and that the program can do without."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Examined:
    """One check; it took ``seconds``. ``failure`` is what our own errors say of it, if any."""

    name: str
    verdict: Verdict
    detail: str
    seconds: float
    failure: Failure | None = None


def examine(steps: Mapping[str, Step]) -> Iterator[Examined]:
    """Take every step, in order, and answer each as soon as it is done.

    Whatever a step raises is its verdict; a broken installation may raise anything, even while importing.
    """
    for name, step in steps.items():
        began = time.monotonic()
        verdict, detail, failure = _taken(name, step)
        done = Examined(name, verdict, detail, round(time.monotonic() - began, 2), failure)
        _log.info("self-test: %s %s in %.2f s: %s", name, verdict.value, done.seconds, detail)
        yield done


def _taken(name: str, step: Step) -> tuple[Verdict, str, Failure | None]:
    try:
        # What a step left open must not turn its verdict: Windows does not remove such a file.
        with TemporaryDirectory(prefix=f"vfadmin-{name}-", ignore_cleanup_errors=True) as folder:
            return Verdict.OK, step(Path(folder)), None
    except AbsentError as absent:
        return Verdict.ABSENT, absent.failure.code, absent.failure
    except VfadminError as error:
        return Verdict.FAILED, error.failure.code, error.failure
    except Exception as error:  # noqa: BLE001 - a broken part may raise anything
        _log.exception("self-test: %s", name)
        return Verdict.FAILED, f"{type(error).__name__}: {error}", None
