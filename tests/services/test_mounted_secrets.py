"""Secrets of workers on servers: files that somebody else provides (R27)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from vfadmin.errors import SecretError
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.mounted_secrets import MOUNTED, SYSTEMD, ServerSecrets

SECRET = "Kesä-2026!"
POSIX_ONLY = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such workers and takes no file"
)


def put(
    folder: Path, content: bytes = SECRET.encode(), mode: int = 0o400, name: str = "vfadmin-graph"
) -> Path:
    path = folder / name
    path.write_bytes(content)
    path.chmod(mode)
    return path


def vault(folder: Path, variable: str = MOUNTED) -> ServerSecrets:
    keyring = MemorySecrets()
    keyring.write("graph", "from the keyring")
    return ServerSecrets(keyring, {variable: str(folder)})


def code_of(vault: ServerSecrets) -> str:
    with pytest.raises(SecretError) as error:
        vault.read("graph")
    assert SECRET not in repr(error.value.failure)
    return error.value.failure.code


@POSIX_ONLY
@pytest.mark.parametrize("variable", [SYSTEMD, MOUNTED])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_r27_a_file_only_its_owner_may_read_holds_the_secret(
    tmp_path: Path, variable: str, end: bytes
) -> None:
    path = put(tmp_path, SECRET.encode() + end)

    assert vault(tmp_path, variable).read("graph") == SECRET
    assert path.read_bytes() == SECRET.encode() + end


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420, 0o600 | 0o001])
def test_r27_a_file_that_others_may_read_is_refused_and_not_gone_around(tmp_path: Path, mode: int) -> None:
    put(tmp_path, mode=mode)

    assert code_of(vault(tmp_path)) == "VF-SECRET-04"


@POSIX_ONLY
def test_r27_a_credential_of_systemd_shows_its_access_list_as_the_groups_right(tmp_path: Path) -> None:
    put(tmp_path, mode=0o440)
    assert vault(tmp_path, SYSTEMD).read("graph") == SECRET
    os.chmod(tmp_path / "vfadmin-graph", 0o444)  # noqa: PTH101 - said as an admin would
    assert code_of(vault(tmp_path, SYSTEMD)) == "VF-SECRET-04"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"two\nlines", b"a\x00b", "ä".encode("latin-1"), b"x" * 70_000]
)
def test_r27_what_is_no_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, content)

    assert code_of(vault(tmp_path)) == "VF-SECRET-04"


@POSIX_ONLY
def test_r27_a_link_that_leads_nowhere_or_to_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vfadmin-graph").symlink_to(tmp_path / "gone")
    assert code_of(vault(tmp_path)) == "VF-SECRET-04"
    (tmp_path / "gone").mkdir(mode=0o700)
    assert code_of(vault(tmp_path)) == "VF-SECRET-04"


@POSIX_ONLY
def test_r27_a_container_mounts_by_links(tmp_path: Path) -> None:
    real = put(tmp_path, name="data")
    (tmp_path / "vfadmin-graph").symlink_to(real)

    assert vault(tmp_path).read("graph") == SECRET


def test_r27_without_a_file_the_keyring_is_asked(tmp_path: Path) -> None:
    secrets = vault(tmp_path)

    assert secrets.read("graph") == "from the keyring"
    secrets.write("graph", "another")
    assert secrets.read("graph") == "another"
    secrets.forget("graph")
    assert code_of(secrets) == "VF-SECRET-03"
    assert list(tmp_path.iterdir()) == []


@POSIX_ONLY
def test_r27_a_file_is_never_written_or_removed(tmp_path: Path) -> None:
    path, secrets = put(tmp_path), vault(tmp_path)

    with pytest.raises(SecretError) as error:
        secrets.write("graph", "another")
    secrets.forget("graph")

    assert error.value.failure.code == "VF-SECRET-05"
    assert path.read_bytes() == SECRET.encode()
    path.unlink()
    assert secrets.read("graph") == "from the keyring"


@POSIX_ONLY
def test_r27_a_file_that_was_replaced_counts_at_once(tmp_path: Path) -> None:
    path, secrets = put(tmp_path), vault(tmp_path)
    assert secrets.read("graph") == SECRET
    path.unlink()
    put(tmp_path, b"rotated")

    assert secrets.read("graph") == "rotated"


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the file says who may read it")
def test_r27_on_windows_no_file_is_taken(tmp_path: Path) -> None:
    put(tmp_path)

    assert code_of(vault(tmp_path)) == "VF-SECRET-04"
