"""One file for support, with no secret and no event's text in any byte of it (R28, R31)."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from tests.services.test_synchronise import Site, simulator, site
from tests.strategies import NOW
from vfadmin.errors import UsageError
from vfadmin.logfile import Scrubber, logging_to
from vfadmin.models import Integration, Pair
from vfadmin.services.connections import Connections
from vfadmin.services.diagnosis import Diagnosis
from vfadmin.services.progress import Progress

__all__ = ["simulator", "site"]
START = NOW + timedelta(days=1)
MEMBERS = {
    "report.html",
    "about.json",
    "versions.json",
    "settings.json",
    "connections.json",
    "checks.json",
    "state.json",
    "runs.json",
    "plan.json",
    "log.txt",
}
TEXTS = {
    "title": "Kanarialintu-otsikko",
    "location": "Kanarialintu-paikka",
    "text": "Kanarialintu-teksti\nja 'toinen\\rivi'-kanaria",
}
OUTLOOKS, CAUGHT, QUOTED = "Outlook-kanaria", "Poikkeuskanaria", "Lainattu-kanaria"
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJrYW5hcmlhIjoxfQ.c2lnbmF0dXJl"
BEARER, CLIENT_SECRET = "bearer-kanaria-1", "client-secret-kanaria"


def diagnosed(site: Site, path: Path, lang: str = "en", **more: Any) -> dict[str, bytes]:
    done: Diagnosis = site.services.diagnoses.write(1, path, lang, **more)
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert set(members) == set(done.members) == MEMBERS
    return members


def document(members: dict[str, bytes], name: str) -> Any:
    return json.loads(members[f"{name}.json"])


def add(site: Site, **texts: Any) -> int:
    end = START + timedelta(hours=1)
    return site.services.events.add(
        {"owner": 1, "start": START.isoformat(), "end": end.isoformat(), **texts}
    ).id


def log_canaries(home: Path, site: Site) -> None:
    """What a careless line might say, without the scrubber that knows the secrets."""
    own, foreign = logging.getLogger("vfadmin.sync.cycle"), logging.getLogger("some.library")
    with logging_to(home, "info", Scrubber()):
        own.warning("wrote %s to %s", TEXTS["title"], TEXTS["location"])
        own.warning("wrote %r", TEXTS["text"])
        own.warning("wrote '%s' and %s", QUOTED, site.simulator.password)
        own.warning("client_secret=%s Authorization: Bearer %s got %s", CLIENT_SECRET, BEARER, TOKEN)
        foreign.warning("<t:Subject>%s</t:Subject>", OUTLOOKS)
        own.error("unforeseen fault while synchronising person %s", 1, exc_info=ValueError(CAUGHT))


@pytest.mark.expected_log("wrote ")
@pytest.mark.expected_log("client_secret=")
@pytest.mark.expected_log("t:Subject")
@pytest.mark.expected_log("unforeseen fault while synchronising person 1")
def test_no_byte_of_any_member_holds_a_secret_or_an_event_s_text_r31(site: Site, tmp_path: Path) -> None:
    item = add(site, **TEXTS)
    site.synchronise.run([1])
    site.services.events.edit(item, {"location": "Kanarialintu-muualla"})
    add(site, title="Kanarialintu-salainen", private=True)
    site.simulator.outlook("anna@example.test").create(
        subject=OUTLOOKS, start=START, end=START + timedelta(hours=1)
    )
    with site.store.write() as session:
        session.execute(
            update(Pair).values(
                status="quarantined",
                error_code="EX-CONN-05",
                error_params={"host": TEXTS["title"]},
                next_try_at=NOW + timedelta(hours=1),
            )
        )
    log_canaries(tmp_path, site)
    members = diagnosed(site, tmp_path / "anna.zip")
    told = b"\n".join(members.values()).decode().casefold()
    assert "anaria" not in told
    assert "toinen" not in told
    assert site.simulator.password.casefold() not in told
    assert TOKEN.casefold() not in told
    assert "unforeseen fault while synchronising person 1" in told
    assert "valueerror" in told
    assert len(document(members, "plan")["differences"]) == 3


def test_everything_support_asks_for_is_in_it_r28(site: Site, tmp_path: Path) -> None:
    item = add(site, title="Palaveri")
    site.synchronise.run([1])
    site.services.events.edit(item, {"location": "Turku"})
    progress = Progress(0)
    members = diagnosed(site, tmp_path / "anna.zip", progress=progress)
    assert progress.done == progress.total
    assert document(members, "about") == {"person": 1, "at": NOW.isoformat(), "not_asked": None}
    assert document(members, "settings")["poll_seconds"] == 120
    assert document(members, "versions")["libraries"]["exchangelib"]
    (connection,) = document(members, "connections")
    assert (connection["name"], connection["secret_stored"]) == ("ews", True)
    assert {one["ok"] for one in document(members, "checks")} == {True}
    state = document(members, "state")
    assert (state["state"], state["pairs"], state["interrupted_writes"]) == ("active", {"ok": 1}, 0)
    assert state["read_so_far"] == ["exchange", "valueframe"]
    (run,) = document(members, "runs")
    assert [(one["side"], one["operation"]) for one in run["operations"]] == [("exchange", "create")]
    (row,) = document(members, "plan")["differences"]
    assert (row["fields"], row["resolution"], row["writes"][0]["side"]) == (["location"], "sync", "exchange")


class _Balance(HTMLParser):
    """Whether every element that was opened is closed, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["How it stands", "the next sync", "Exchange: changed Location (edited)", "Connection check"]),
        ("fi", ["Tilanne", "seuraava synkronointi", "Exchange: ", "Yhteyden tarkistus"]),
    ],
)
def test_a_human_reads_the_report_in_their_language(
    site: Site, tmp_path: Path, lang: str, words: list[str]
) -> None:
    item = add(site, title="Palaveri")
    site.synchronise.run([1])
    site.services.events.edit(item, {"location": "<b>Turku</b>"})
    page = diagnosed(site, tmp_path / "anna.zip", lang)["report.html"].decode()
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    told = " ".join(balance.text)
    assert [one for one in words if one not in told] == []
    assert "{" not in told.split("}")[-1]


