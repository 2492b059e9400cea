from __future__ import annotations

import pytest

from tests.cli.conftest import Cli, KeyringInMemory

WORDS = ["connection", "set", "--protocol", "ews", "--url", "https://mail.esim.example/EWS/Exchange.asmx"]


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r27_the_keyring_holds_none_afterwards(cli: Cli, keys: KeyringInMemory, lang: str) -> None:
    set_up = cli(*WORDS, "--account", "ESIM\\palvelu", "--auth", "ntlm", "--secret-stdin", stdin="salainen\n")
    assert (set_up.code, set_up.err) == (0, "")
    assert list(keys.kept.values()) == ["salainen"]

    answer = cli("forget-secrets", lang=lang)

    assert answer.code == 0
    assert "ews" in answer.out
    assert keys.kept == {}
    assert cli("forget-secrets", "--json").json == {"names": ["alert-mail", "alert-webhook", "ews"]}
