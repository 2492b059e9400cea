"""``--self-test`` as a command; the checks themselves are in tests/selftest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.errors import failure
from vfadmin.selftest.examine import Examined, Verdict
from vfadmin.settings import Language

WELL = Examined("files", Verdict.OK, "messages", 0.1)
ABSENT = Examined("keyring", Verdict.ABSENT, "VF-SECRET-01", 0.1, failure("VF-SECRET-01", backend="x"))
BROKEN = Examined("modules", Verdict.FAILED, "ImportError: lxml", 0.1)


def called(home: Path, *found: Examined, words: tuple[str, ...] = (), lang: str = "en") -> int:
    def checks(_lang: Language) -> Iterator[Examined]:
        yield from found

    wiring = replace(wire(), self_test=checks)
    return run(["--home", str(home), "--lang", lang, "--self-test", *words], wiring)


def test_only_a_broken_part_is_code_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(home, WELL, ABSENT) == 0
    assert "whole" in capsys.readouterr().out
    assert called(home, WELL, BROKEN) == 1
    said = capsys.readouterr().out
    assert "modules: failed (ImportError: lxml" in said
    assert str(home / "logs" / "vfadmin.log") in said


@pytest.mark.parametrize(("lang", "word"), [("fi", "täällä"), ("en", "not here")])
def test_what_is_absent_is_told_with_its_remedy(
    home: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    assert called(home, ABSENT, lang=lang) == 0
    said = capsys.readouterr().out
    assert word in said
    assert "Secret Service" in said


def test_json_is_one_document(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(home, WELL, BROKEN, words=("--json",)) == 1
    assert json.loads(capsys.readouterr().out) == {
        "ok": False,
        "checks": [
            {"check": "files", "verdict": "ok", "detail": "messages", "seconds": 0.1},
            {"check": "modules", "verdict": "failed", "detail": "ImportError: lxml", "seconds": 0.1},
        ],
    }


def test_json_alone_still_asks_for_nothing(cli: Cli) -> None:
    answer = cli("--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "VF-USAGE-01")
    assert "--json" in answer.json["error"]["message"]
