"""The long run itself: it finds what is broken, says how to see it again, and goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import __main__ as soak
from tests.soak import shard
from tests.soak.ledger import Ledger, Plan
from tests.sync.ews_world import OutlookSide
from vfadmin.calendars.event import Event

PLAN = Plan(examples=25, steps=30, shard_size=10, first_seed=7)


def test_shards_hold_all_examples_with_a_seed_each() -> None:
    assert PLAN.shards() == {7: 10, 8: 10, 9: 5}


def test_a_soak_goes_on_where_it_stopped(tmp_path: Path) -> None:
    Ledger(tmp_path / "soak.json", PLAN).note(8, 12.34)
    again = Ledger(tmp_path / "soak.json", PLAN)
    assert again.left() == {7: 10, 9: 5}
    assert (again.examples_done(), again.done) == (10, {8: 12.3})


def test_another_plans_ledger_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "soak.json", PLAN).note(8, 12.34)
    with pytest.raises(ValueError, match=r"belongs to another soak"):
        Ledger(tmp_path / "soak.json", Plan(examples=25, steps=31, shard_size=10, first_seed=7))


def test_a_whole_small_soak_passes_and_leaves_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--examples", "2", "--steps", "6", "--shard-size", "1"]
    command += ["--ledger", str(tmp_path / "soak.json")]
    assert soak.main(command) == soak.PASSED
    assert "2 of 2 examples of 6 steps passed" in capsys.readouterr().out
    assert soak.main(command) == soak.PASSED
    assert capsys.readouterr().out.startswith("2 of 2 examples")  # no shard ran again


def test_no_shard_begins_after_the_minutes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--examples", "2", "--shard-size", "1", "--minutes", "0.0000001"]
    assert soak.main([*command, "--ledger", str(tmp_path / "soak.json")]) == soak.UNFINISHED
    assert "0 of 2 examples" in capsys.readouterr().out


def test_a_violation_is_told_with_its_smallest_story(monkeypatch: pytest.MonkeyPatch) -> None:
    def added(_user: OutlookSide, _event: Event) -> str:
        raise AssertionError("kesken")

    monkeypatch.setattr(OutlookSide, "add", added)
    with pytest.raises(AssertionError, match="kesken") as violated:
        shard.run(3, examples=40, steps=3, protocol="ews")
    steps = [line for line in "\n".join(violated.value.__notes__).splitlines() if line.startswith("state.s")]
    assert [step.split("(")[0] for step in steps] == ["state.start"]


def test_a_soak_compares_each_clean_cycle_with_its_dry_run_when_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--examples", "1", "--steps", "6", "--shard-size", "1", "--foretold"]
    assert soak.main([*command, "--ledger", str(tmp_path / "soak.json")]) == soak.PASSED
    assert "1 of 1 examples of 6 steps passed" in capsys.readouterr().out
