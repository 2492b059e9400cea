"""The certificate an application signs in with: a PFX file that a passphrase protects (R27).

The passphrase is in the keyring, where the key itself would not fit: Windows keeps 2,560 bytes at most.
"""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from vfadmin.errors import CalendarError, failure

_LARGEST = 1_000_000
_SEQUENCE = b"\x30"
"""How every PKCS #12 file begins (RFC 7292, 4)."""


def last_day(path: str, passphrase: str | None) -> date | None:
    """The last day of the certificate; None where there is no passphrase to look into the file with.

    Raises CalendarError EX-AUTH-13: the file cannot be read, is no PFX, holds no certificate with its RSA
    key, is protected by no passphrase or by another one.
    """
    data = _read(path)
    if _opened(data, None) or _opened(data, b""):
        raise _unusable(path)  # anybody who reads the file could sign in
    if passphrase is None:
        return None
    try:
        key, certificate, _ = load_key_and_certificates(data, passphrase.encode())
    except ValueError:  # the library's words might quote something
        raise _unusable(path) from None
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey):
        raise _unusable(path)
    return certificate.not_valid_after_utc.astimezone(UTC).date()


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST)
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not data.startswith(_SEQUENCE):
        raise _unusable(path)
    return data


def _opened(data: bytes, passphrase: bytes | None) -> bool:
    try:
        load_key_and_certificates(data, passphrase)
    except (ValueError, TypeError):
        return False
    return True


def _unusable(path: str) -> CalendarError:
    return CalendarError(failure("EX-AUTH-13", path=path))
