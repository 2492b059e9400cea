"""The demo's story, whole: what a stranger sees first, with every number counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def tell(tmp_path: Path, *words: str, lang: str = "fi") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("VFADMIN")}
    environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path))
    environ |= {"VFADMIN_HOME": str(tmp_path / "own"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "vfadmin", "--lang", lang, "demo", "--no-window", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environ,
        timeout=170,
        check=False,
    )


@pytest.mark.timeout(180)
def test_the_story_ends_with_equal_calendars_no_mail_and_a_quiet_sync(tmp_path: Path) -> None:
    """R1, R2, R6, R7, R9 (no mail), R12, R23, R24, R26.

    200 events on either side make 400; ten delete one and add one on each side, which stays 400; the one
    deleted in Outlook and edited in ValueFrame comes back, and the mailbox that stopped gets one more.
    """
    done = tell(tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {key: told[key] for key in told if key != "duration_s"} == {
        "equal": True,
        "mails_sent": 0,
        "writes_in_last_sync": 0,
        "persons": 40,
        "events": 401,
        "conflicts": 2,
    }
    assert told["duration_s"] > 0
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == [], "the throw-away home is gone, the user's own was not touched"


@pytest.mark.timeout(180)
def test_r3_the_whole_story_is_told_over_graph_too(tmp_path: Path) -> None:
    """As above, with the one impersonation account's role replaced by the application's policy."""
    done = tell(tmp_path, "--json", "--protocol", "graph")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {key: told[key] for key in told if key != "duration_s"} == {
        "equal": True,
        "mails_sent": 0,
        "writes_in_last_sync": 0,
        "persons": 40,
        "events": 401,
        "conflicts": 2,
    }
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(180)
def test_the_story_is_told_line_by_line_in_the_readers_language(tmp_path: Path) -> None:
    done = tell(tmp_path, "--persons", "12", lang="fi")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "12 henkilöä ja 3 resurssia 3 yhtiössä" in lines[2]
    assert lines[3].startswith("Taulukosta luettiin integraatiotunnukset: rivejä 7,")
    assert lines[3].endswith("päivitettyjä henkilöitä 6, hylättyjä rivejä 1.")
    assert lines[4] == "3 henkilöä aktivoitiin."
    assert lines[5] == "ValueFramessa odottaa 60 tapahtumaa, Outlookissa 60."
    assert lines[6] == "Ensimmäinen synkronointi: 60 tapahtumaa tuli Exchangesta, 60 vietiin sinne."
    assert "EX-IMP-01" in lines[9]
    assert lines[11] == "Kalenterit ovat kentälleen samat: 121 tapahtumaa, 3 postilaatikkoa."
    assert lines[12].startswith("Uusi synkronointi kirjoitti 0 kertaa; sähköposteja lähti 0.")
    assert len(lines) == 13
