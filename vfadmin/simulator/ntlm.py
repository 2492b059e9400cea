"""NTLM from the server's side, NTLMv2 only (MS-NLMP). Pure functions and one exchange's state.

Section numbers are those of [MS-NLMP]. What the server refuses it refuses with PermissionError, as one that
tells nobody whether it was the name, the password or the binding.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from vfadmin.simulator.call import Principal
from vfadmin.simulator.config import Protection
from vfadmin.simulator.md4 import md4

_SIGNATURE = b"NTLMSSP\0"
_NEGOTIATE, _CHALLENGE, _AUTHENTICATE = 1, 2, 3
_UNICODE, _SIGN, _SEAL, _KEY_EXCHANGE = 0x1, 0x10, 0x20, 0x40000000
_TARGET_INFO, _TARGET_DOMAIN, _ECHOED = 0x00800000, 0x00010000, 0xE2088237
"""2.2.2.5: the flags a server sets itself, and those of the client's that it may grant."""
_EOL, _NB_COMPUTER, _NB_DOMAIN, _DNS_COMPUTER, _DNS_DOMAIN, _FLAGS, _TIMESTAMP, _BINDINGS = (
    0, 1, 2, 3, 4, 6, 7, 10,
)  # fmt: skip
"""2.2.2.1: what an AV_PAIR is about."""
_HAS_MIC = 0x2
_MIC_AT, _HEAD = 72, 88
_PROOF, _TEMP_HEAD = 16, 28
_NO_BINDING = bytes(16)
_1601 = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """An account as the directory knows it."""

    principal: Principal
    password: str


class NtlmHandshake:
    """One exchange: negotiate, challenge, authenticate (3.2.5).

    ``binding`` is the channel's own, as RFC 5929 makes it; None where there is no TLS.
    """

    def __init__(
        self, account: Callable[[str], Known | None], binding: bytes | None, protection: Protection
    ) -> None:
        self._account, self._binding, self._protection = account, binding, protection
        self._nonce = secrets.token_bytes(8)
        self._said = b""
        self._principal: Principal | None = None

    @property
    def principal(self) -> Principal | None:
        """Who signed in, once complete."""
        return self._principal

    def step(self, token: bytes) -> bytes | None:
        """The challenge for a negotiate message, None for a good answer to it, else PermissionError."""
        try:
            kind = _kind(token)
            if kind == _NEGOTIATE and not self._said:
                challenge = challenge_message(token, self._nonce, datetime.now(UTC))
                self._said = token + challenge
                return challenge
            if kind != _AUTHENTICATE or not self._said:
                raise PermissionError("a message out of turn")
            self._principal = self._checked(Answer.read(token))
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise PermissionError("no message of NTLM") from error
        return None

    def _checked(self, answer: Answer) -> Principal:
        known = self._account(f"{answer.domain}\\{answer.user}" if answer.domain else answer.user)
        if known is None:
            raise PermissionError("an unknown name")
        key = response_key(known.password, answer.user, answer.domain)
        proof = _hmac(key, self._nonce + answer.temp)
        if not hmac.compare_digest(proof, answer.proof):
            raise PermissionError("another password")
        pairs = av_pairs(answer.temp[_TEMP_HEAD:])
        if struct.unpack("<I", pairs.get(_FLAGS, bytes(4)))[0] & _HAS_MIC:
            session = _session_key(answer, _hmac(key, proof))
            if not hmac.compare_digest(_hmac(session, self._said + answer.without_mic), answer.mic):
                raise PermissionError("messages that were altered on their way")
        self._check_binding(pairs.get(_BINDINGS, _NO_BINDING))
        return known.principal

    def _check_binding(self, told: bytes) -> None:
        """3.2.5.1.2: the hash of the client's channel against that of our own."""
        if self._binding is None or self._protection == "off":
            return
        if told == _NO_BINDING and self._protection == "allow":
            return
        if not hmac.compare_digest(told, binding_hash(self._binding)):
            raise PermissionError("bound to another channel")


