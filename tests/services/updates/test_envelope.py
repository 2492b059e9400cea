"""Only what one of the keys has signed is believed, to the last byte."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.updates.publishing import KEY, MANIFEST, OTHER_KEY, public, signed, word
from vfadmin.services.updates.envelope import (
    KIND,
    LARGEST,
    MalformedError,
    UntrustedError,
    opened,
    sealed,
    signed_bytes,
)
from vfadmin.services.updates.manifest import as_bytes

DOCUMENT = as_bytes(MANIFEST)


def test_what_is_signed_is_what_the_specification_says() -> None:
    example = signed_bytes(b"hello world", "http://example.com/HelloWorld")
    assert example == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@given(st.binary(max_size=300))
def test_what_was_signed_comes_out_as_it_went_in(document: bytes) -> None:
    assert opened(signed(document, KEY), [public()]) == document


def test_any_of_the_keys_may_have_signed_so_that_a_key_can_be_changed() -> None:
    both = [public(OTHER_KEY), public()]
    assert opened(signed(DOCUMENT, KEY), both) == DOCUMENT
    assert opened(signed(DOCUMENT, OTHER_KEY), both) == DOCUMENT
    assert opened(signed(DOCUMENT, OTHER_KEY, KEY), [public()]) == DOCUMENT


@pytest.mark.parametrize(
    "envelope",
    [
        signed(DOCUMENT, OTHER_KEY),
        signed(DOCUMENT),
        sealed(DOCUMENT, [("", KEY.sign(DOCUMENT))]),
        sealed(DOCUMENT, [("", KEY.sign(signed_bytes(DOCUMENT, "text/plain")))]),
        sealed(DOCUMENT, [("", KEY.sign(signed_bytes(DOCUMENT))[:-1])]),
        sealed(DOCUMENT + b" ", [("", KEY.sign(signed_bytes(DOCUMENT)))]),
        sealed(DOCUMENT.replace(b"1.4.0", b"9.9.9"), [("", KEY.sign(signed_bytes(DOCUMENT)))]),
    ],
    ids=["another's", "unsigned", "bare", "another kind", "cut off", "longer", "changed"],
)
def test_what_no_key_has_signed_is_not_believed(envelope: bytes) -> None:
    with pytest.raises(UntrustedError):
        opened(envelope, [public()])


def test_without_a_key_or_with_one_that_is_none_nothing_is_believed() -> None:
    for keys in ([], [b"short"], [bytes(32)]):
        with pytest.raises(UntrustedError):
            opened(word(), keys)


@given(st.data())
def test_no_other_byte_in_the_envelope_is_believed(data: st.DataObject) -> None:
    envelope = bytearray(word())
    at = data.draw(st.integers(0, len(envelope) - 1))
    envelope[at] = data.draw(st.integers(0, 255))
    with suppress(MalformedError, UntrustedError):  # a byte may say nothing, as in a blank
        assert opened(bytes(envelope), [public()]) == DOCUMENT


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_answers_is_refused_in_order(anything: bytes) -> None:
    with pytest.raises((MalformedError, UntrustedError)):
        opened(anything, [public()])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(KIND),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["payload", "payloadType", "signatures", "sig"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_json_answers_is_refused_in_order(anything: Any) -> None:
    with pytest.raises((MalformedError, UntrustedError)):
        opened(json.dumps(anything).encode(), [public()])


def broken(**other: object) -> bytes:
    return json.dumps({**json.loads(word()), **other}).encode()


@pytest.mark.parametrize(
    "envelope",
    [
        b"",
        b"\xff\xfe",
        b"<html>login</html>",
        b"[" * 60_000,
        b"9" * 60_000,
        b'"%s"' % KIND.encode(),
        word() + b" " * LARGEST,
        broken(payloadType="text/plain"),
        broken(payload=None),
        broken(payload="%%%"),
        broken(payload="Zm9v\u00e4"),
        broken(signatures="all"),
        broken(signatures=[{"sig": base64.b64encode(bytes(64)).decode()}] * 9),
        broken(signatures=[{"sig": 1}]),
    ],
)
def test_what_is_no_envelope_is_told_from_what_is_not_signed(envelope: bytes) -> None:
    with pytest.raises(MalformedError):
        opened(envelope, [public()])