def test_an_account_that_was_refused_is_not_tried_again(site: Site, tmp_path: Path) -> None:
    with site.store.write() as session:
        session.execute(
            update(Integration)
            .where(Integration.person_id == 1)
            .values(state="error", error_code="EX-AUTH-01", error_params={}, error_since=NOW)
        )
    before = len(site.simulator.requests)
    members = diagnosed(site, tmp_path / "anna.zip")
    assert len(site.simulator.requests) == before
    assert document(members, "about")["not_asked"] == "refused"
    assert (document(members, "checks"), document(members, "plan")) == ([], None)
    assert document(members, "state")["error"]["code"] == "EX-AUTH-01"
    assert "could lock the account" in members["report.html"].decode()


def test_after_a_refused_sign_in_nothing_more_is_asked(site: Site, tmp_path: Path) -> None:
    site.services.secrets.write("ews", "väärä salasana")
    members = diagnosed(site, tmp_path / "anna.zip")
    assert document(members, "about")["not_asked"] == "failed"
    assert document(members, "checks")[-1]["ok"] is False
    assert "väärä salasana" not in b"".join(members.values()).decode()


def test_a_missing_secret_is_a_step_that_failed(site: Site, tmp_path: Path) -> None:
    site.services.secrets.forget("ews")
    members = diagnosed(site, tmp_path / "anna.zip")
    assert document(members, "checks")[-1]["error"]["code"] == "VF-SECRET-03"


def test_an_exchange_that_does_not_answer_in_time_is_left_behind(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    answer = threading.Event()
    monkeypatch.setattr(Connections, "test", lambda *_, **__: answer.wait(30))
    try:
        members = diagnosed(site, tmp_path / "anna.zip", check_seconds=0.01)
    finally:
        answer.set()
    assert document(members, "about")["not_asked"] == "slow"


def test_a_person_without_a_login_or_connection_is_diagnosed_too(site: Site, tmp_path: Path) -> None:
    site.services.directory.add_person(name="Uusi", email="", company="Esimerkki", person_id=7)
    path = tmp_path / "uusi.zip"
    site.services.diagnoses.write(7, path)
    with ZipFile(path) as archive:
        assert json.loads(archive.read("about.json"))["not_asked"] == "no-login"
    site.services.connections.forget("ews")
    site.services.diagnoses.write(7, path, overwrite=True)
    with ZipFile(path) as archive:
        assert json.loads(archive.read("about.json"))["not_asked"] == "no-connection"


def test_several_mailboxes_of_one_cause_are_one_file_with_a_folder_for_each(
    site: Site, tmp_path: Path
) -> None:
    for number in (7, 8):
        site.services.directory.add_person(name=f"Uusi {number}", email="", person_id=number)
    progress = Progress(0)
    path = tmp_path / "syy.zip"
    done = site.services.diagnoses.write_many([7, 8], path, progress=progress)
    with ZipFile(path) as archive:
        assert set(archive.namelist()) == {f"{one}/{name}" for one in (7, 8) for name in MEMBERS}
        assert [json.loads(archive.read(f"{one}/about.json"))["person"] for one in (7, 8)] == [7, 8]
    assert set(done.members) == {f"{one}/{name}" for one in (7, 8) for name in MEMBERS}
    assert (progress.done, progress.total) == (6, 6)
    with pytest.raises(UsageError) as refused:
        site.services.diagnoses.write_many([7, 99], tmp_path / "x.zip")
    assert refused.value.failure.code == "VF-PERSON-01"
    assert not (tmp_path / "x.zip").exists()


def test_a_file_is_not_replaced_without_a_word_nor_left_half_written(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "anna.zip"
    path.write_text("tärkeä", encoding="utf-8")
    with pytest.raises(FileExistsError):
        site.services.diagnoses.write(1, path)
    assert path.read_text(encoding="utf-8") == "tärkeä"
    with pytest.raises(UsageError) as refused:
        site.services.diagnoses.write(1, tmp_path / "puuttuu" / "anna.zip")
    assert refused.value.failure.code == "VF-IMPORT-07"
    assert sorted(one.name for one in tmp_path.glob("*.zip")) == ["anna.zip"]
    assert list(tmp_path.glob(".*.part")) == []


def test_a_log_that_cannot_be_read_is_left_out(site: Site, tmp_path: Path) -> None:
    (tmp_path / "logs" / "vfadmin.log").mkdir(parents=True)
    assert diagnosed(site, tmp_path / "anna.zip")["log.txt"] == b"\n"


def test_an_unknown_person_is_refused(site: Site, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        site.services.diagnoses.write(99, tmp_path / "x.zip")
    assert refused.value.failure.code == "VF-PERSON-01"
