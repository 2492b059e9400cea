"""What went wrong, as two lines for a reader and an exit code for a script."""

from __future__ import annotations

import errno
from contextlib import nullcontext
from typing import Any

from vfadmin.cli import complaints
from vfadmin.cli.call import Call
from vfadmin.cli.texts import say
from vfadmin.errors import CODES, Failure, Params, UsageError, VfadminError, failure
from vfadmin.logfile import LOG_NAME
from vfadmin.settings import Language

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})

USAGE = "VF-USAGE-01"
_BAD = ("PERSON", "COMPANY", "STATE", "LOGIN", "CALENDAR", "EVENT", "SETTING", "BACKUP")
BAD_INPUT = (*(f"VF-{what}-" for what in _BAD), "VF-HELD-01", "VF-HELD-02")
"""The starts of the codes that say: what you asked for cannot be, and nothing was done."""


def report(error: BaseException, call: Call) -> int:
    """Say it and answer the exit code; with ``--json`` the document is an object with ``error``."""
    if isinstance(error, UsageError) and error.failure.code == USAGE:
        _tell_usage(call, str(error.failure.params.get("detail", "")), call.command)
        return 2
    if isinstance(error, VfadminError):
        report_failure(error.failure, call)
        return 2 if isinstance(error, UsageError) else 1
    if type(error).__name__ == "Abort":
        _tell_usage(call, say("usage.no_input", call.lang), "vfadmin")
        return 2
    if hasattr(error, "format_message"):
        _tell_usage(call, complaints.detail(error, call.lang), complaints.command_path(error))
        return 2
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        report_failure(failure("VF-OUTPUT-01"), call)
        return 1
    # Its text may quote what is private: the reader gets the kind, log and report the rest.
    with nullcontext() if call.logging else call.wiring.logging_to(call.settings):
        call.wiring.report_crash(call.settings, error)
    log = str(call.settings.home / LOG_NAME)
    report_failure(failure("VF-INTERNAL-01", detail=type(error).__name__, log=log), call)
    return 1


def explained(code: str, params: Params, lang: Language) -> dict[str, Any]:
    """A code with its texts, as an object of the contract: code, message, remedy."""
    from vfadmin.errors.texts import explain  # noqa: PLC0415 - reads its file only when something failed

    text = explain(code, params, lang)
    return {"code": code, "message": text.message, "remedy": text.remedy}


def facts(code: str, lang: Language) -> dict[str, Any]:
    """What is the same whenever that code occurs: its texts, its scope and its kind."""
    scope, kind = CODES[code]
    return {**explained(code, {}, lang), "scope": str(scope), "kind": str(kind)}


def as_json(broken: Failure, call: Call) -> dict[str, Any]:
    """The same of a failure."""
    return explained(broken.code, broken.params, call.lang)


def tell(broken: Failure, call: Call, about: str = "") -> None:
    """Reason and remedy on standard error, whatever becomes of the command; ``about`` names the row."""
    told = as_json(broken, call)
    reason = f"{about}: {told['message']}" if about else told["message"]
    call.out.error(told["code"], reason, told["remedy"])


def exit_code(failures: list[Failure], done: int) -> int:
    """The exit code of something done row by row: all, some, none, none because of bad input."""
    if not failures:
        return 0
    if done:
        return 3
    return 2 if all(one.code.startswith(BAD_INPUT) for one in failures) else 1


def report_failure(broken: Failure, call: Call) -> None:
    """Say it; with ``--json`` the document is an object with ``error``."""
    tell(broken, call)
    _document(call, as_json(broken, call))


def _tell_usage(call: Call, detail: str, command: str) -> None:
    remedy = say("usage.remedy", call.lang, command=command)
    call.out.error(USAGE, detail, remedy)
    _document(call, {"code": USAGE, "message": detail, "remedy": remedy})


def _document(call: Call, told: dict[str, Any]) -> None:
    if call.out.as_json and not call.out.answered:
        call.out.document({"error": told})
