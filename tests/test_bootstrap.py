from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

import bootstrap

PROGRAM = """\
import json, sys
print(json.dumps(sys.argv[1:]))
sys.exit(7)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout of the same shape: nothing to download, a program that answers its arguments."""
    root = tmp_path / "tämä on polku"
    (root / "vfadmin").mkdir(parents=True)
    shutil.copy(bootstrap.__file__, root / "bootstrap.py")
    (root / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    (root / "vfadmin" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    return root


def start(root: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, bootstrap.NO_APT: "1"}
    command = [sys.executable, str(root / "bootstrap.py"), *arguments]
    return subprocess.run(command, cwd=root.parent, env=env, capture_output=True, text=True, check=False)


def test_the_command_alone_owns_standard_output_and_the_exit_code(checkout: Path) -> None:
    first = start(checkout, ["demo", "--no-window", "--json"])
    again = start(checkout, ["run", "status"])

    assert json.loads(first.stdout) == ["demo", "--no-window", "--json"]
    assert "making .venv" in first.stderr
    assert first.returncode == 7
    assert json.loads(again.stdout) == ["status"]
    assert "making .venv" not in again.stderr
    assert again.returncode == 7


def test_an_environment_is_made_again_when_it_does_not_fit_or_was_never_finished(checkout: Path) -> None:
    assert start(checkout, ["setup"]).returncode == 0
    leftover = checkout / ".venv" / "leftover"

    leftover.touch()
    (checkout / "requirements.lock").write_text("# something else\n", encoding="utf-8")
    assert start(checkout, ["setup"]).returncode == 0
    assert not leftover.exists()

    leftover.touch()
    bootstrap.marker_of(checkout / ".venv").unlink()  # as after a kill in the middle of the installation
    assert start(checkout, ["setup"]).returncode == 0
    assert not leftover.exists()


def test_a_failed_installation_says_so_and_leaves_no_finished_environment(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("six==1.17.0\n", encoding="utf-8")  # a pin without its hash

    answer = start(checkout, ["setup"])

    assert answer.returncode == 1
    assert "installing the packages failed" in answer.stderr
    assert not bootstrap.marker_of(checkout / ".venv").exists()


def test_a_release_that_came_after_the_lock_changes_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = checkout / "index"
    index.mkdir()
    pinned = [wheel(index, "asked", "1.0"), wheel(index, "asking", "1.0", "asked[more]>=1.0")]
    wheel(index, "asked", "1.1")
    lines = [f"{name}==1.0 --hash=sha256:{digest}\n" for name, digest in pinned]
    (checkout / "requirements.lock").write_text("".join(lines), encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", index.as_uri())

    answer = start(checkout, ["setup"])

    assert answer.returncode == 0, answer.stderr


def wheel(index: Path, name: str, version: str, *requires: str) -> tuple[str, str]:
    """Put an empty package into the index; answers its name and the hash of its file."""
    info = f"{name}-{version}.dist-info"
    about = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Provides-Extra: more"]
    about += [f"Requires-Dist: {one}" for one in requires]
    file = index / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(f"{info}/METADATA", "\n".join(about) + "\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{info}/RECORD", f"{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return name, hashlib.sha256(file.read_bytes()).hexdigest()


def test_another_python_or_another_lock_is_another_environment(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n", encoding="utf-8")
    before = bootstrap.fingerprint(lock, tmp_path / ".venv")
    elsewhere = bootstrap.fingerprint(lock, tmp_path / "copy" / ".venv")
    lock.write_text("a==2\n", encoding="utf-8")

    assert len({before, elsewhere, bootstrap.fingerprint(lock, tmp_path / ".venv")}) == 3
    assert sys.version.split()[0] in before


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["deploy"], 2), (["--help"], 0)])
def test_wrong_usage_shows_the_commands_and_makes_nothing(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(arguments) == code
    shown = capsys.readouterr()
    assert "usage: python bootstrap.py" in (shown.err if code else shown.out)


def nothing_loads(_soname: str) -> bool:
    return False


def everything_loads(_soname: str) -> bool:
    return True


def test_missing_qt_libraries_stop_the_tests_but_not_a_headless_demo() -> None:
    demo = bootstrap.missing_packages("demo", {}, probe=nothing_loads)
    tests = bootstrap.missing_packages("test", {}, probe=nothing_loads)

    assert demo.needed == ()
    assert "libegl1" in demo.useful
    assert "libegl1" in tests.needed


def test_a_window_needs_the_libraries_of_its_platform_too() -> None:
    headless = bootstrap.missing_packages("run", {}, probe=nothing_loads)
    desktop = bootstrap.missing_packages("run", {"DISPLAY": ":0"}, probe=nothing_loads)

    assert "libxcb-cursor0" not in headless.all
    assert "libxcb-cursor0" in desktop.needed


def test_setting_up_alone_asks_for_no_libraries() -> None:
    assert bootstrap.missing_packages("setup", {}, probe=nothing_loads) == bootstrap.Missing()


def test_a_library_counts_as_there_when_it_loads() -> None:
    assert bootstrap.missing_packages("run", {}, probe=everything_loads).needed == ()
    assert not bootstrap.loads("libno-such-library.so.9")


def test_whoever_may_not_install_is_told_the_exact_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: "apt-get")
    absent = bootstrap.Missing(useful=("libegl1", "libgl1"))
    monkeypatch.setattr(bootstrap, "missing_packages", lambda *_: absent)

    bootstrap.ensure_system("demo", {bootstrap.NO_APT: "1"})
    assert "sudo apt-get install -y libegl1 libgl1" in capsys.readouterr().err

    absent = bootstrap.Missing(needed=("python3-venv",))
    with pytest.raises(bootstrap.SetupError, match="sudo apt-get install -y python3-venv"):
        bootstrap.ensure_system("demo", {bootstrap.NO_APT: "1"})


@pytest.mark.parametrize(
    ("arguments", "decided"),
    [
        ([], False),
        (["tests/sync", "-q", "-k", "not slow"], False),
        (["-n", "0"], True),
        (["-n4"], True),
        (["--numprocesses=4"], True),
        (["-x", "--pdb"], True),
        (["-p", "no:xdist"], True),
        (["--no-header"], False),
    ],
)
def test_two_workers_unless_the_caller_decided(arguments: list[str], decided: bool) -> None:
    assert bootstrap.says_workers(arguments) is decided


def test_ctrl_c_waits_for_the_command_to_end_in_its_own_order(tmp_path: Path) -> None:
    child = (
        "import os, pathlib, signal, sys\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"  # the terminal would send it to both
        "pathlib.Path(sys.argv[1]).write_text('tidied')\n"
    )
    note = tmp_path / "note"

    assert run_as_a_program(child, [str(note)]) == bootstrap.INTERRUPTED
    assert note.read_text(encoding="utf-8") == "tidied"


@pytest.mark.parametrize(("ending", "code"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137)])
def test_the_exit_code_is_the_commands_own(ending: str, code: int) -> None:
    assert run_as_a_program(f"import os, sys; {ending}", []) == code


def run_as_a_program(child: str, arguments: Sequence[str]) -> int:
    """What `run_child` answers in a process of its own, which signals may hit."""
    program = (
        "import sys, bootstrap\n"
        "child, *rest = sys.argv[1:]\n"
        "sys.exit(bootstrap.run_child([sys.executable, '-c', child, *rest]))\n"
    )
    command = [sys.executable, "-c", program, child, *arguments]
    return subprocess.run(command, cwd=bootstrap.ROOT, check=False, timeout=60).returncode


def test_a_signal_to_end_reaches_the_command() -> None:
    child = "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)\nsignal.pause()\n"

    assert run_as_a_program(child, []) == 128 + signal.SIGTERM


def test_tests_have_a_real_secret_service(tmp_path: Path) -> None:
    program = (
        "import keyring\n"
        "keyring.set_password('vfadmin-test', 'bootstrap', 'sala')\n"
        "backend = type(keyring.get_keyring()).__module__\n"
        "print(backend, keyring.get_password('vfadmin-test', 'bootstrap'))\n"
    )
    answer = tmp_path / "answer"
    write = (
        f"import contextlib\nwith open({str(answer)!r}, 'w') as f, contextlib.redirect_stdout(f):\n"
        + "".join(f"    {line}\n" for line in program.splitlines())
    )
    env = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}

    assert bootstrap.test_with_secrets([sys.executable, "-c", write], env) == 0
    assert answer.read_text(encoding="utf-8").split() == ["keyring.backends.SecretService", "sala"]
