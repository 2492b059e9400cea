"""The guide is true: its commands run, both languages say the same, what it names stands in the window."""

from __future__ import annotations

import io
import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bootstrap import COMMANDS
from tests.cli.conftest import KeyringInMemory, home, keys
from tests.command_lines import misunderstood
from tests.empty_database import put_empty_database
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.errors.texts import LANGUAGES
from vfadmin.guide import CHAPTERS, COVER, chapter
from vfadmin.models.base import Base
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.config import GraphConfig

__all__ = ["home", "keys"]

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(path.stem for path in (GUIDE / "fi").glob("*.md"))
RUN, SHOWN = "sh", ("text", "powershell")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_PLACE = re.compile(r"(?:\\ )?\\\(\\\{\w+\\\}\\\)")
_HOLE = re.compile(r"\\\{\w+\\\}|%n")


def text_of(name: str, lang: str) -> str:
    return (GUIDE / lang / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str, lang: str) -> list[tuple[str, list[str]]]:
    """The blocks of a page: the word after the fence, and the lines."""
    return [(tag, body.splitlines()) for tag, body in _BLOCK.findall(text_of(name, lang))]


# The commands


@dataclass
class Site:
    """An installation as the guide supposes it: persons from 1001 on, and a loopback Exchange."""

    folder: Path
    home: Path
    exchange: Simulator
    capsys: pytest.CaptureFixture[str]
    words: dict[str, str] = field(default_factory=dict)

    def call(self, *words: str) -> str:
        """Run it as somebody at a terminal does; what it printed."""
        self.capsys.readouterr()
        code = run(["--home", str(self.home), "--lang", "fi", *words], wire())
        printed = self.capsys.readouterr()
        assert code == 0, f"{shlex.join(words)}\n{printed.out}\n{printed.err}"
        return printed.out

    def line(self, line: str) -> None:
        """Run a line of the guide, with this server in the place of the one it names."""
        for written, meant in self.words.items():
            line = line.replace(written, meant)
        self.call(*shlex.split(line)[1:])
        if line.startswith("vfadmin template "):
            fill(self.folder / shlex.split(line)[-1])


def fill(path: Path) -> None:
    """Write a person into the empty list, as its reader does."""
    book = load_workbook(path)
    address = "uusi@esimerkki.fi"
    book.worksheets[0].append([1005, "Uusi Henkilö", address, "Esimerkki Oy", address])
    book.save(path)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


PEOPLE = {1001: "Aino Mäki", 1002: "Åke Öhman", 1003: "Eero Virta"}
ADDRESS, TENANT = "https://mail.esimerkki.fi/ews/exchange.asmx", "esimerkki.onmicrosoft.com"


@pytest.fixture
def exchange() -> Iterator[Simulator]:
    """The server of the guide's examples: EWS and Graph over the same mailboxes."""
    specs = tuple(MailboxSpec(f"{person}@esimerkki.fi") for person in PEOPLE)
    config = SimulatorConfig(
        mailboxes=specs,
        account="ESIMERKKI\\svc-vfadmin",
        protocol="both",
        graph=GraphConfig(domains=(TENANT, "esimerkki.fi")),
    )
    with Simulator(config) as running:
        yield running


