"""``alerts``: who is told when something stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, KeyringInMemory
from tests.services.outside import Hook, running


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Hook]:
    server = Hook(tmp_path)
    with running(server):
        yield server


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_nobody_is_told_by_default(cli: Cli, lang: str) -> None:
    assert "vfadmin alerts set" in cli("alerts", "show", lang=lang).out
    assert cli("alerts", "test", lang=lang).code == 0
    assert cli("status", "--json").json["alerts"] == []


def test_r27_a_webhook_is_piped_in_kept_in_the_keyring_tried_and_taken_away(
    cli: Cli, keys: KeyringInMemory, hook: Hook
) -> None:
    words = ["--webhook-stdin", "--ca-file", hook.ca_file]
    shown = cli("alerts", "set", *words, "--json", stdin=f"{hook.url}\n")
    assert shown.json["webhook"] is True
    assert list(keys.kept.values()) == [hook.url]
    assert [one["ok"] for one in cli("alerts", "test", "--json").json["sent"]] == [True]
    assert hook.taken[0][1]["test"] is True
    hook.status = 500
    failed = cli("alerts", "test")
    assert failed.code == 1
    assert "VF-ALERT-03" in failed.err
    assert "s3kr1t" not in failed.out + failed.err + shown.out + cli("alerts", "show").out
    assert [one["channel"] for one in cli("status", "--json").json["alerts"]] == ["webhook"]
    assert cli("alerts", "off", "--json").json["webhook"] is False
    assert keys.kept == {}


def test_a_users_address_and_two_secrets_at_once_are_refused(
    cli: Cli, keys: KeyringInMemory, people: list[int]
) -> None:
    assert people
    words = ["--mail-server", "smtp.esim.example", "--mail-from", "vfadmin@esim.example"]
    refused = cli("alerts", "set", *words, "--mail-to", "ake@esim.example")
    assert refused.code == 2
    assert "VF-ALERT-02" in refused.err
    assert cli("alerts", "set", "--webhook-stdin", "--mail-password-stdin", stdin="x\n").code == 2
    answer = cli(
        *("alerts", "set", *words, "--mail-to", "it@esim.example", "--mail-account", "vf"),
        "--mail-password-stdin",
        stdin="salaisuus\n",
    )
    assert answer.code == 0
    assert "it@esim.example" in answer.out
    assert "salaisuus" not in answer.out
    assert list(keys.kept.values()) == ["salaisuus"]
