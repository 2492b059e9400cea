from __future__ import annotations

from pathlib import Path

import pytest

from vfadmin.errors import StoreError, failure
from vfadmin.selftest.examine import AbsentError, Verdict, examine


def test_every_step_is_taken_whatever_became_of_the_ones_before_it() -> None:
    def broken(_folder: Path) -> str:
        raise StoreError(failure("VF-STORE-04"))

    def absent(_folder: Path) -> str:
        raise AbsentError(failure("VF-SECRET-01", backend="none"))

    told = {
        one.name: (one.verdict, one.detail, one.failure and one.failure.code)
        for one in examine({"first": broken, "second": absent, "third": lambda _folder: "well"})
    }
    assert told == {
        "first": (Verdict.FAILED, "VF-STORE-04", "VF-STORE-04"),
        "second": (Verdict.ABSENT, "VF-SECRET-01", "VF-SECRET-01"),
        "third": (Verdict.OK, "well", None),
    }


@pytest.mark.expected_log("self-test: part")
def test_what_nobody_foresaw_fails_the_check_and_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_folder: Path) -> str:
        raise ImportError("a library is missing")

    (done,) = examine({"part": broken})
    assert (done.verdict, done.detail) == (Verdict.FAILED, "ImportError: a library is missing")
    assert "Traceback" in caplog.text


def test_each_step_has_a_folder_of_its_own_which_goes_afterwards() -> None:
    given: list[Path] = []

    def look(folder: Path) -> str:
        given.append(folder)
        (folder / "left").write_text("behind", encoding="utf-8")
        return str(len(list(folder.iterdir())))

    assert [one.detail for one in examine({"one": look, "two": look})] == ["1", "1"]
    assert [folder.exists() for folder in given] == [False, False]
