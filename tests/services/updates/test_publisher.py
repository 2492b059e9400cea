"""Whose word counts is what the build says, and nothing else."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest

from tests.services.updates.publishing import OTHER_KEY, public
from vfadmin import assets
from vfadmin.services.updates.publisher import (
    ASSET,
    LEFT_OFF,
    Publisher,
    PublisherError,
    built_in,
    parsed,
    written,
)

URL = "https://vfadmin.esim.example/update.json"
BOTH = Publisher((public(), public(OTHER_KEY)), URL)


def test_a_checkout_knows_no_publisher() -> None:
    assert built_in() == Publisher()


@pytest.mark.parametrize("publisher", [BOTH, Publisher((public(),))])
def test_what_a_build_writes_the_program_reads(publisher: Publisher) -> None:
    assert parsed(written(publisher)) == publisher


@pytest.mark.parametrize("frozen", [True, False])
def test_what_was_left_off_when_it_was_installed_is_beside_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    place = tmp_path / "resources" / ASSET
    place.parent.mkdir(parents=True)
    place.write_text(written(BOTH), encoding="utf-8")
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "vfadmin")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "vfadmin.exe"))
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert built_in() == BOTH
    (tmp_path / LEFT_OFF).touch()
    assert built_in() == Publisher(BOTH.keys, URL, left_off=frozen)


KEY = base64.b64encode(public()).decode()


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"keys": []},
        {"keys": [KEY] * 9},
        {"keys": [KEY[:-4]]},
        {"keys": ["%%"]},
        {"keys": [1]},
        {"keys": [KEY], "url": "http://vfadmin.esim.example/"},
        {"keys": [KEY], "url": None},
    ],
)
def test_a_build_that_was_put_together_wrongly_is_refused(told: object) -> None:
    with pytest.raises(PublisherError):
        parsed(json.dumps(told))


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(PublisherError):
        parsed("keys: none")