@pytest.fixture
def site(
    tmp_path: Path,
    home: Path,
    keys: KeyringInMemory,
    exchange: Simulator,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """Three persons of whom one has an event and eight deletions that wait for a decision."""
    home.mkdir(mode=0o700)
    put_empty_database(home / "vfadmin.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("getpass.getpass", typed(exchange))
    assert exchange.ca_file is not None
    (tmp_path / "varmentaja.pem").write_bytes(exchange.ca_file.read_bytes())
    made = Site(tmp_path, home, exchange, capsys, replacements(exchange))
    for person, name in PEOPLE.items():
        words = ("--id", str(person), "--name", name, "--email", f"{person}@esimerkki.fi")
        made.call("person", "add", *words, "--company", "Esimerkki Oy", "--login", f"{person}@esimerkki.fi")
    made.line(f"vfadmin connection set --url {ADDRESS} --account 'ESIMERKKI\\svc-vfadmin' --auth ntlm")
    made.call("integration", "activate", "1001", "1002")
    deleted_in_outlook(made)
    assert keys.kept
    return made


def typed(exchange: Simulator) -> Callable[[str], str]:
    """What a person types who is asked for a secret."""
    return lambda asked: exchange.client_secret if "ovellu" in asked else exchange.password


def replacements(exchange: Simulator) -> dict[str, str]:
    """What the loopback server is called where the guide names the customer's."""
    trusted = f"--ca-file {exchange.ca_file}"
    graph = f"--tenant {TENANT} --url {exchange.graph_url} --authority {exchange.base_url} {trusted}"
    return {
        f"{ADDRESS} --ca-file varmentaja.pem": f"{exchange.ews_url} --ca-file varmentaja.pem",
        ADDRESS: f"{exchange.ews_url} {trusted}",
        f"--tenant {TENANT}": graph,
        "11111111-2222-3333-4444-555555555555": exchange.config.graph.client_id,
    }


def deleted_in_outlook(site: Site) -> None:
    """More deletions than go through by themselves, and one event that stays."""
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    outlook = site.exchange.outlook("1001@esimerkki.fi")
    made = [
        outlook.create(subject=f"Palaveri {hour}", start=start, end=start + timedelta(hours=1))
        for hour in range(9)
        for start in [begin + timedelta(hours=hour)]
    ]
    site.call("sync", "1001")
    for item in made[:8]:
        outlook.delete(item)
    site.call("sync", "1001")


@pytest.mark.sqlite
@pytest.mark.parametrize("name", [name for name in PAGES if any(tag == RUN for tag, _ in blocks(name, "fi"))])
def test_every_command_that_can_run_does(name: str, site: Site) -> None:
    lines = [line for tag, body in blocks(name, "fi") if tag == RUN for line in body]
    for line in lines:
        assert line.startswith("vfadmin "), "anything else is only shown"
        site.line(line)
    assert site.exchange.outbox == [], "nobody was sent mail"


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_ours_that_is_only_shown_is_one(name: str) -> None:
    lines = [line for tag, body in blocks(name, "fi") if tag != RUN for line in body]
    ours = [line for line in lines if line.startswith("vfadmin ")]
    begun = [line.split()[2] for line in lines if line.startswith("python bootstrap.py ")]

    assert [fault for line in ours if (fault := misunderstood(line))] == []
    assert set(begun) <= set(COMMANDS)


# The languages


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.stem for path in (GUIDE / "en").glob("*.md")) == PAGES
    assert {*PAGES} == CHAPTERS


def test_an_unknown_chapter_is_answered_with_the_cover() -> None:
    assert chapter("../../../README", "en") == chapter(COVER, "en") != chapter("start", "en")


def test_a_page_that_only_a_checkout_has_is_named_and_not_linked() -> None:
    told = chapter("operator", "en")

    assert "the store, roles" in told
    assert "STORE.md" not in told
    assert "(../../errors/en/index.md)" in chapter(COVER, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_is_spoken_of_where_data_protection_is(lang: str) -> None:
    assert {name for name in Base.metadata.tables if f"`{name}`" not in text_of("security", lang)} == set()


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_commands_and_parts(name: str) -> None:
    shown = [blocks(name, lang) for lang in LANGUAGES]
    said = [_BLOCK.sub("", text_of(name, lang)) for lang in LANGUAGES]
    parts = [re.findall(r"^(#+|-|\d+\.|\|)", one, re.MULTILINE) for one in said]
    links = [
        [target.partition("#")[0].replace(f"/{lang}/", "/") for target in links_of(name, lang)]
        for lang in LANGUAGES
    ]

    assert shown[0] == shown[1]
    assert {tag for tag, _ in shown[0]} <= {RUN, *SHOWN}
    assert parts[0] == parts[1]
    assert links[0] == links[1]


# What stands in the window


@cache
def window_texts(lang: str) -> re.Pattern[str]:
    """What the window says, as one pattern; the number in brackets at the end of a button may be left out.

    English stands in the program itself, and only its plurals in a file.
    """
    said = set[str]()
    for source, forms in translated(lang):
        said |= {re.escape(one.replace("&", "")) for one in forms or [source] if one}
    if lang == "en":
        said |= {re.escape(source.replace("&", "")) for source, _ in translated("fi")}
    said |= {_PLACE.sub("", one).removesuffix("…") for one in said}
    return re.compile("|".join(_HOLE.sub(r"\\S+", one) for one in sorted(said)))


def translated(lang: str) -> Iterator[tuple[str, list[str]]]:
    """Each text of the window's file for that language: as the program has it, and what it becomes."""
    root = ET.parse(ROOT / "resources" / "translations" / f"vfadmin_{lang}.ts").getroot()  # noqa: S314 - ours
    for message in root.iter("message"):
        told = message.find("translation")
        forms = [] if told is None else [told, *told.iter("numerusform")]
        yield message.findtext("source", ""), [text for one in forms if (text := (one.text or "").strip())]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_said_to_stand_in_the_window_does(name: str, lang: str) -> None:
    named = {" ".join(one.split()) for one in _BOLD.findall(_BLOCK.sub("", text_of(name, lang)))}

    assert sorted(one for one in named if not window_texts(lang).fullmatch(one)) == []


def links_of(name: str, lang: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", _BLOCK.sub("", text_of(name, lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str, lang: str) -> None:
    paths = {target.partition("#")[0] for target in links_of(name, lang)}

    assert {path for path in paths if path and not (GUIDE / lang / path).is_file()} == set()
