"""The upgrade in the trial: a former version at work against a server, the new one over it, and nothing lost.

Released versions are tried with ``--former``. Without one a former version is made up of today's program: an
older number, a file that went since, and a database that is taken back to the former revision.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
import winebox
from installed import CREDENTIALS, RUN_KEY, UNINSTALL_KEY, Exercise, want
from kept import Rows, lost_between, rows_of
from windows import PROGRAM, WORK, pack
from winebox import ROOT, say

from vfadmin import __version__

MADE_UP = "0.0.1"
_STALE = "of-a-former-version.txt"
_PEOPLE = {"Åke Öhman": "person1", "Aino Mäki": "person2", "Väinö Yrjölä": "person3"}
_DOMAIN = "example.test"
_SECONDS_TO_WORK = 10


def upgrade(run: Exercise) -> None:
    """Over a former version with live data: all of it is there, a copy was kept, the password is known."""
    former = run.former or _made_up()
    with _server() as server:
        run.setup("/AUTOSTART", installer=former)
        version = _shown(run)
        want(version not in {"", __version__}, f"{former.name} is version {version!r}")
        said = run.registry(CREDENTIALS)
        _work(run, server)
        kept = run.registry(CREDENTIALS)
        want(kept != said and "vfadmin" in kept, "the former version keeps no password")
        revision = _settled(run)
        before = rows_of(run.home / "vfadmin.db")
        began = time.monotonic()
        run.setup()
        run.figures["upgrade_s"] = round(time.monotonic() - began, 1)
        want(_shown(run) == __version__, f"it is still version {_shown(run)}")
        want(not list(run.installed.rglob(_STALE)), "a file of the former version is still there")
        want("vfadmin.exe" in run.registry(RUN_KEY), "the upgrade took the start with the session away")
        _compare(run, revision, before)
        want(run.registry(CREDENTIALS) == kept, "the Credential Manager has changed")
        _go_on(run, server)
    run.uninstall("/REMOVEDATA", "/REMOVESECRETS")
    want(not run.left(), f"left: {run.left()[:20]}")
    say(f"upgraded from {version}, its database from revision {revision}")


def _made_up() -> Path:
    """The installer of a former version, out of today's program."""
    say("making up a former version")
    program, made = WORK / "former", WORK / f"vfadmin-{MADE_UP}-setup.exe"
    shutil.rmtree(program, ignore_errors=True)
    shutil.copytree(PROGRAM, program, copy_function=os.link)
    (program / "_internal" / _STALE).write_text("stale", encoding="utf-8")
    pack(program, made, MADE_UP, quickly=True)
    return made


def _shown(run: Exercise) -> str:
    """The version Windows lists."""
    lines = run.registry(rf"HKCU\{UNINSTALL_KEY}").splitlines()
    return next((line.split()[-1] for line in lines if "DisplayVersion" in line), "")


@contextmanager
def _server() -> Iterator[Mapping[str, Any]]:
    """An Exchange of our simulator's, on this machine and outside Wine; as it introduces itself."""
    words = ["-m", "vfadmin", "simulator", "serve", "--mailboxes", str(len(_PEOPLE))]
    with subprocess.Popen([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - it is asked for above
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def _work(run: Exercise, server: Mapping[str, Any]) -> None:
    """People, a connection, events and a sync, by what is installed."""
    words = [
        "--protocol",
        "ews",
        "--url",
        server["ews_url"],
        "--account",
        server["account"],
        "--auth",
        "ntlm",
    ]
    authority = ["--ca-file", run.box.windows_path(Path(server["ca_file"]))]
    run.answer("connection", "set", *words, *authority, "--secret-stdin", typed=f"{server['password']}\n")
    rows = [f"{name};{login}@{_DOMAIN};Esimerkki Oy;EXAMPLE\\{login}" for name, login in _PEOPLE.items()]
    listed = run.box.drive / "henkilöt.csv"
    listed.write_text("\n".join(["Nimi;Sähköposti;Yritys;Tunnus", *rows]) + "\n", encoding="utf-8")
    try:
        loaded = run.answer("import", r"C:\henkilöt.csv", "--activate")
    finally:
        listed.unlink()
    want(loaded["activated"] == len(_PEOPLE), f"the list was loaded thus: {loaded}")
    day = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    for number, person in enumerate(run.answer("person", "list"), start=1):
        begins = day + timedelta(days=number)
        times = ["--start", f"{begins:%Y-%m-%dT%H:%M}", "--end", f"{begins:%Y-%m-%dT10:%M}"]
        run.answer(
            "event",
            "add",
            "--person",
            str(person["id"]),
            "--title",
            f"Työmatka Äänekoskelle {number}",
            *times,
        )
    want(_moved(run) == len(_PEOPLE), "the former version does not synchronise")


def _moved(run: Exercise) -> int:
    """How many events a round moved; every mailbox has to be well."""
    done = run.answer("sync")
    rows = done["mailboxes"]
    want(len(rows) == len(_PEOPLE) and all(row["ok"] for row in rows), f"the sync ends {done}")
    return sum(row["pulled"] + row["pushed"] + row["deleted"] for row in rows)


def _settled(run: Exercise) -> str:
    """The revision of the former version's database; today's is taken back to the one before it."""
    back = (
        "import sys\n"
        "from vfadmin.models import migrate, schema\n"
        "from vfadmin.models.store import open_store\n"
        "store = open_store(sys.argv[1], upgrade=False)\n"
        "with store.rebuild() as connection:\n"
        "    found = schema.revision(connection)\n"
        "    if found == schema.newest():\n"
        "        found = schema.REVISIONS[-2]\n"
        "        migrate.downgrade_schema(connection, found)\n"
        "store.close(); open(sys.argv[2], 'w').write(found)\n"
    )
    said = WORK / "revision"
    winebox.checked(sys.executable, "-c", back, f"sqlite:///{run.home / 'vfadmin.db'}", str(said))
    return said.read_text(encoding="utf-8")


def _compare(run: Exercise, revision: str, before: Rows) -> None:
    """All rows are there, in the database and in the copy of the former one."""
    copies = list(run.home.glob(f"vfadmin-before-*-was-{revision}.db"))
    want(len(copies) == 1, f"of the former database there are {len(copies)} copies")
    lost = lost_between(before, rows_of(run.home / "vfadmin.db"))
    want(not lost, f"lost by the upgrade: {lost[:5]}")
    copied = rows_of(copies[0])
    want(copied == before, "the copy is not what the database was")
    run.figures["upgraded_rows"] = sum(rows.total() for _, rows in before.values())
    checked = run.answer("db", "check")
    want(checked["ok"], f"the database after the upgrade: {checked}")


def _go_on(run: Exercise, server: Mapping[str, Any]) -> None:
    """The new version knows everybody, signs in with the password that was kept, and finds nothing to do."""
    listed = {one["name"]: one for one in run.answer("person", "list")}
    want(listed.keys() == _PEOPLE.keys(), f"after the upgrade there are {sorted(listed)}")
    want(run.answer("connection", "show")["secret_stored"], "the password is not known any more")
    want(_moved(run) == 0, "the first round after the upgrade moves something")
    run.show("upgraded", ["--lang", "fi"], settle=_SECONDS_TO_WORK)
    want(_moved(run) == 0, "the window after the upgrade has moved something")
    sent = _outbox(server)
    want(sent == [], f"mails were sent: {sent}")


def _outbox(server: Mapping[str, Any]) -> object:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{server['control_url']}/outbox", verify=server["ca_file"], timeout=30).json()
