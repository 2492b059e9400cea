"""The log: there when something was said, readable by its owner alone, and free of secrets (R27)."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from vfadmin.logfile import LOG_NAME, Scrubber, logging_to


def test_without_a_word_there_is_no_file(tmp_path: Path) -> None:
    with logging_to(tmp_path / "home", "info", Scrubber()):
        logging.getLogger("vfadmin.quiet").debug("not told at this level")
    assert not (tmp_path / "home").exists()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with logging_to(tmp_path, "info", Scrubber()):
        logging.getLogger("vfadmin.test").info("hei")
    path = tmp_path / LOG_NAME
    assert path.read_text(encoding="utf-8").endswith("vfadmin.test: hei\n")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.expected_log("careful")
def test_other_libraries_are_heard_from_warning_up(tmp_path: Path) -> None:
    with logging_to(tmp_path, "debug", Scrubber()):
        logging.getLogger("somelibrary").info("chatter")
        logging.getLogger("somelibrary").warning("careful")
    text = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "careful" in text
    assert "chatter" not in text


@pytest.mark.expected_log("failed")
def test_a_known_secret_never_reaches_the_file_not_in_a_traceback_either(tmp_path: Path) -> None:
    scrubber = Scrubber()
    scrubber.learn("Kesä 2026!")
    scrubber.learn("")
    with logging_to(tmp_path, "info", scrubber):
        error = ValueError("sign-in with Kesä 2026! failed")
        logging.getLogger("vfadmin.test").error("failed", exc_info=error)
    text = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "Kesä 2026!" not in text
    assert "ValueError: sign-in with *** failed" in text


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Authorization: Basic c3ZjOng=", "Authorization: ***"),
        ("{'password': 'abc', 'user': 'x'}", "{'password': '***', 'user': 'x'}"),
        ("client_secret=abc&x=1", "client_secret=***&x=1"),
        ("secret=abc&x=1", "secret=***&x=1"),
        ("postgresql+psycopg://svc:abc@db/vf", "postgresql+psycopg://svc:***@db/vf"),
        ("https://mail.example/ews", "https://mail.example/ews"),
    ],
)
def test_what_is_written_like_a_secret_is_taken_out(line: str, clean: str) -> None:
    assert Scrubber().clean(line) == clean


def test_a_home_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with logging_to(tmp_path / "file" / "home", "info", Scrubber()):
        logging.getLogger("vfadmin.test").info("hei")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"
