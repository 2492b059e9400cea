from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from vfadmin.calendars.ews.connection import API_LADDER, EwsConnection
from vfadmin.errors import CalendarError

GOOD = EwsConnection("own", "https://mail.example.com/ews/exchange.asmx", "EXAMPLE\\svc")


def test_a_good_one_says_where_it_leads() -> None:
    GOOD.check()
    assert (GOOD.host, GOOD.port) == ("mail.example.com", 443)
    assert replace(GOOD, url="https://mail.example.com:8443/ews/exchange.asmx").port == 8443


@pytest.mark.parametrize("version", ["2010", "2013", "2016", "2019", "online", "auto"])
def test_every_version_has_words_to_begin_with(version: Any) -> None:
    assert replace(GOOD, server_version=version).first_api in API_LADDER


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://mail.example.com/ews/exchange.asmx"),
        ("url", "mail.example.com"),
        ("url", "https:///ews/exchange.asmx"),
        ("url", "https://mail.example.com:port/"),
        ("url", "https://mail.example.com:99999/"),
        ("url", "https://mail..example.com/ews/exchange.asmx"),
        ("url", "https://.example.com/"),
        ("url", f"https://{'m' * 64}.example.com/"),
        ("account", "  "),
        ("auth", "digest"),
        ("server_version", "2007"),
    ],
)
def test_a_malformed_setting_is_named(field: str, value: Any) -> None:
    with pytest.raises(CalendarError) as wrong:
        replace(GOOD, **{field: value}).check()
    assert wrong.value.failure.code == "EX-CONN-10"
    assert wrong.value.failure.params == {"field": field, "value": value}


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(CalendarError) as wrong:
        replace(GOOD, url="https://svc:geheim@mail.example.com/ews/exchange.asmx").check()
    assert wrong.value.failure.params["value"] == "https://mail.example.com/ews/exchange.asmx"