@dataclass(frozen=True, slots=True)
class Answer:
    """An AUTHENTICATE_MESSAGE taken apart (2.2.1.3), with its NTLMv2_RESPONSE (2.2.2.8)."""

    domain: str
    user: str
    proof: bytes
    temp: bytes
    session_key: bytes
    flags: int
    mic: bytes
    without_mic: bytes

    @classmethod
    def read(cls, token: bytes) -> Answer:
        """The parts of the message. PermissionError for an answer older than NTLMv2, or for none."""
        flags = struct.unpack_from("<I", token, 60)[0]
        words = "utf-16-le" if flags & _UNICODE else "cp1252"
        response = _field(token, 20)
        if len(response) < _PROOF + _TEMP_HEAD:
            raise PermissionError("no answer of NTLMv2")
        return cls(
            domain=_field(token, 28).decode(words),
            user=_field(token, 36).decode(words),
            proof=response[:_PROOF],
            temp=response[_PROOF:],
            session_key=_field(token, 52),
            flags=flags,
            mic=token[_MIC_AT:_HEAD],
            without_mic=token[:_MIC_AT] + bytes(_HEAD - _MIC_AT) + token[_HEAD:],
        )


def challenge_message(negotiate: bytes, nonce: bytes, now: datetime) -> bytes:
    """The CHALLENGE_MESSAGE (2.2.1.2). With the time in it, a client must send a MIC (3.1.5.1.2)."""
    asked = struct.unpack_from("<I", negotiate, 12)[0]
    flags = (asked & _ECHOED) | _UNICODE | _TARGET_INFO | _TARGET_DOMAIN
    ticks = struct.pack("<Q", int((now - _1601).total_seconds() * 10_000_000))
    named = {_NB_DOMAIN: "EXAMPLE", _NB_COMPUTER: "MAIL", _DNS_DOMAIN: "example.test"} | {
        _DNS_COMPUTER: "mail.example.test"
    }
    pairs = [(kind, name.encode("utf-16-le")) for kind, name in named.items()]
    info = b"".join(
        struct.pack("<HH", kind, len(value)) + value
        for kind, value in (*pairs, (_TIMESTAMP, ticks), (_EOL, b""))
    )
    target = "EXAMPLE".encode("utf-16-le")
    start = 56
    return (
        struct.pack("<8sIHHII", _SIGNATURE, _CHALLENGE, len(target), len(target), start, flags)
        + nonce
        + bytes(8)
        + struct.pack("<HHI", len(info), len(info), start + len(target))
        + bytes((10, 0, 0x63, 0x45, 0, 0, 0, 15))
        + target
        + info
    )


def response_key(password: str, user: str, domain: str) -> bytes:
    """NTOWFv2 (3.3.2)."""
    return _hmac(md4(password.encode("utf-16-le")), (user.upper() + domain).encode("utf-16-le"))


def binding_hash(application_data: bytes) -> bytes:
    """MsvAvChannelBindings: MD5 of RFC 2744's structure with nothing but the application's data (2.2.2.1)."""
    structure = bytes(16) + struct.pack("<I", len(application_data)) + application_data
    return hashlib.md5(structure, usedforsecurity=False).digest()


def av_pairs(data: bytes) -> dict[int, bytes]:
    """A list of AV_PAIRs (2.2.2.1), up to its end."""
    found: dict[int, bytes] = {}
    at = 0
    while True:
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _EOL:
            return found
        found[kind] = data[at + 4 : at + 4 + length]
        at += 4 + length


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, with which the client's session key comes."""
    box = list(range(256))
    swap = 0
    for index in range(256):
        swap = (swap + box[index] + key[index % len(key)]) % 256
        box[index], box[swap] = box[swap], box[index]
    out = bytearray()
    first = second = 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        out.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(out)


def _session_key(answer: Answer, base: bytes) -> bytes:
    """ExportedSessionKey (3.1.5.1.2)."""
    exchanged = answer.flags & _KEY_EXCHANGE and answer.flags & (_SIGN | _SEAL)
    return rc4(base, answer.session_key) if exchanged else base


def _kind(token: bytes) -> int:
    signature, kind = struct.unpack_from("<8sI", token)
    return int(kind) if signature == _SIGNATURE else 0


def _field(token: bytes, at: int) -> bytes:
    length, _, offset = struct.unpack_from("<HHI", token, at)
    if offset + length > len(token):
        raise PermissionError("a message that is cut short")
    return token[offset : offset + length]


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, "md5").digest()
