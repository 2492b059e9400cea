"""Who is believed when a server shows its certificate."""

from __future__ import annotations

import ssl
from typing import Literal

import requests.utils

from vfadmin.errors import CalendarError, failure

TlsProfile = Literal["modern", "2010"]
"""How old a server's TLS may be: TLS 1.2 and later, or that of Windows Server 2008 R2 as well."""

_CIPHERS_2010 = "ECDHE+AESGCM:ECDHE+AES:RSA+AESGCM:RSA+AES:!AESCCM:!aNULL:!eNULL:@SECLEVEL=0"
"""What Windows Server 2008 R2 offers, the better first. Level 0 is what OpenSSL 3 asks for the MD5/SHA-1
signatures of TLS 1.0's key exchange, for RSA keys of 1024 bits and for certificates signed with SHA-1
(SSL_CTX_set_security_level(3)). RC4, 3DES and everything without encryption or identity stay out."""
_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: a server without RFC 5746 is spoken to. Python 3.12 names it."""


def trust(ca_file: str | None, profile: TlsProfile = "modern") -> ssl.SSLContext:
    """The system's authorities, and those of the connection's CA file.

    ``profile`` 2010 lets an old server's protocols, ciphers, keys and signatures pass. Whose certificate it
    is and who issued it is verified in the same way under either.

    Raises CalendarError EX-TLS-04 for a file that cannot be read or holds no certificate.
    """
    # The system's store knows the authorities a company rolls out; the bundled list stands in where
    # there is none, as in a frozen program.
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as broken:
            raise CalendarError(failure("EX-TLS-04", path=ca_file)) from broken
    if profile == "2010":
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # TLS 1.0; naming it is deprecated
        context.set_ciphers(_CIPHERS_2010)
        context.options |= _LEGACY_SERVER_CONNECT
    return context
