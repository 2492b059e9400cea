"""The manifest of a release is made, signed and believed; nothing is signed that would not be."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.packaging.outside import HERE, module_of_packaging
from vfadmin import __version__
from vfadmin.services.updates.envelope import opened
from vfadmin.services.updates.manifest import Installer, parsed
from vfadmin.services.updates.publisher import Publisher, PublisherError
from vfadmin.services.updates.publisher import parsed as parsed_publisher

PASSPHRASE = "pitkä salasana"
PAGE = "https://vfadmin.esim.example/lataa"
WORDS = ("--page", PAGE, "--fi", "Uutta.", "--en", "News.")
Run = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    return module_of_packaging("manifest")


@pytest.fixture
def told(tmp_path: Path) -> dict[str, str]:
    """The environment of whoever releases."""
    return {"VFADMIN_UPDATE_KEY": str(tmp_path / "avain.pem"), "VFADMIN_UPDATE_PASSPHRASE": PASSPHRASE}


@pytest.fixture
def release(command: ModuleType, told: dict[str, str], tmp_path: Path) -> Run:
    """Make the manifest of an installer."""
    built = tmp_path / "vfadmin-setup.exe"
    built.write_bytes(b"asennus")

    def run(*words: str, **other: str) -> int:
        out = ("--out", str(tmp_path / "out" / "update.json"))
        return int(command.main([*out, str(built), *(words or WORDS)], {**told, **other}))

    return run


def made_key(command: ModuleType, told: dict[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    """Make a key; its public half as it is printed."""
    assert command.main(["--new-key"], told) == 0
    return capsys.readouterr().out.split("VFADMIN_UPDATE_KEYS=")[1].strip()


def test_what_is_made_is_believed_by_a_program_with_the_printed_key(
    command: ModuleType,
    told: dict[str, str],
    release: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = made_key(command, told, capsys)
    publisher = parsed_publisher(json.dumps({"keys": [printed], "url": ""}))
    assert release(VFADMIN_UPDATE_KEYS=printed) == 0
    said = capsys.readouterr()
    assert __version__ in said.out
    envelope = (tmp_path / "out" / "update.json").read_bytes()
    found = parsed(opened(envelope, publisher.keys))
    digest = hashlib.sha256(b"asennus").hexdigest()
    assert (str(found.version), found.page, found.notes) == (
        __version__,
        PAGE,
        {"fi": "Uutta.", "en": "News."},
    )
    assert found.files == (Installer("vfadmin-setup.exe", 7, digest),)
    assert (found.valid_until - found.published).days == 180
    assert PASSPHRASE not in said.out + said.err + envelope.decode()


@pytest.mark.skipif(os.name == "nt", reason="a mode is POSIX's")
def test_the_key_is_its_owners_alone_locked_and_never_overwritten(
    command: ModuleType, told: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    made_key(command, told, capsys)
    path = Path(told["VFADMIN_UPDATE_KEY"])
    before = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in before
    assert command.main(["--new-key"], told) == 1
    assert "there already" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_passphrase_is_asked_for_twice_where_none_is_told(
    command: ModuleType,
    told: dict[str, str],
    release: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del told["VFADMIN_UPDATE_PASSPHRASE"]
    answers = iter([PASSPHRASE, "toinen salasana", PASSPHRASE, PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda _asked: next(answers))
    assert command.main(["--new-key"], told) == 1
    assert "two different" in capsys.readouterr().err
    made_key(command, told, capsys)
    assert release() == 0
    assert list(answers) == []


@pytest.mark.parametrize("passphrase", ["", "lyhyt"])
def test_a_key_is_not_made_without_a_passphrase_worth_the_name(
    command: ModuleType, told: dict[str, str], capsys: pytest.CaptureFixture[str], passphrase: str
) -> None:
    assert command.main(["--new-key"], told | {"VFADMIN_UPDATE_PASSPHRASE": passphrase}) == 1
    assert "12 characters" in capsys.readouterr().err
    assert not Path(told["VFADMIN_UPDATE_KEY"]).exists()


def pem(key: object, passphrase: str | None) -> bytes:
    assert hasattr(key, "private_bytes")
    locked = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase.encode())
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    return made


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no key", "passphrase is another"),
        (pem(Ed25519PrivateKey.generate(), "another one"), "passphrase is another"),
        (pem(Ed25519PrivateKey.generate(), None), "passphrase is another"),
        (pem(generate_private_key(SECP256R1()), PASSPHRASE), "another kind"),
        (None, "avain.pem"),
    ],
)
def test_nothing_is_signed_with_a_key_that_is_none(
    release: Run,
    told: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    reason: str,
) -> None:
    if content is not None:
        Path(told["VFADMIN_UPDATE_KEY"]).write_bytes(content)
    assert release() == 1
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--page", "http://vfadmin.esim.example/"), "https"),
        (("--page", PAGE, "--fi", "x" * 3000), "long"),
        (("--page", PAGE, "--days", "0"), "never valid"),
        (("--page", PAGE, "--days", "9999999"), "out of range"),
    ],
)
def test_nothing_is_signed_that_a_program_would_refuse(
    command: ModuleType,
    told: dict[str, str],
    release: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    reason: str,
) -> None:
    made_key(command, told, capsys)
    assert release(*words) == 1
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_is_signed_that_no_built_program_would_believe(
    command: ModuleType, told: dict[str, str], release: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    first = made_key(command, told, capsys)
    Path(told["VFADMIN_UPDATE_KEY"]).unlink()
    second = made_key(command, told, capsys)
    assert release(VFADMIN_UPDATE_KEYS=first) == 1
    assert "no program would believe it" in capsys.readouterr().err
    assert release(VFADMIN_UPDATE_KEYS=f"{first} {second}") == 0


def test_an_installer_that_is_not_there_is_named(
    command: ModuleType, told: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_key(command, told, capsys)
    assert command.main([*WORDS, str(tmp_path / "puuttuu.exe")], told) == 1
    assert "puuttuu.exe" in capsys.readouterr().err


def test_the_command_is_found_where_it_lies_and_names_what_is_missing(told: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "manifest.py"), *WORDS, str(HERE / "manifest.py")],
        env={name: value for name, value in os.environ.items() if name not in told},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "VFADMIN_UPDATE_KEY names no file of a key\n")


def test_a_build_takes_its_publisher_from_the_environment(tmp_path: Path, told: dict[str, str]) -> None:
    publisher = module_of_packaging("publisher")
    key = "A" * 43 + "="
    keys = {"VFADMIN_UPDATE_KEYS": f"{key} {key}", "VFADMIN_UPDATE_URL": f"{PAGE}/update.json"}
    (made,) = publisher.publisher_files(tmp_path / "made", keys)
    assert parsed_publisher(made.read_text(encoding="utf-8")) == Publisher(
        (bytes(32),) * 2, f"{PAGE}/update.json"
    )
    assert publisher.told({**keys, **told}) == keys
    assert publisher.publisher_files(tmp_path / "none", told) == []
    assert not (tmp_path / "none").exists()
    for wrong in ({"VFADMIN_UPDATE_KEYS": "key"}, {**keys, "VFADMIN_UPDATE_URL": "http://esim.example/"}):
        with pytest.raises(PublisherError):
            publisher.publisher_of(wrong)
