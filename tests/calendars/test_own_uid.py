from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.calendars.own_uid import is_own_uid


@given(st.uuids().map(str) | st.text())
def test_what_was_made_from_a_key_is_our_own(key: str) -> None:
    assert is_own_uid(uid_for(key))
    assert is_own_uid(uid_for(key).lower())


@pytest.mark.parametrize(
    "uid",
    [
        None,
        "",
        "a-plain-text@example.test",
        # Outlook's own, with its time of creation
        (
            "040000008200E00074C5B7101A82E0080000000060F3C7A5D1E0DC01000000000000000010000000"
            "5C0F2B6E7A1D4E4F9B1A2C3D4E5F6071"
        ),
        # an invitation from elsewhere, wrapped by Exchange (MS-OXCICAL 2.1.3.1.1.20.26)
        (
            "040000008200E00074C5B7101A82E008000000000000000000000000000000000000000029000000"
            "7643616C2D55696401000000616263406578616D706C652E7465737400"
        ),
    ],
)
def test_anybody_elses_is_not(uid: str | None) -> None:
    assert not is_own_uid(uid)
