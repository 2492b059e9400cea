"""The directory in which vfadmin keeps what it keeps, and the file systems that are no place for it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path, PurePosixPath

from vfadmin.errors import StoreError, failure

_MOUNTS = Path("/proc/self/mounts")
_NETWORK_TYPES = frozenset(
    {
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
    }
)
_NETWORK_FUSE = (
    "sshfs",
    "s3fs",
    "rclone",
    "gluster",
    "ceph",
    "smb",
    "cifs",
    "nfs",
    "dav",
    "gvfsd",
    "curlftpfs",
)
_DRIVE_REMOTE = 4
"""What GetDriveTypeW of the Windows API answers for a mapped network drive."""


if sys.platform == "win32":
    import ctypes

    def _is_share(path: Path) -> bool:
        anchor = path.absolute().anchor
        if anchor.startswith("\\\\"):
            return True
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(anchor)
        return kind == _DRIVE_REMOTE
else:

    def _is_share(path: Path) -> bool:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:  # no such table here (macOS); nothing is known against the path
            return False
        return is_network_type(filesystem_type(PurePosixPath(os.path.realpath(path)), mounts))


def prepare_home(home: Path) -> Path:
    """The absolute home directory, made with mode 0700 if it is missing.

    Raises StoreError: VF-HOME-01 when nothing can be written there, VF-HOME-02 on a network share.
    """
    path = home.expanduser().absolute()
    refuse_network_share(path)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _try_writing(path)
    except OSError as error:
        raise StoreError(failure("VF-HOME-01", path=str(path))) from error
    return path


def refuse_network_share(path: Path) -> None:
    """Raise StoreError (VF-HOME-02) if ``path`` lies on a network share.

    SQLite's write-ahead log needs memory that all its users share, and file locks over a network are not
    kept by every server: a database there ends up damaged.
    """
    if is_network_share(path):
        raise StoreError(failure("VF-HOME-02", path=str(path)))


def is_network_share(path: Path) -> bool:
    """Whether the nearest existing part of ``path`` lies on a file system of another machine."""
    return _is_share(path)


def filesystem_type(path: PurePosixPath, mounts: str) -> str:
    """The type of the file system that holds the resolved ``path``, from the text of a mount table.

    Empty if no mount point is above it. See fstab(5) for the columns and the octal escapes.
    """
    best, found = -1, ""
    for line in mounts.splitlines():
        columns = line.split()
        if len(columns) < 3:  # noqa: PLR2004 - device, mount point, type
            continue
        point = PurePosixPath(_unescaped(columns[1]))
        # Of two mounts on one point the later one covers the earlier.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), columns[2]
    return found


def is_network_type(name: str) -> bool:
    """Whether a file system of that type is kept by another machine."""
    if name.startswith("fuse."):
        return any(part in name for part in _NETWORK_FUSE)
    return name in _NETWORK_TYPES


def _unescaped(column: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        column = column.replace(code, char)
    return column


def _try_writing(directory: Path) -> None:
    """Write and remove a file: permission bits alone say nothing of read-only mounts, quotas or ACLs."""
    probe = directory / f".vfadmin-{os.getpid()}-{os.urandom(4).hex()}"
    try:
        probe.write_bytes(b"\0")
    finally:
        with suppress(OSError):
            probe.unlink()
