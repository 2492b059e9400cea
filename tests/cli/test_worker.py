"""`vfadmin worker` as systemd starts it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_processes import plain, vfadmin
from tests.stores import STORES
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.cli.readiness import READY, tell_systemd
from vfadmin.cli.wiring import Opened
from vfadmin.settings import ProgramSettings


def test_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    done = vfadmin(tmp_path / "koti", "worker", LC_ALL="fi_FI.UTF-8")
    assert done.returncode == 2
    assert done.stderr.startswith("Virhe VF-WORKER-01: ")
    assert "vfadmin db move" in done.stderr
    assert done.stdout == ""


@pytest.mark.sqlite
def test_the_audit_trail_tells_what_a_worker_did_from_what_a_command_did(home: Path, cli: Cli) -> None:
    outside = wire()

    def opened(settings: ProgramSettings, face: str) -> Opened:
        found = outside.open(settings, face)
        found.services.directory.add_person(name=face)
        return found

    for command, code in (
        (["worker"], 2),
        (["status"], 0),
    ):  # a file is no place for a worker, but it was opened
        assert run(["--home", str(home), *command], replace(outside, open=opened)) == code
    faces = [(one["after"]["name"], one["face"]) for one in cli("audit", "--json").json]
    assert faces == [("cli", "cli"), ("worker", "worker")]


def test_systemd_is_told_in_one_datagram(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path / "notify"))
        told.settimeout(10)
        tell_systemd(READY, {"NOTIFY_SOCKET": str(tmp_path / "notify")})
        assert told.recv(100) == b"READY=1"
    if sys.platform == "linux":
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(f"\0{tmp_path}")
            told.settimeout(10)
            tell_systemd(READY, {"NOTIFY_SOCKET": f"@{tmp_path}"})
            assert told.recv(100) == b"READY=1"


def test_without_systemd_nobody_is_told_and_nothing_fails(tmp_path: Path) -> None:
    tell_systemd(READY, {})
    tell_systemd(READY, {"NOTIFY_SOCKET": str(tmp_path / "gone")})


@pytest.mark.postgresql
@pytest.mark.skipif(sys.platform == "win32", reason="systemd is Linux's")
def test_a_worker_is_ready_when_it_says_so_and_ends_at_a_word(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path / "notify"))
        told.settimeout(60)
        command = [sys.executable, "-m", "vfadmin", "--home", str(tmp_path / "koti")]
        command += ["--database", STORES.url(tmp_path / "x.db"), "worker", "--metrics", "0"]
        with subprocess.Popen(
            command,
            env=plain(LC_ALL="fi_FI.UTF-8", NOTIFY_SOCKET=str(tmp_path / "notify")),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as worker:
            assert told.recv(100) == b"READY=1"
            worker.send_signal(signal.SIGTERM)
            assert told.recv(100) == b"STOPPING=1"
            _, said = worker.communicate(timeout=60)
    assert worker.returncode == 130
    assert "Worker on käynnissä" in said
    assert "Traceback" not in said
