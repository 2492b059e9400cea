"""``db``: what is said of the database, and a backup's way there and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, KeyringInMemory
from tests.postgresql import server
from tests.roles import LOGINS, as_user, make_login
from tests.stores import POSTGRESQL, SQLITE, STORES
from vfadmin.models import schema
from vfadmin.models.migrate import downgrade_schema
from vfadmin.models.roles import USUAL
from vfadmin.models.store import open_store

pytestmark = pytest.mark.sqlite


@pytest.fixture
def made_up_to_date() -> None:
    """Here the program makes its databases itself."""


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


@pytest.mark.sqlite
def test_the_script_of_the_roles_needs_no_database(cli: Cli) -> None:
    answer = cli("db", "roles", "--print", "--support-role", "oma_tuki")
    assert answer.code == 0, answer.err
    script = answer.out
    assert script.startswith("BEGIN;\n")
    assert script.endswith("COMMIT;\n")
    assert '"oma_tuki"' in script
    refused = cli("db", "roles", lang="fi")
    assert (refused.code, "VF-ROLE-05" in refused.err, "PostgreSQL" in refused.err) == (2, True, True)
    assert "VF-ROLE-07" in cli("db", "roles", "--admin-role", "pg_x").err


@pytest.fixture
def users(cli: Cli, home: Path, people: list[int]) -> dict[str, str]:
    """The address of a shared database with four persons, as it is given to each role."""
    assert people
    url = STORES.url(home / "vfadmin.db")
    assert cli("db", "roles", "--json").json["roles"]["support"] == "vfadmin_support"
    for role, login in LOGINS.items():
        make_login(login)
        server().sql(f'GRANT "{USUAL[role]}" TO "{login}"')
    return {str(role): as_user(url, login) for role, login in LOGINS.items()}


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("role", "words", "code"),
    [
        ("admin", ("module", "off"), "VF-ROLE-01"),
        ("worker", ("person", "add", "--name", "X", "--email", "x@y.fi", "--company", "Z"), "VF-ROLE-02"),
        ("admin", ("db", "roles"), "VF-ROLE-04"),
        ("support", ("db", "restore", "{file}", "--replace"), "VF-ROLE-04"),
    ],
)
def test_r14_r27_what_is_refused_says_whom_to_ask(
    cli: Cli, users: dict[str, str], tmp_path: Path, role: str, words: tuple[str, ...], code: str
) -> None:
    """In both languages, with nothing of the server's own words and no traceback."""
    file = tmp_path / "kopio.zip"
    if "{file}" in words:
        assert cli("db", "backup", str(file)).code == 0
    asked = {"VF-ROLE-01": ("tuen rooli", "role of support"), "VF-ROLE-04": ("omista", "owner")}
    fi, en = asked.get(code, ("pääkäyttäjän", "administrator"))
    for lang, word in (("fi", fi), ("en", en)):
        typed = [one.format(file=file) for one in words]
        answer = cli("--database", users[role], *typed, lang=lang)
        assert (answer.code, answer.out) == (1, "")
        assert code in answer.err
        assert word in answer.err
        assert not re.search("Traceback|permission denied|psycopg|42501", answer.err)


@pytest.mark.postgresql
def test_r27_an_account_is_set_by_whoever_has_supports_role(
    cli: Cli, users: dict[str, str], keys: KeyringInMemory
) -> None:
    words = ("--url", "https://mail.firma.fi/ews", "--account", "svc", "--auth", "basic", "--secret-stdin")
    refused = cli("--database", users["admin"], "connection", "set", *words, stdin="salaisuus", lang="fi")
    assert (refused.code, "VF-ROLE-01" in refused.err, keys.kept) == (1, True, {})
    assert cli("--database", users["support"], "connection", "set", *words, stdin="salaisuus").code == 0
    shown = cli("--database", users["admin"], "connection", "show", "--json").json
    assert shown["account"] == "svc"
    assert len(cli("--database", users["worker"], "person", "list", "--json").json) == 4


@pytest.mark.postgresql
def test_who_does_not_own_the_database_is_told_who_upgrades_it(
    cli: Cli, users: dict[str, str], home: Path
) -> None:
    with open_store(STORES.url(home / "vfadmin.db")).rebuild() as connection:
        downgrade_schema(connection, "0005")
    for words in (("person", "list"), ("db", "upgrade")):
        refused = cli("--database", users["admin"], *words, lang="fi")
        assert (refused.code, "VF-ROLE-04" in refused.err, "vfadmin db upgrade" in refused.err) == (
            1,
            True,
            True,
        )
    assert cli("db", "upgrade").code == 0
    assert cli("--database", users["admin"], "person", "list").code == 0
