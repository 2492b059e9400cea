"""NTLM of the simulator against the examples and rules of MS-NLMP, and against a client that is not ours."""

from __future__ import annotations

import struct

import pytest
import spnego
from spnego.channel_bindings import GssChannelBindings

from vfadmin.simulator.call import Principal
from vfadmin.simulator.config import Protection
from vfadmin.simulator.md4 import md4
from vfadmin.simulator.ntlm import Known, NtlmHandshake, binding_hash, rc4, response_key

OURS = b"tls-server-end-point:" + bytes(range(32))
KNOWN = Known(Principal("EXAMPLE\\svc", is_service=True), "Kesä-2026!")


def answered(
    protection: Protection, sent: bytes | None, *, password: str = KNOWN.password, ours: bytes | None = OURS
) -> tuple[NtlmHandshake, bytes]:
    """A handshake up to the client's last message."""
    server = NtlmHandshake(lambda name: KNOWN if name.endswith("svc") else None, ours, protection)
    bindings = None if sent is None else GssChannelBindings(application_data=sent)
    options = spnego.NegotiateOptions.use_ntlm
    client = spnego.client(
        "EXAMPLE\\svc", password, protocol="ntlm", options=options, channel_bindings=bindings
    )
    challenge = server.step(client.step() or b"")
    return server, client.step(challenge) or b""


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"", "31d6cfe0d16ae931b73c59d7e0c089c0"),
        (b"abc", "a448017aaf21d8525fc10ae87aa6729d"),
        (b"1234567890" * 8, "e33b4ddc9c38f2199c3e7b164fcc0536"),
    ],
)
def test_md4_as_in_rfc_1320(text: bytes, digest: str) -> None:
    assert md4(text).hex() == digest


def test_the_key_of_an_answer_as_in_ms_nlmp_4_2_4() -> None:
    assert response_key("Password", "User", "Domain").hex() == "0c868a403bfd7a93a3001ef22ef02e3f"


def test_rc4_as_in_rfc_6229() -> None:
    assert rc4(bytes((1, 2, 3, 4, 5)), bytes(8)).hex() == "b2396305f03dc027"


@pytest.mark.parametrize(
    ("protection", "sent", "ours", "taken"),
    [
        ("require", OURS, OURS, True),
        ("require", None, OURS, False),
        ("require", b"tls-server-end-point:another", OURS, False),
        ("require", None, None, True),
        ("allow", None, OURS, True),
        ("allow", OURS, OURS, True),
        ("allow", b"tls-server-end-point:another", OURS, False),
        ("off", b"tls-server-end-point:another", OURS, True),
    ],
)
def test_extended_protection(
    protection: Protection, sent: bytes | None, ours: bytes | None, *, taken: bool
) -> None:
    server, answer = answered(protection, sent, ours=ours)
    if taken:
        assert server.step(answer) is None
        assert server.principal == KNOWN.principal
    else:
        with pytest.raises(PermissionError, match="another channel"):
            server.step(answer)
        assert server.principal is None


def test_the_binding_is_no_plain_hash() -> None:
    assert len(binding_hash(OURS)) == 16
    assert binding_hash(OURS) != binding_hash(OURS + b"x")


def test_another_password_is_refused() -> None:
    server, answer = answered("off", None, password="Talvi-2026!")
    with pytest.raises(PermissionError, match="another password"):
        server.step(answer)


def test_an_altered_message_is_refused() -> None:
    server, answer = answered("off", None)
    with pytest.raises(PermissionError, match="altered"):
        # The message integrity code itself, MS-NLMP 2.2.1.3.
        server.step(answer[:72] + bytes(16) + answer[88:])


def test_a_name_nobody_has_is_refused() -> None:
    server = NtlmHandshake(lambda _: None, None, "off")
    client = spnego.client("X\\y", "z", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
    challenge = server.step(client.step() or b"")
    with pytest.raises(PermissionError, match="unknown name"):
        server.step(client.step(challenge) or b"")


@pytest.mark.parametrize(
    "token",
    [
        b"",
        b"NTLMSSP\0",
        b"NTLMSSP\0" + struct.pack("<I", 3),
        b"NTLMSSP\0" + struct.pack("<I", 3) + bytes(100),
        b"NTLMSSP\0" + struct.pack("<I", 3) + b"\xff" * 100,
        b"NTLMSSP\0" + struct.pack("<I", 2) + bytes(100),
        b"\xff" * 40,
    ],
)
def test_what_is_no_answer_is_refused(token: bytes) -> None:
    server, _ = answered("off", None)
    with pytest.raises(PermissionError):
        server.step(token)


def test_an_answer_without_a_question_is_refused() -> None:
    _, answer = answered("off", None)
    with pytest.raises(PermissionError, match="out of turn"):
        NtlmHandshake(lambda _: KNOWN, None, "off").step(answer)
