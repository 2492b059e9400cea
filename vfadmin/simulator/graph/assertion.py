"""Client assertions ("Microsoft identity platform application authentication certificate credentials")."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from vfadmin.simulator.graph.aadsts import EntraError
from vfadmin.simulator.graph.tokens import decode_part

_LEEWAY_S = 300


class Certificates:
    """The certificates registered for the application, found by either thumbprint."""

    def __init__(self) -> None:
        self._by_thumbprint: dict[bytes, x509.Certificate] = {}

    def register(self, pem: bytes) -> None:
        """Register a public certificate (PEM); ValueError where it is none, or has no RSA key."""
        certificate = x509.load_pem_x509_certificate(pem)
        if not isinstance(certificate.public_key(), rsa.RSAPublicKey):
            raise ValueError("the certificate of an application needs an RSA key")  # noqa: TRY004 (of a file)
        der = certificate.public_bytes(serialization.Encoding.DER)
        # SHA-1 is what x5t is made of; nothing is protected by it.
        for digest in (hashlib.sha1(der, usedforsecurity=False), hashlib.sha256(der)):
            self._by_thumbprint[digest.digest()] = certificate

    def verify(self, assertion: str, client_id: str, audiences: tuple[str, ...], now: datetime) -> None:
        """Check an assertion; AADSTS700027 (or its kin) says what is wrong with it."""
        head, claims, signed, signature = _parts(assertion)
        certificate = self._signer(head)
        _check_signature(certificate, head, signed, signature)
        _check_claims(claims, client_id, audiences, now)
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if not begins <= now < ends:
            raise EntraError(
                700027,
                "The certificate with identifier used to sign the client assertion is expired on the "
                "application.",
            )

    def _signer(self, head: dict[str, Any]) -> x509.Certificate:
        for name in ("x5t#S256", "x5t", "kid"):
            text = head.get(name)
            if not isinstance(text, str):
                continue
            try:
                wanted = bytes.fromhex(text) if name == "kid" else decode_part(text)
            except ValueError:
                continue
            if wanted in self._by_thumbprint:
                return self._by_thumbprint[wanted]
        raise EntraError(
            700027,
            "The certificate with identifier used to sign the client assertion is not registered on "
            "application. [Reason - The key was not found.]",
        )


def _parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    head, _, rest = assertion.partition(".")
    claims, _, signature = rest.partition(".")
    try:
        given = _object(head), _object(claims), decode_part(signature)
    except ValueError:
        raise EntraError(50027, "JWT token is invalid or malformed.", status=401) from None
    return given[0], given[1], f"{head}.{claims}".encode(), given[2]


def _object(part: str) -> dict[str, Any]:
    value = json.loads(decode_part(part))
    if not isinstance(value, dict):
        raise ValueError(part)  # noqa: TRY004 (of a token, not of a caller)
    return value


def _check_signature(
    certificate: x509.Certificate, head: dict[str, Any], signed: bytes, signature: bytes
) -> None:
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)  # noqa: S101 (checked as it was registered)
    paddings: dict[object, padding.AsymmetricPadding] = {
        "RS256": padding.PKCS1v15(),
        "PS256": padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH),
    }
    chosen = paddings.get(head.get("alg"))
    refused = EntraError(
        700027,
        "Client assertion failed signature validation. [Reason - The key used is found, but the signature is "
        "invalid.]",
    )
    if chosen is None:
        raise refused
    try:
        key.verify(signature, signed, chosen, hashes.SHA256())
    except InvalidSignature:
        raise refused from None


def _check_claims(claims: dict[str, Any], client_id: str, audiences: tuple[str, ...], now: datetime) -> None:
    moment = now.timestamp()
    audience = claims.get("aud")
    given = audience if isinstance(audience, list) else [audience]
    if not any(hmac.compare_digest(str(one).rstrip("/"), wanted) for one in given for wanted in audiences):
        raise EntraError(700023, "Client assertion audience claim does not match Realm issuer.", status=401)
    if str(claims.get("iss")).lower() != client_id or str(claims.get("sub")).lower() != client_id:
        raise EntraError(
            700021, "Client assertion application identifier doesn't match 'client_id'.", status=401
        )
    expires, begins = claims.get("exp"), claims.get("nbf", moment)
    if not isinstance(expires, (int, float)) or not isinstance(begins, (int, float)):
        raise EntraError(50027, "JWT token is invalid or malformed.", status=401)
    if not begins - _LEEWAY_S <= moment < expires + _LEEWAY_S:
        raise EntraError(700024, "Client assertion is not within its valid time range.", status=401)
