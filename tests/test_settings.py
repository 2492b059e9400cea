"""Where things lie and which language is spoken: arguments, then the environment, then the platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from vfadmin.settings import Language, LogLevel, program_settings, system_language


def test_arguments_win_over_the_environment(tmp_path: Path) -> None:
    environ = {
        "VFADMIN_HOME": str(tmp_path / "other"),
        "VFADMIN_DATABASE": "sqlite:///other.db",
        "LANG": "fi_FI",
    }
    told = program_settings(str(tmp_path), "postgresql+psycopg://db", Language.EN, LogLevel.DEBUG, environ)
    assert (told.home, told.database_url) == (tmp_path, "postgresql+psycopg://db")
    assert (told.lang, told.log_level) == (Language.EN, LogLevel.DEBUG)


def test_the_environment_wins_over_the_platform(tmp_path: Path) -> None:
    told = program_settings(environ={"VFADMIN_HOME": str(tmp_path), "LANG": "fi_FI.UTF-8"})
    assert told.home == tmp_path
    assert told.database_url == f"sqlite:///{(tmp_path / 'vfadmin.db').as_posix()}"
    assert (told.lang, told.log_level) == (Language.FI, LogLevel.INFO)


def test_without_a_word_the_platform_says_where() -> None:
    told = program_settings(environ={"LANG": "C"})
    assert told.home.is_absolute()
    assert told.home.name == "vfadmin"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "fi_FI.UTF-8"}, Language.FI),
        ({"LANG": "fi"}, Language.FI),
        ({"LANG": "Finnish_Finland.1252"}, Language.FI),
        ({"LANG": "sv_FI.UTF-8"}, Language.EN),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "fil_PH.UTF-8"}, Language.EN),
        ({"LANG": "C"}, Language.EN),
        ({"LC_ALL": "fi_FI.UTF-8", "LANG": "en_US.UTF-8"}, Language.FI),
        ({"LC_ALL": "", "LC_MESSAGES": "fi_FI.UTF-8", "LANG": "C"}, Language.FI),
    ],
)
def test_finnish_is_spoken_where_the_system_speaks_it(environ: dict[str, str], lang: Language) -> None:
    assert system_language(environ) is lang
