"""Access tokens: JWTs with the claims of an application's ("Access token claims reference", version 1.0).

Nobody but this server checks them, so they are signed with its own secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from vfadmin.simulator.graph.errors import GraphError

GRAPH_AUDIENCE = "https://graph.microsoft.com"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"


@dataclass(frozen=True, slots=True)
class Application:
    """Who is asking: the application's id, and the permissions it was granted."""

    client_id: str
    roles: frozenset[str]


def encode_part(value: bytes) -> str:
    """base64url without padding, as JWTs have it."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def decode_part(text: str) -> bytes:
    """The bytes of a part; ValueError where it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def issue(claims: dict[str, Any], secret: bytes) -> str:
    """A signed token."""
    head = {"typ": "JWT", "alg": "HS256", "kid": "simulator"}
    parts = ".".join(encode_part(json.dumps(part).encode()) for part in (head, claims))
    return f"{parts}.{encode_part(hmac.digest(secret, parts.encode(), hashlib.sha256))}"


def claims_of(
    application: Application, audience: str, tenant: str, now: datetime, lifetime_s: int, *, certified: bool
) -> dict[str, Any]:
    """The claims of an application's token."""
    issued = int(now.timestamp())
    oid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{tenant}/{application.client_id}"))
    return {
        "aud": audience,
        "iss": f"https://sts.windows.net/{tenant}/",
        "iat": issued,
        "nbf": issued,
        "exp": issued + lifetime_s,
        "app_displayname": "Simulated application",
        "appid": application.client_id,
        "appidacr": "2" if certified else "1",
        "idtyp": "app",
        "oid": oid,
        "roles": sorted(application.roles),
        "sub": oid,
        "tid": tenant,
        "uti": uuid.uuid4().hex,
        "ver": "1.0",
    }


def authenticate(header: str, secret: bytes, tenant: str, now: datetime) -> Application:
    """Who an Authorization header speaks for; InvalidAuthenticationToken says what is wrong with it."""
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unauthorized("Access token is empty.")
    parts = token.strip().split(".")
    if len(parts) != 3:  # noqa: PLR2004 (head, claims, signature)
        raise _unauthorized("IDX14100: JWT is not well formed, there are no dots (.).")
    claims = _signed(token.strip(), secret)
    moment = now.timestamp()
    if not claims["nbf"] - _LEEWAY_S <= moment < claims["exp"]:
        raise _unauthorized("Lifetime validation failed, the token is expired.")
    if claims["aud"] not in (GRAPH_AUDIENCE, f"{GRAPH_AUDIENCE}/", GRAPH_APP):
        raise _unauthorized("Access token validation failure. Invalid audience.")
    if claims["tid"] != tenant:
        raise _unauthorized("Access token validation failure. Invalid tenant.")
    return Application(claims["appid"], frozenset(claims["roles"]))


_LEEWAY_S = 300


# The same token comes with every request, and once more with every part of a batch.
@lru_cache(maxsize=64)
def _signed(token: str, secret: bytes) -> Mapping[str, Any]:
    """The claims of a token of three parts that this server signed; nothing is said of its time."""
    head, body, tail = token.split(".")
    try:
        signature, claims = decode_part(tail), json.loads(decode_part(body))
    except ValueError:
        raise _unauthorized("CompactToken parsing failed with error code: 80049217") from None
    signed = hmac.digest(secret, f"{head}.{body}".encode(), hashlib.sha256)
    if not isinstance(claims, dict) or not hmac.compare_digest(signed, signature):
        raise _unauthorized("Signature is invalid.")
    return claims


def _unauthorized(text: str) -> GraphError:
    return GraphError(401, "InvalidAuthenticationToken", text)
