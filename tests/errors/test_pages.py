"""A help page for each code in both languages, made from the closed set where it can be (R28)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command_lines import misunderstood
from vfadmin import assets
from vfadmin.errors import CODES
from vfadmin.errors.pages import INDEX, commands, find, page, plain
from vfadmin.errors.pages.__main__ import main
from vfadmin.errors.pages.files import body_of, composed, outdated
from vfadmin.errors.pages.made import Circle, circle
from vfadmin.errors.texts import LANGUAGES, Lang, explain

WORDS = {lang: json.loads(assets.read_text(f"messages/pages.{lang}.json")) for lang in LANGUAGES}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with the real messages and no page at all."""
    (tmp_path / "resources").symlink_to(assets.asset_root())
    for lang in LANGUAGES:
        (tmp_path / "docs" / "errors" / lang).mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "vfadmin")
    return tmp_path / "docs" / "errors"


def test_r28_every_page_is_up_to_date_and_there_is_no_other() -> None:
    assert outdated() == [], "run python -m vfadmin.errors.pages update"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_r28_the_page_of_a_code_says_what_happened_and_all_that_follows(code: str, lang: Lang) -> None:
    shown, headings = page(code, lang), WORDS[lang]["headings"]
    said = plain(shown)
    told = explain(code, {}, lang)

    assert said.startswith(f"{code}: {told.message.removesuffix('.')}\n")
    assert told.remedy in said
    for part in ("concerns", "remedy", "meanwhile", "mended"):
        assert headings[part] in said
    assert "<!--" not in shown
    assert "**" not in said
    assert "(index.md)" in shown


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_is_written_by_hand_is_written_in_both_languages(code: str) -> None:
    bodies = {lang: body_of(assets.read_text(f"errors/{lang}/{code}.md")) for lang in LANGUAGES}
    counted = {
        lang: [body.count(sign) for sign in ("\n## ", "\n1. ", "\n2. ", "\n| ", "```")]
        for lang, body in bodies.items()
    }

    assert counted["fi"] == counted["en"]
    assert bool(bodies["fi"]) == bool(bodies["en"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_leads_to_every_page_and_says_what_is_seen(lang: Lang) -> None:
    listed = page(INDEX, lang)

    for code in CODES:
        assert f"[{code}]({code}.md)" in listed
        assert explain(code, {}, lang).message in plain(listed)


def test_an_unknown_code_is_answered_with_the_list() -> None:
    assert page("EX-NEW-01", "fi") == page(INDEX, "fi")
    assert page("../../README", "en") == page(INDEX, "en")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("EX-CONN-02", "EX-CONN-02"),
        (" ex conn 2 ", "EX-CONN-02"),
        ("exconn02", "EX-CONN-02"),
        ("EX\N{NON-BREAKING HYPHEN}CONN\N{NON-BREAKING HYPHEN}02", "EX-CONN-02"),
        ("EX-CONN-99", None),
        ("EX-CONN", None),
        ("", None),
    ],
)
def test_a_code_is_understood_as_it_is_told_on_the_telephone(said: str, meant: str | None) -> None:
    assert find(said) == meant


def test_every_circle_has_its_words_and_its_codes() -> None:
    for words in WORDS.values():
        assert {*words} == {*Circle, "headings", "families"}
        assert {*words["families"]} == {code.rpartition("-")[0] for code in CODES}
    assert {circle(code) for code in CODES} == set(Circle)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EX-AUTH-01", Circle.LOCKED),
        ("EX-BUSY-01", Circle.DELAYED),
        ("EX-BUSY-02", Circle.OUTAGE),
        ("EX-CONN-10", Circle.ASKED),
        ("EX-IMP-01", Circle.STOPPED),
        ("EX-ITEM-01", Circle.PASSING),
        ("EX-ITEM-03", Circle.EVENT),
        ("EX-MBX-07", Circle.STOPPED),
        ("EX-TLS-01", Circle.BROKEN),
        ("VF-LOGIN-03", Circle.ASKED),
        ("VF-STORE-01", Circle.STORE),
        ("VF-STORE-02", Circle.PROGRAM),
    ],
)
def test_whom_a_failure_concerns_follows_from_what_the_engine_does_with_it(
    code: str, expected: Circle
) -> None:
    assert circle(code) is expected


def test_commands_stand_indented_where_there_is_no_markdown() -> None:
    assert plain("# T\n\n**A:** `x`\\* [b](c.md)\n\n```\nvfadmin status\n```\n\n[all](index.md)\n") == (
        "T\n\nA: x* b\n\n    vfadmin status"
    )


def test_what_was_written_by_hand_stays_when_a_page_is_made_anew(elsewhere: Path) -> None:
    path = elsewhere / "fi" / "EX-MBX-05.md"
    assert main(["check"]) == 1
    assert main(["update"]) == 0
    path.write_text(composed("EX-MBX-05", "fi", "## Miksi\n\nKiintiö."), encoding="utf-8")
    assert main(["check"]) == 0

    path.write_text(path.read_text(encoding="utf-8").replace("täynnä", "pullollaan"), encoding="utf-8")
    (elsewhere / "en" / "EX-OLD-01.md").write_text("no code of ours", encoding="utf-8")
    assert outdated() == ["en/EX-OLD-01.md", "fi/EX-MBX-05.md"]
    assert main(["update"]) == 1, "a page without a code is taken away by hand"

    assert "täynnä" in path.read_text(encoding="utf-8")
    assert body_of(path.read_text(encoding="utf-8")) == "## Miksi\n\nKiintiö."


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "update|check" in capsys.readouterr().err


OURS = sorted(
    {
        line
        for lang in LANGUAGES
        for code in CODES
        for line in commands(page(code, lang))
        if line.startswith("vfadmin ")
    }
)


@pytest.mark.parametrize("line", OURS)
def test_r28_every_command_of_ours_that_can_be_copied_is_one(line: str) -> None:
    assert misunderstood(line) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_command_can_be_shown_as_one_line_of_code(code: str, lang: Lang) -> None:
    for line in commands(page(code, lang)):
        assert line.strip() == line != ""
        assert "`" not in line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_page_that_a_page_leads_to_exists(code: str, lang: Lang) -> None:
    named = re.findall(r"\]\(([^)]+)\)", page(code, lang))
    assert named
    assert all(target.removesuffix(".md") in {*CODES, INDEX} for target in named)
