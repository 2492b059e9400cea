"""What a start of the program is told: where its things lie, which database, which language, how talkative.

What is shared by everybody who uses the database is not here but in ``services.settings``.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

HOME_VARIABLE = "VFADMIN_HOME"
DATABASE_VARIABLE = "VFADMIN_DATABASE"

_FINNISH_LANGID = 0x0B
"""The primary language identifier of Finnish in Windows (winnt.h, LANG_FINNISH)."""


class Language(StrEnum):
    """The languages of every text a reader meets."""

    FI = "fi"
    EN = "en"


class LogLevel(StrEnum):
    """How much the log tells."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """One start's settings, complete: nothing below asks the environment again."""

    home: Path
    database_url: str
    lang: Language = Language.EN
    log_level: LogLevel = LogLevel.INFO


def program_settings(
    home: str | None = None,
    database: str | None = None,
    lang: Language | None = None,
    log_level: LogLevel | None = None,
    environ: Mapping[str, str] | None = None,
) -> ProgramSettings:
    """The settings from arguments, then the environment, then the platform's habits.

    Touches no disk: whether the home can be used is found out when it is opened.
    """
    environ = os.environ if environ is None else environ
    place = Path(home or environ.get(HOME_VARIABLE) or _platform_home()).expanduser().absolute()
    url = database or environ.get(DATABASE_VARIABLE) or f"sqlite:///{(place / 'vfadmin.db').as_posix()}"
    return ProgramSettings(place, url, lang or system_language(environ), log_level or LogLevel.INFO)


def system_language(environ: Mapping[str, str] | None = None) -> Language:
    """Finnish where the system speaks Finnish, English everywhere else.

    POSIX's variables win in their own order, because a user sets them on purpose; without any, Windows
    is asked for the language of its own screens.
    """
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return _language_of(value)
    if sys.platform == "win32":  # pragma: no cover - seen to on Windows
        import ctypes  # noqa: PLC0415 - only where it can answer

        langid = int(ctypes.windll.kernel32.GetUserDefaultUILanguage())
        return Language.FI if langid & 0x3FF == _FINNISH_LANGID else Language.EN
    return _language_of(locale.getlocale()[0] or "")


def _language_of(name: str) -> Language:
    word = name.lower()
    return Language.FI if word == "fi" or word.startswith(("fi_", "fi-", "fi.", "finnish")) else Language.EN


def _platform_home() -> str:
    import platformdirs  # noqa: PLC0415 - asked for only when nobody said where

    return platformdirs.user_data_dir("vfadmin", appauthor=False)
