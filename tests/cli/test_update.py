"""``update check`` (item 2 of issue I): what the publisher signed, told to a reader and to a script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.cli.conftest import Answer, Cli
from tests.clock import START, FakeClock
from tests.services.updates.conftest import shelf
from tests.services.updates.publishing import MANIFEST, OTHER_KEY, Shelf, public, word
from vfadmin import app
from vfadmin.app import Application, wire
from vfadmin.cli.main import run
from vfadmin.cli.wiring import Opened
from vfadmin.services.updates.notice import Updates
from vfadmin.services.updates.publisher import Publisher
from vfadmin.settings import ProgramSettings

__all__ = ["shelf"]


class Built:
    """The program as a publisher builds it."""

    def __init__(
        self, shelf: Shelf, clock: FakeClock, home: Path, capsys: pytest.CaptureFixture[str], runs: str
    ) -> None:
        self._publisher = Publisher((public(),), shelf.url)
        self._clock, self._home, self._capsys, self.runs = clock, home, capsys, runs

    def __call__(self, *words: str, lang: str = "en") -> Answer:
        self._capsys.readouterr()
        wiring = replace(wire(), open=self._open)
        code = run(["--home", str(self._home), "--lang", lang, *words], wiring)
        printed = self._capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    def _open(self, settings: ProgramSettings, face: str) -> Opened:
        opened: Application = app.open_application(settings, face=face)
        updates = Updates(
            opened.services.settings,
            settings.home,
            clock=self._clock,
            publisher=lambda: self._publisher,
            runs=self.runs,
        )
        opened.services = replace(opened.services, updates=updates)
        return cast("Opened", opened)


@pytest.fixture
def built(
    cli: Cli, shelf: Shelf, fake_clock: FakeClock, home: Path, capsys: pytest.CaptureFixture[str]
) -> Built:
    assert cli("settings", "get", "update_check").out == "yes\n"
    return Built(shelf, fake_clock, home, capsys, "1.3.2")


@pytest.mark.parametrize(("lang", "note"), [("fi", "Nopeampi haku."), ("en", "A faster search.")])
def test_a_reader_is_told_what_is_new_and_where_to_get_it(built: Built, lang: str, note: str) -> None:
    answer = built("update", "check", lang=lang)
    assert (answer.code, answer.err) == (0, "")
    for told in ("1.4.0", "1.3.2", note, MANIFEST.page, "vfadmin-1.4.0-setup.exe", "ab" * 32):
        assert told in answer.out


def test_a_script_is_told_the_same(built: Built) -> None:
    answer = built("update", "check", "--json")
    assert (answer.code, answer.json) == (
        0,
        {
            "runs": "1.3.2",
            "newest": "1.4.0",
            "newer": True,
            "published": START.isoformat(),
            "valid_until": MANIFEST.valid_until.isoformat(),
            "page": MANIFEST.page,
            "notes": "A faster search.\nFixes.",
            "files": [{"name": "vfadmin-1.4.0-setup.exe", "size": 45_300_000, "sha256": "ab" * 32}],
        },
    )


def test_without_notes_and_files_nothing_is_said_of_them(built: Built, shelf: Shelf) -> None:
    shelf.body = word(notes={"fi": "", "en": ""}, files=())
    answer = built("update", "check")
    assert answer.code == 0
    assert "SHA-256" not in answer.out
    assert "\n\n" not in answer.out


@pytest.mark.parametrize(
    ("runs", "told"),
    [("1.4.0", "vfadmin 1.4.0 is the newest version."), ("1.5.0", "1.5.0, which is in use, is newer.")],
)
def test_whoever_has_the_newest_or_a_newer_one_is_told_so(built: Built, runs: str, told: str) -> None:
    built.runs = runs
    answer = built("update", "check")
    assert answer.code == 0
    assert told in answer.out
    assert built("update", "check", "--json").json["newer"] is False


def test_a_refusal_is_told_with_what_to_do(built: Built, shelf: Shelf) -> None:
    shelf.body = word(OTHER_KEY)
    answer = built("update", "check", "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "VF-UPDATE-03"
    assert "VF-UPDATE-03" in answer.err


def test_what_is_switched_off_asks_nobody(built: Built, cli: Cli, shelf: Shelf) -> None:
    assert cli("settings", "set", "update_check", "off").code == 0
    assert "VF-UPDATE-07" in built("update", "check").err
    assert cli("settings", "set", "update_check", "on").code == 0
    assert cli("settings", "set", "update_url", "none").code == 0
    assert "VF-UPDATE-07" in built("update", "check").err
    assert shelf.asked == []


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_build_that_knows_no_publisher_says_so(cli: Cli, lang: str) -> None:
    answer = cli("update", "check", lang=lang)
    assert (answer.code, answer.out) == (1, "")
    assert "VF-UPDATE-01" in answer.err


def test_an_address_without_tls_is_refused(cli: Cli) -> None:
    refused = cli("settings", "set", "update_url", "http://vfadmin.esim.example/update.json")
    assert refused.code == 2
    assert "VF-SETTING-02" in refused.err
    assert cli("settings", "set", "update_url", "https://vfadmin.esim.example/update.json").code == 0
    assert cli("settings", "set", "update_url", "default", "--json").json == {"update_url": None}
