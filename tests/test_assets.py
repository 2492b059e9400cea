from __future__ import annotations

from pathlib import Path

import pytest

from vfadmin import assets


def test_the_checkout_serves_its_own_resources() -> None:
    assert assets.asset_root() == Path(assets.__file__).resolve().parents[1] / "resources"
    assert assets.path("messages").is_dir()


def test_resources_inside_the_package_win_over_a_directory_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "vfadmin"
    (tmp_path / "resources").mkdir()
    (package / "_resources").mkdir(parents=True)

    assert assets._find_root(package) == package / "_resources"


def test_a_program_without_resources_says_that_it_is_incomplete(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="installation is incomplete"):
        assets._find_root(tmp_path / "vfadmin")


def test_text_is_read_as_utf8_whatever_the_system_thinks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "vfadmin"
    (package / "_resources" / "messages").mkdir(parents=True)
    (package / "_resources" / "messages" / "fi.json").write_bytes("häiriö".encode())
    monkeypatch.setattr(assets, "_PACKAGE", package)

    assert assets.read_text("messages/fi.json") == "häiriö"


def test_a_missing_asset_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="icons/no-such-icon"):
        assets.path("icons/no-such-icon.svg")


@pytest.mark.parametrize("name", ["", "..", "../pyproject.toml", "icons/../../README.md", "/etc/hostname"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name inside the assets"):
        assets.path(name)
