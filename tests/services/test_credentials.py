from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TypeVar

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from vfadmin.errors import SecretError
from vfadmin.services.credentials import BACKEND_VARIABLE, MemorySecrets, Secrets, SecretVault

ROOT = Path(__file__).resolve().parents[2]
UNLOCKED = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >&2"
LOCKED = "gnome-keyring-daemon --start --components=secrets >&2"


def in_session(home: Path, start: str, *attempts: str) -> list[str]:
    """What these attempts gave in a session with a Secret Service of its own."""
    variables = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", BACKEND_VARIABLE}
    }
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    variables |= {"XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(ROOT)}
    script = f'{start}; exec "$@"'
    session = shutil.which("dbus-run-session") or ""
    command = [sys.executable, "-m", "tests.services.keyring_session", "ews", *attempts]
    done = subprocess.run(
        [session, "--", "sh", "-c", script, "sh", *command],
        env=variables,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answers: list[str] = json.loads(done.stdout)
    return answers


needs_secret_service = pytest.mark.skipif(
    shutil.which("dbus-run-session") is None or shutil.which("gnome-keyring-daemon") is None,
    reason="needs dbus-daemon and gnome-keyring, see the README",
)


@needs_secret_service
def test_r27_a_secret_lives_in_the_systems_keyring(tmp_path: Path) -> None:
    answers = in_session(
        tmp_path, UNLOCKED, "read", "write", "read", "replace", "read", "forget", "read", "forget"
    )

    assert answers == [
        "VF-SECRET-03",
        "done",
        "s3cret-ÄÖ€",
        "done",
        "second",
        "done",
        "VF-SECRET-03",
        "done",
    ]


@needs_secret_service
def test_r27_a_secret_outlives_the_process_and_is_in_no_file_in_the_clear(tmp_path: Path) -> None:
    in_session(tmp_path, UNLOCKED, "write")

    assert in_session(tmp_path, UNLOCKED, "read") == ["s3cret-ÄÖ€"]
    kept = [path.read_bytes() for path in tmp_path.rglob("*.keyring")]
    assert kept
    assert b"s3cret" not in b"".join(kept)


@needs_secret_service
def test_a_locked_keyring_says_so(tmp_path: Path) -> None:
    in_session(tmp_path, UNLOCKED, "write")

    assert set(in_session(tmp_path, LOCKED, "read", "write", "forget")) == {"VF-SECRET-02"}


@needs_secret_service
def test_no_service_at_all_is_a_clear_error_and_no_file(tmp_path: Path) -> None:
    assert in_session(tmp_path, "true", "read", "write", "forget") == ["VF-SECRET-01"] * 3
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def in_credential_manager(connection: str, *attempts: str) -> list[str]:
    """What these attempts gave in a process of its own."""
    command = [sys.executable, "-m", "tests.services.keyring_session", connection, *attempts]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=100, text=True)
    assert done.returncode == 0, done.stderr
    answers: list[str] = json.loads(done.stdout)
    return answers


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' own")
def test_r27_on_windows_a_secret_outlives_its_process_in_the_credential_manager() -> None:
    connection = f"test-{uuid.uuid4()}"
    try:
        assert in_credential_manager(connection, "read", "write") == ["VF-SECRET-03", "done"]
        assert in_credential_manager(connection, "read", "replace", "read") == [
            "s3cret-ÄÖ€",
            "done",
            "second",
        ]
    finally:
        assert in_credential_manager(connection, "forget", "read") == ["done", "VF-SECRET-03"]


Made = TypeVar("Made", bound=type[KeyringBackend])


def unlisted(made: Made) -> Made:
    """Keyring lists every class of back end ever made and would offer ours to other tests."""
    KeyringBackend._classes.discard(made)
    return made


@unlisted
class Notebook(KeyringBackend):
    """A back end that works."""

    priority = 1.0

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.pages.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.pages[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.pages[service, username]


@unlisted
class PlainNotebook(Notebook):
    """One that keeps its pages in a file, as those of keyrings.alt do."""


PlainNotebook.__module__ = "keyrings.alt.file"


@unlisted
class Broken(Notebook):
    """One whose every call fails in the same way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        raise self.error


@unlisted
class Chain(ChainerBackend):
    """A chain of these, as keyring makes one of all it finds."""

    def __init__(self, *backends: KeyringBackend) -> None:
        self.chained = list(backends)

    @property
    def backends(self) -> list[KeyringBackend]:
        return self.chained


def code_of(vault: SecretVault) -> str:
    with pytest.raises(SecretError) as error:
        vault.read("ews")
    return error.value.failure.code


def test_a_secret_is_kept_under_the_service_and_the_connection() -> None:
    notebook = Notebook()
    vault = Secrets(lambda: notebook)

    vault.write("ews", "geheim")

    assert notebook.pages == {("vfadmin", "ews"): "geheim"}
    assert vault.read("ews") == "geheim"


@pytest.mark.parametrize(
    "backend", [fail.Keyring(), null.Keyring(), PlainNotebook(), Chain(), Chain(PlainNotebook())]
)
def test_r27_nothing_but_a_real_keyring_is_used(
    backend: KeyringBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(BACKEND_VARIABLE, raising=False)
    vault = Secrets(lambda: backend)

    for call in (lambda: vault.read("ews"), lambda: vault.write("ews", "x"), lambda: vault.forget("ews")):
        with pytest.raises(SecretError) as error:
            call()
        assert error.value.failure.code == "VF-SECRET-01"


def test_a_file_is_used_only_where_the_environment_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlainNotebook()
    monkeypatch.setenv(BACKEND_VARIABLE, "keyrings.alt.file.PlaintextKeyring")

    Secrets(lambda: plain).write("ews", "chosen")

    assert plain.pages == {("vfadmin", "ews"): "chosen"}


def test_keyrings_own_choice_by_environment_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BACKEND_VARIABLE, "keyring.backends.null.Keyring")
    chosen = keyring.core.load_env()
    assert chosen is not None
    vault = Secrets(lambda: chosen)

    assert code_of(vault) == "VF-SECRET-03"
    vault.forget("ews")
    with pytest.raises(SecretError) as error:
        vault.write("ews", "x")
    assert error.value.failure.code == "VF-SECRET-01"


def test_a_chain_is_used_through_its_first_real_keyring() -> None:
    plain, real = PlainNotebook(), Notebook()

    Secrets(lambda: Chain(plain, real)).write("ews", "x")

    assert (plain.pages, real.pages) == ({}, {("vfadmin", "ews"): "x"})


class NotLockedException(Exception):
    """As a library beneath a back end may raise."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyringLocked(), "VF-SECRET-02"),
        (NotLockedException(), "VF-SECRET-02"),
        (NoKeyringError(), "VF-SECRET-01"),
        (InitError(), "VF-SECRET-01"),
        (RuntimeError("the password is hunter2"), "VF-SECRET-01"),
    ],
)
def test_whatever_a_keyring_raises_becomes_one_of_ours_without_its_text(error: Exception, code: str) -> None:
    with pytest.raises(SecretError) as found:
        Secrets(lambda: Broken(error)).read("ews")

    assert found.value.failure.code == code
    assert "hunter2" not in str(found.value.failure.params)
    assert found.value.__cause__ is None
    assert found.value.__suppress_context__


def test_forgetting_what_somebody_else_forgot_first_is_no_error() -> None:
    @unlisted
    class Racing(Notebook):
        def delete_password(self, service: str, username: str) -> None:
            super().delete_password(service, username)
            raise PasswordDeleteError

    racing = Racing()
    vault = Secrets(lambda: racing)
    vault.write("ews", "x")

    vault.forget("ews")

    assert racing.pages == {}


def test_the_memory_vault_keeps_the_same_promises() -> None:
    vault = MemorySecrets()

    assert code_of(vault) == "VF-SECRET-03"
    vault.write("ews", "x")
    assert vault.read("ews") == "x"
    vault.forget("ews")
    vault.forget("ews")
    assert code_of(vault) == "VF-SECRET-03"
