"""The envelope of a signed document: DSSE 1.0, signed with Ed25519.

The format is that of https://github.com/secure-systems-lab/dsse (protocol.md, envelope.md): JSON with the
document and its signatures in base64. Signed are the exact bytes of the document with the name of its kind
before them, so that nothing else that was ever signed with a key passes for one of these. A key's id is a
hint in DSSE; here every key is tried.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

KIND = "application/vnd.vfadmin.update+json"
LARGEST = 65_536
"""Bytes of a whole envelope; a manifest has a few thousand."""
_MOST_SIGNATURES = 8
_SIGNATURE_BYTES = 64


class MalformedError(ValueError):
    """No envelope, or one of something else. Its text names the place, in letters of any language."""


class UntrustedError(ValueError):
    """An envelope that none of the keys has signed."""


def signed_bytes(document: bytes, kind: str = KIND) -> bytes:
    """What is signed of a document of that kind: DSSE's PAE."""
    named = kind.encode()
    return b"DSSEv1 %d %b %d %b" % (len(named), named, len(document), document)


def sealed(document: bytes, signatures: Sequence[tuple[str, bytes]]) -> bytes:
    """The envelope of a document with these signatures, each with the id of its key."""
    told = {
        "payloadType": KIND,
        "payload": base64.b64encode(document).decode(),
        "signatures": [{"keyid": key, "sig": base64.b64encode(one).decode()} for key, one in signatures],
    }
    return (json.dumps(told, indent=2) + "\n").encode()


def opened(envelope: bytes, keys: Sequence[bytes]) -> bytes:
    """The document, if one of the raw public keys has signed it.

    Raises MalformedError, and UntrustedError for a document that nobody who counts has signed.
    """
    document, signatures = _parts(envelope)
    said = signed_bytes(document)
    if any(_by(key, one, said) for key in keys for one in signatures):
        return document
    raise UntrustedError


def _by(key: bytes, signature: bytes, said: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - slow to load, rarely needed
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _parts(envelope: bytes) -> tuple[bytes, list[bytes]]:
    if len(envelope) > LARGEST:
        raise MalformedError(f"> {LARGEST} B")
    try:
        told: Any = json.loads(envelope.decode())
    except (ValueError, RecursionError) as broken:
        raise MalformedError("JSON") from broken
    if not isinstance(told, dict) or told.get("payloadType") != KIND:
        raise MalformedError("payloadType")
    signatures = told.get("signatures")
    if not isinstance(signatures, list) or len(signatures) > _MOST_SIGNATURES:
        raise MalformedError("signatures")
    found = [_bytes(one.get("sig")) for one in signatures if isinstance(one, dict)]
    return _bytes(told.get("payload")), [one for one in found if len(one) == _SIGNATURE_BYTES]


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise MalformedError("base64")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise MalformedError("base64") from broken
