"""The home directory: made private, tried, and refused where a database would not survive."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from vfadmin.errors import StoreError
from vfadmin.models import home as home_module
from vfadmin.models.home import filesystem_type, is_network_type, prepare_home, refuse_network_share
from vfadmin.models.store import open_store

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
srv:/export /mnt/nfs nfs4 rw 0 0
//srv/share /mnt/oma\040levy cifs rw 0 0
admin@srv:/ /srv/t/ssh fuse.sshfs rw 0 0
/dev/sdb1 /srv/t/ssh/paikallinen ext4 rw 0 0
/dev/sdc1 /mnt/nfs2 xfs rw 0 0
first /vaihtuva ext4 rw 0 0
second /vaihtuva nfs rw 0 0
portal /run/user/0/doc fuse.portal rw 0 0
rikki
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/srv/t/vfadmin", "ext4", False),
        ("/mnt/nfs", "nfs4", True),
        ("/mnt/nfs/a/b", "nfs4", True),
        ("/mnt/nfs2/a", "xfs", False),
        ("/mnt/oma levy/a", "cifs", True),
        ("/srv/t/ssh/a", "fuse.sshfs", True),
        ("/srv/t/ssh/paikallinen/a", "ext4", False),
        ("/vaihtuva/a", "nfs", True),
        ("/run/user/0/doc/a", "fuse.portal", False),
    ],
)
def test_the_file_system_under_a_path(path: str, kind: str, *, network: bool) -> None:
    assert filesystem_type(PurePosixPath(path), MOUNTS) == kind
    assert is_network_type(kind) is network


def test_no_mount_above_is_no_network() -> None:
    assert filesystem_type(PurePosixPath("/a"), "") == ""
    assert is_network_type("") is False


def test_home_is_made_absolute_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = prepare_home(Path("a/b"))
    assert home == tmp_path / "a" / "b"
    assert home.is_dir()
    assert list(home.iterdir()) == []
    if sys.platform != "win32":
        assert home.stat().st_mode & 0o777 == 0o700


def test_an_existing_home_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("oma")
    assert prepare_home(tmp_path) == tmp_path
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_file_in_its_place_is_home_01(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("oma")
    for place in (tmp_path / "x", tmp_path / "x" / "y"):
        with pytest.raises(StoreError) as refused:
            prepare_home(place)
        assert refused.value.failure.code == "VF-HOME-01"
        assert refused.value.failure.params == {"path": str(place)}


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that refuses everybody")
def test_a_place_nobody_can_write_is_home_01() -> None:
    for place in (Path("/proc/self"), Path("/proc/vfadmin")):
        with pytest.raises(StoreError) as refused:
            prepare_home(place)
        assert refused.value.failure.code == "VF-HOME-01"


@pytest.mark.skipif(sys.platform == "win32", reason="mount tables are a POSIX matter")
def test_a_network_share_is_home_02_for_home_and_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    share = tmp_path / "jako"
    share.mkdir()
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nsrv:/x {share} nfs4 rw 0 0\n")
    monkeypatch.setattr(home_module, "_MOUNTS", table)
    (tmp_path / "linkki").symlink_to(share)
    for place in (share, share / "uusi", tmp_path / "linkki" / "uusi"):
        with pytest.raises(StoreError) as refused:
            prepare_home(place)
        assert refused.value.failure.code == "VF-HOME-02"
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///{share}/vfadmin.db")
    assert refused.value.failure.code == "VF-HOME-02"
    assert list(share.iterdir()) == []
    refuse_network_share(tmp_path)
    monkeypatch.setattr(home_module, "_MOUNTS", tmp_path / "puuttuu")
    refuse_network_share(share)
