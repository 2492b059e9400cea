from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.errors import UsageError
from vfadmin.models.people import login_key
from vfadmin.services.logins import LOGIN_LIMIT, LoginForm, checked_login, form_of, is_address, malformed

ADDRESSES = st.from_regex(
    r"[a-z0-9åäö]{1,20}([._'+-][a-z0-9]{1,8}){0,3}@([a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}\.){1,3}[a-z]{2,6}",
    fullmatch=True,
)
ACCOUNTS = st.from_regex(r"[A-Z][A-Z0-9-]{0,12}[A-Z0-9]\\[a-zåäö0-9$_-]{1,20}", fullmatch=True)


@pytest.mark.parametrize(
    ("login", "form"),
    [
        ("matti.meikalainen@yritys.fi", LoginForm.ADDRESS),
        ("äiti@ääkköset.fi", LoginForm.ADDRESS),
        ("o'brien+x@sub.firma.co", LoginForm.ADDRESS),
        ("FIRMA\\matti", LoginForm.DOMAIN_USER),
        ("firma.local\\matti.m", LoginForm.DOMAIN_USER),
        ("F\\m", LoginForm.DOMAIN_USER),
        ("matti", None),
        ("", None),
        ("matti@firma", None),
        ("a@b@firma.fi", None),
        (".matti@firma.fi", None),
        ("matti.@firma.fi", None),
        ("ma..tti@firma.fi", None),
        ("matti@-firma.fi", None),
        ("matti@firma..fi", None),
        ("x" * 65 + "@firma.fi", None),
        ("matti meikalainen@firma.fi", None),
        ("FIRMA\\matti m", None),
        ("FIRMA\\\\matti", None),
        ("\\matti", None),
        ("FIRMA\\", None),
        ("FIRMA\\matti.", None),
        ("FIRMA\\matti@firma.fi", None),
        ("FIRMA/matti", None),
        ("matti\u200b@firma.fi", None),
        ("matti\u202e@firma.fi", None),
    ],
)
def test_r6_a_login_is_an_address_or_a_name_in_a_domain(login: str, form: LoginForm | None) -> None:
    assert form_of(login) == form


@given(st.one_of(ADDRESSES, ACCOUNTS), st.sampled_from(["", " ", "\t", "\xa0", "\n"]))
def test_a_good_login_is_taken_whatever_blank_was_pasted_around_it(login: str, blank: str) -> None:
    assert checked_login(f"{blank}{login}{blank}") == checked_login(login)
    assert login_key(checked_login(login)) == login_key(checked_login(login).upper())


@given(st.text(max_size=400))
def test_any_text_is_judged_and_what_passes_is_clean(text: str) -> None:
    found: UsageError | None = None
    login = ""
    try:
        login = checked_login(text)
    except UsageError as error:
        found = error

    if found is not None:
        assert found.failure.code == "VF-LOGIN-02"
        assert str(found.failure.params["login"]).isprintable()
        return
    assert login.isprintable()
    assert 3 <= len(login) <= LOGIN_LIMIT
    assert not any(char.isspace() for char in login)
    assert checked_login(login) == login


@given(ADDRESSES)
def test_an_address_with_a_blank_inside_is_none(address: str) -> None:
    local, _, domain = address.partition("@")

    assert not is_address(f"{local} @{domain}")
    assert not is_address(f"{local}@ {domain}")


def test_what_a_message_shows_of_a_login_is_short_and_harmless() -> None:
    assert malformed("a\n\x1b[31m" + "b" * 500).params["login"] == "a\ufffd\ufffd[31m" + "b" * 73
