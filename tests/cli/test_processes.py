"""The command line as its users start it: real processes, real streams, real signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

HEAVY = ("PySide6", "exchangelib", "openpyxl", "rich.table", "lxml", "requests")


def vfadmin(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vfadmin", "--home", str(home), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=plain(**environment),
        timeout=60,
        check=False,
    )


def plain(**environment: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "VFADMIN"))
    }
    return kept | {"PYTHONIOENCODING": "utf-8"} | environment


@pytest.mark.parametrize(
    ("locale", "start"), [("fi_FI.UTF-8", "Virhe "), ("sv_FI.UTF-8", "Error "), ("C", "Error ")]
)
def test_the_systems_language_is_spoken(tmp_path: Path, locale: str, start: str) -> None:
    done = vfadmin(tmp_path / "koti", "person", "set", "7", "--name", "x", LC_ALL=locale)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{start}VF-PERSON-01: ")
    assert done.stdout == ""


def test_json_is_the_only_thing_on_standard_output(tmp_path: Path) -> None:
    home = tmp_path / "koti"
    added = vfadmin(
        home, "person", "add", "--name", "Åke", "--email", "a@x.example", "--company", "Å", "--json"
    )
    assert (added.returncode, added.stderr) == (0, "")
    assert json.loads(added.stdout)["name"] == "Åke"
    mixed = vfadmin(home, "integration", "activate", "1", "2", "--json")
    assert mixed.returncode == 2
    assert [row["ok"] for row in json.loads(mixed.stdout)] == [False, False]
    assert "VF-LOGIN-01" in mixed.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("words", [["status"], ["status", "--json"], ["--help"]], ids=" ".join)
def test_a_full_disk_is_one_reason_and_one_remedy(tmp_path: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vfadmin", "--home", str(tmp_path / "koti"), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=plain(LC_ALL="fi_FI.UTF-8"),
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Virhe VF-OUTPUT-01: ")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("words", [["settings", "get"], ["settings", "get", "--json"]], ids=" ".join)
def test_a_reader_who_leaves_hears_no_complaint(tmp_path: Path, words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "vfadmin", "--home", str(tmp_path / "koti"), *words],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            env=plain(),
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_pipe_that_cannot_show_a_letter_still_gets_json(tmp_path: Path) -> None:
    home = tmp_path / "koti"
    words = ["person", "add", "--name", "Åke", "--email", "a@x.example", "--company", "Å", "--json"]
    added = vfadmin(home, *words, PYTHONIOENCODING="ascii")
    assert json.loads(added.stdout)["name"] == "Åke"
    assert added.stdout.isascii()


def test_the_home_may_come_from_the_environment(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vfadmin", "status", "--json"],
        capture_output=True,
        text=True,
        env=plain(VFADMIN_HOME=str(tmp_path / "koti")),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "koti" / "vfadmin.db").exists()


def test_several_processes_share_one_home(tmp_path: Path) -> None:
    home = tmp_path / "koti"
    command = [
        sys.executable,
        "-m",
        "vfadmin",
        "--home",
        str(home),
        "person",
        "add",
        "--email",
        "a@x.example",
        "--company",
        "C",
        "--json",
        "--name",
    ]
    started = [
        subprocess.Popen(
            [*command, f"Person {number}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=plain()
        )
        for number in range(4)
    ]
    answers = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, [error for _, error in answers]
    assert sorted(json.loads(out)["id"] for out, _ in answers) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "words",
    [["--version"], ["person", "list"], ["status"], ["settings", "get"], ["person", "--help"]],
    ids=" ".join,
)
def test_a_short_command_imports_nothing_heavy(tmp_path: Path, words: list[str]) -> None:
    code = (
        "import sys\nfrom vfadmin.app import wire\nfrom vfadmin.cli.main import run\n"
        f"run(['--home', {str(tmp_path / 'koti')!r}, *{words!r}], wire())\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=plain(), timeout=60, check=True
    )
    assert done.stderr.strip() == "[]"


def test_the_version_needs_no_database_library() -> None:
    code = (
        "import sys\nfrom vfadmin.app import wire\nfrom vfadmin.cli.main import run\n"
        "run(['--version'], wire())\n"
        "print('sqlalchemy' in sys.modules, 'pydantic' in sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=plain(), timeout=60, check=True
    )
    assert done.stderr.strip() == "False False"


def test_no_window_without_a_display(tmp_path: Path) -> None:
    hidden = {
        name: value
        for name, value in plain().items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "vfadmin", "--home", str(tmp_path / "koti"), "--lang", "fi"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=hidden,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Virhe VF-WINDOW-01: ")
    assert len(done.stderr.splitlines()) == 2


def test_no_usable_keyring_is_code_1_and_nothing_is_kept(tmp_path: Path) -> None:
    home = tmp_path / "koti"
    words = [
        "connection",
        "set",
        "--url",
        "https://mail.esim.example/ews/exchange.asmx",
        "--account",
        "svc",
        "--auth",
        "basic",
        "--secret-stdin",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "vfadmin", "--home", str(home), *words],
        input="salaisuus\n",
        capture_output=True,
        text=True,
        env=plain(PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring"),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error VF-SECRET-01: ")
    assert [path for path in home.rglob("*") if path.is_file() and b"salaisuus" in path.read_bytes()] == []


def test_an_interruption_while_the_program_loads_is_clean() -> None:
    code = (
        "import signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'vfadmin.cli.main':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from vfadmin.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=plain(), timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(
    os.name == "nt", reason="Windows cannot interrupt one process from another without a console"
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_is_interrupted_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "vfadmin", "--home", str(tmp_path / "koti"), "sync", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=plain(),
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "Watching; Ctrl+C ends it.\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "Interrupted; everything done so far is saved.\n")


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_r24_a_watch_answers_a_monitoring_system(tmp_path: Path) -> None:
    words = ["--home", str(tmp_path / "koti"), "sync", "--watch", "--metrics", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "vfadmin", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=plain(),
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        url = process.stderr.readline().removeprefix("Metrics: ").strip()
        with urlopen(url, timeout=30) as answer:  # noqa: S310 - our own, on loopback
            page = answer.read().decode()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert 'vfadmin_mailboxes{state="active"} 0\n' in page
