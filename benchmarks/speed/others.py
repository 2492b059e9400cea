"""vdirsyncer between Radicale and a folder: the same job of another product, over its own protocol.

Both are installed into an environment of their own, made for the measurement and never part of the project.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.far_side import values_of

PACKAGES = ("vdirsyncer==0.21.0", "radicale==3.9.0")
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Tools:
    """The environment's folder of programs."""

    programs: Path

    def run(self, *command: str) -> None:
        """Run one of them to its end."""
        done = subprocess.run(  # noqa: S603 - a program of the environment made here
            [str(self.programs / command[0]), *command[1:]], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr[-2_000:]}")


def tools(folder: Path) -> Tools:
    """The environment in that folder, made if need be."""
    made = Tools(folder / ("Scripts" if sys.platform == "win32" else "bin"))
    if not (made.programs / "radicale").exists():
        print("installing vdirsyncer and Radicale into an environment of their own ...", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        made.run("python", "-m", "pip", "install", "-q", *PACKAGES)
    return made


class Pair:
    """A calendar of Radicale and a folder that vdirsyncer keeps in step with it."""

    def __init__(self, programs: Tools, home: Path) -> None:
        self._tools = programs
        self.served, self.folder = (
            home / "served" / "collection-root" / "aijo" / "work",
            home / "local" / "work",
        )
        self._config = home / "vdirsyncer.ini"

    def prepare(self, port: int) -> None:
        """Empty calendars, known to vdirsyncer."""
        self.served.mkdir(parents=True)
        self.folder.mkdir(parents=True)
        (self.served / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
        self._config.write_text(
            f'[general]\nstatus_path = "{self._config.parent / "status"}"\n'
            '[pair one]\na = "here"\nb = "there"\ncollections = ["work"]\nconflict_resolution = "a wins"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.folder.parent}"\nfileext = ".ics"\n'
            f'[storage there]\ntype = "caldav"\nurl = "http://127.0.0.1:{port}/"\n'
            'username = "aijo"\npassword = "aijo"\n'
        )
        self._tools.run("vdirsyncer", "-c", str(self._config), "discover", "--no-list")

    def fill(self, place: Path, count: int) -> None:
        """So many events in either calendar."""
        for number in range(count):
            (place / f"palaveri-{number}.ics").write_text(_ics(number))

    def edit(self, count: int, word: str) -> None:
        """Move so many of the served events elsewhere."""
        for number in range(count):
            path = self.served / f"palaveri-{number}.ics"
            path.write_text(path.read_text().replace("LOCATION:", f"LOCATION:{word} "))

    def sync(self) -> None:
        """Bring both into step."""
        self._tools.run("vdirsyncer", "-c", str(self._config), "sync")

    def count(self, place: Path) -> int:
        """How many events are there."""
        return len(list(place.glob("*.ics")))


@contextmanager
def pair(programs: Tools, home: Path) -> Iterator[Pair]:
    """An empty pair; Radicale runs meanwhile."""
    made, port = Pair(programs, home), _free_port()
    served = home / "served"
    command = (
        f"{programs.programs / 'radicale'} --storage-filesystem-folder {served} --auth-type none"
        f" --server-hosts 127.0.0.1:{port} --logging-level error"
    )
    radicale = subprocess.Popen(command.split())  # noqa: S603 - as above
    try:
        _wait_for(port)
        made.prepare(port)
        yield made
    finally:
        radicale.terminate()
        radicale.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _ics(number: int) -> str:
    made = values_of(number)
    text = made["body_text"].replace("\n", "\\n")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vfadmin//benchmark//FI",
        "BEGIN:VEVENT",
        f"UID:palaveri-{number}",
        "DTSTAMP:20261127T000000Z",
        f"DTSTART:{made['start']:%Y%m%dT%H%M%SZ}",
        f"DTEND:{made['end']:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{made['subject']}",
        f"LOCATION:{made['location']}",
        f"DESCRIPTION:{text}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)
