"""Secrets of workers on servers, where nobody is signed in and no keyring is open (R27).

They come as files that somebody else provides and this program only reads: a systemd credential, or a file
mounted into a container. Each is called ``vfadmin-`` and the connection's name. Where there is none, the
keyring is asked.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from vfadmin.errors import SecretError, failure
from vfadmin.services.credentials import SecretVault

SYSTEMD, MOUNTED = "CREDENTIALS_DIRECTORY", "VFADMIN_SECRETS"
"""The variables that name the directory: systemd's own, and ours. Neither holds a secret."""
PREFIX = "vfadmin-"

_LARGEST = 64 * 1024
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ACL = stat.S_IRGRP
"""systemd lets the service's user read by an access list, which shows as the group's right to read."""


class ServerSecrets:
    """A vault in front of another one. A file is read anew each time, so one that is replaced counts."""

    def __init__(self, behind: SecretVault, environ: Mapping[str, str] = os.environ) -> None:
        self._behind, self._environ = behind, environ

    def read(self, connection: str) -> str:
        """The secret; see `SecretVault`. Raises SecretError VF-SECRET-04 for a file not to be trusted."""
        found = self._file(connection)
        return self._behind.read(connection) if found is None else _content(*found)

    def write(self, connection: str, secret: str) -> None:
        """Store it in the keyring. Raises SecretError VF-SECRET-05 where a file holds it."""
        found = self._file(connection)
        if found is not None:
            raise SecretError(failure("VF-SECRET-05", connection=connection, path=str(found[0])))
        self._behind.write(connection, secret)

    def forget(self, connection: str) -> None:
        """Remove it from the keyring; a file is left alone. See `SecretVault`."""
        if self._file(connection) is None:
            self._behind.forget(connection)

    def _file(self, connection: str) -> tuple[Path, int] | None:
        """The file of a connection, and the rights nobody may have to it; None where there is none."""
        for variable, forbidden in ((SYSTEMD, _OTHERS & ~_ACL), (MOUNTED, _OTHERS)):
            folder = self._environ.get(variable)
            path = Path(folder) / f"{PREFIX}{connection}" if folder else None
            if path is not None and os.path.lexists(path):
                return path, forbidden
        return None


def _content(path: Path, forbidden: int) -> str:
    try:
        _check(path, path.stat(), forbidden)  # opening a pipe would wait for ever
        with path.open("rb") as file:
            _check(path, os.fstat(file.fileno()), forbidden)
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise _refused(path) from None
    if not text or len(data) > _LARGEST or any(char < " " or char == "\x7f" for char in text):
        raise _refused(path)
    return text


def _check(path: Path, status: os.stat_result, forbidden: int) -> None:
    """Only its owner may read it, who is this user or root. Windows tells neither, so it has none."""
    if sys.platform == "win32":
        raise _refused(path)
    good = (
        stat.S_ISREG(status.st_mode) and not status.st_mode & forbidden and status.st_uid in {0, os.geteuid()}
    )
    if not good:
        raise _refused(path)


def _refused(path: Path) -> SecretError:
    return SecretError(failure("VF-SECRET-04", path=str(path)))
