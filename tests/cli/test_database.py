"""``db``: what is said of the database, and a backup's way there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.stores import POSTGRESQL, SQLITE, STORES
from vfadmin.models import schema
from vfadmin.models.migrate import downgrade_schema
from vfadmin.models.store import open_store

pytestmark = pytest.mark.sqlite


def test_a_new_database_is_made_and_sound(cli: Cli, home: Path) -> None:
    made = cli("db", "upgrade", "--json")
    assert made.code == 0, made.err
    assert made.json == {
        "database": f"sqlite:///{home / 'vfadmin.db'}",
        "before": None,
        "after": schema.newest(),
    }
    assert "up to date" in cli("db", "upgrade").out
    checked = cli("db", "check", "--json").json
    assert (checked["ok"], checked["problems"]) == (True, [])
    assert "kunnossa" in cli("db", "check", lang="fi").out


def test_an_old_database_is_told_with_exit_1_and_upgraded(cli: Cli, home: Path) -> None:
    assert cli("db", "upgrade").code == 0
    store = open_store(f"sqlite:///{home / 'vfadmin.db'}")
    with store.rebuild() as connection:
        downgrade_schema(connection, "0003")
    store.close()
    checked = cli("db", "check", "--json")
    assert checked.code == 1
    assert checked.json["problems"] == [{"check": "revision", "detail": "0003"}]
    assert "vfadmin db upgrade" in cli("db", "check").out
    assert cli("db", "upgrade", "--json").json["before"] == "0003"
    assert cli("db", "check").code == 0


@pytest.mark.usefixtures("people")
def test_a_backup_goes_there_and_back(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "kopio.zip"
    backed_up = cli("db", "backup", str(file), "--json").json
    assert backed_up["file"] == str(file)
    again = cli("db", "backup", str(file))
    assert (again.code, "--overwrite" in again.err) == (2, True)
    added = ("--name", "Uusi", "--email", "uusi@esim.example", "--company", "Esimerkki Oy")
    assert cli("person", "add", *added).code == 0
    refused = cli("db", "restore", str(file))
    assert (refused.code, "VF-BACKUP-03" in refused.err) == (2, True)
    assert len(cli("person", "list", "--json").json) == 5
    restored = cli("db", "restore", str(file), "--replace", "--json").json
    assert restored["rows"] == backed_up["rows"]
    assert len(cli("person", "list", "--json").json) == 4


@pytest.mark.usefixtures("people")
def test_everything_moves_to_a_shared_database(cli: Cli, tmp_path: Path) -> None:
    with STORES.using(POSTGRESQL):
        target, other = STORES.url(tmp_path / "shared"), STORES.url(tmp_path / "other")
        STORES.kind = SQLITE  # what has no address of its own stays in its file
        _move(cli, target, other)


def _move(cli: Cli, target: str, other: str) -> None:
    moved = cli("db", "move", "--to", target, "--json")
    assert moved.code == 0, moved.err
    here, there = cli("person", "list", "--json"), cli("--database", target, "person", "list", "--json")
    assert here.json == there.json
    assert len(there.json) == 4
    assert "VFADMIN_DATABASE" in cli("db", "move", "--to", other).out
